import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from './cyclonedx.ts';

/** What a lock file (lockfileVersion 3) says of a package. */
interface Locked {
  /** Hash of the package's archive, by Subresource Integrity: `sha512-` and Base64. */
  readonly integrity?: string;
}

/** The packages in folders below `node_modules`, with their licenses, and the hashes of their archives as the lock file pins them. */
export function npmComponents(root: string, folders: readonly string[]): Component[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return folders.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
    return npmComponent(manifest, packages[folder]?.integrity);
  });
}

/** A package by its manifest. Throws where that has neither name nor version. */
export function npmComponent({ name, version, license }: Readonly<Record<string, unknown>>, integrity?: string): Component {
  if (typeof name !== 'string' || typeof version !== 'string')
    throw new Error(`a package is called "${String(name)}" ${String(version)}; it needs name and version`);
  const [, scope, bare = name] = /^(@[^/]+)\/(.*)$/.exec(name) ?? [];
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${bare}@${encodeURIComponent(version)}`;
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope === undefined ? {} : { group: scope }),
    name: bare,
    version,
    ...hashesOf(integrity),
    ...(typeof license === 'string' ? { licenses: [/[\s()]/.test(license) ? { expression: license } : { license: { id: license } }] } : {}),
    purl,
  };
}

function hashesOf(integrity: string | undefined): Pick<Component, 'hashes'> {
  const [, content] = /^sha512-([A-Za-z0-9+/=]+)$/.exec(integrity ?? '') ?? [];
  return content === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] };
}
