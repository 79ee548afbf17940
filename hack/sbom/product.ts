import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bomOf, bomText, type Component } from './cyclonedx.ts';
import { npmComponents } from './npm.ts';

/** Name of the bill of materials beside a bundled program. */
export const BOM_FILE = 'sbom.cdx.json';

/** A program of ours, by the name that it is published under. */
export function program(name: string, version: string): Component {
  return {
    type: 'application',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    licenses: [{ license: { id: 'Apache-2.0' } }],
    // Of these names only one is npm's. By its source each is known.
    purl: `pkg:github/toolhive-registry/toolhive-registry@v${encodeURIComponent(version)}`,
  };
}

/** The bill of materials of a bundled program: the packages of which it contains code, as folders below `node_modules`. */
export function programBom(root: string, name: string, folders: readonly string[], seconds: number | undefined): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return bomText(bomOf(program(name, version), npmComponents(root, folders), seconds));
}
