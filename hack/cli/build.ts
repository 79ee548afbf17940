import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from '../build/options.ts';
import { buildSeconds } from '../build/origin.ts';
import { BOM_FILE, programBom } from '../sbom/product.ts';
import { writeFolder, writeMade, type MadeFile } from './files.ts';
import { minimumOf } from './guard.ts';
import { licensesText, packagesOf } from './licenses.ts';
import { packageFiles, REPOSITORY } from './package-files.ts';
import { cliParts, type Part } from './parts.ts';
import { singleFile } from './single-file.ts';

/** Name of the single file. */
export const SINGLE_FILE = 'toolhive-registry.cjs';

/** The command line as a package folder and as a single file. */
export interface BuiltCli {
  readonly version: string;
  readonly parts: readonly Part[];
  /** Files of the npm package. */
  readonly package: readonly MadeFile[];
  readonly single: MadeFile;
  /** The license, what the product contains, and the licenses of that. */
  readonly legal: readonly MadeFile[];
  /** What it contains, by CycloneDX. */
  readonly bom: MadeFile;
}

/** Builds the command line. The same sources give the same bytes. */
export async function builtCli(): Promise<BuiltCli> {
  const { version, license, engines } = JSON.parse(text('package.json')) as {
    readonly version: string;
    readonly license: string;
    readonly engines: { readonly node: string };
  };
  const minimum = minimumOf(engines.node);
  const { parts, inputs } = await cliParts();
  const packages = packagesOf(inputs);
  const licenses = licensesText(ROOT, packages);
  const legal = [
    { path: 'LICENSE', content: text('LICENSE') },
    { path: 'NOTICE', content: text('NOTICE') },
    { path: 'THIRD-PARTY-LICENSES', content: licenses },
  ];
  const about = `toolhive-registry ${version}, ${REPOSITORY}, ${license}`;
  return {
    version,
    parts,
    package: packageFiles({
      version,
      license,
      node: engines.node,
      minimum,
      parts,
      texts: [{ path: 'README.md', content: text('cli/README.md') }, ...legal],
    }),
    single: {
      path: SINGLE_FILE,
      content: await singleFile({ parts, comments: [about, '', ...licenses.split('\n')], minimum }),
      executable: true,
    },
    legal,
    bom: { path: BOM_FILE, content: programBom(ROOT, 'toolhive-registry', packages, buildSeconds()) },
  };
}

/** Builds the command line, and writes the package's folder, the single file and the bill of materials into a folder. */
export async function buildCli(folder: string): Promise<BuiltCli> {
  const started = performance.now();
  const built = await builtCli();
  writeFolder(join(resolve(ROOT, folder), 'package'), built.package);
  writeMade(resolve(ROOT, folder), built.single);
  writeMade(resolve(ROOT, folder), built.bom);
  const kilobytes = Math.round(built.single.content.length / 1024);
  console.log(`${folder}/{package,${SINGLE_FILE}} (${kilobytes} KiB, ${Math.round(performance.now() - started)} ms)`);
  return built;
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
