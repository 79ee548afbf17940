import { readFileSync } from 'node:fs';
import type { GeneratedFile } from './files.ts';

/** Documents with names of images or packages that end in the version. */
const DOCUMENTS = ['README.md', 'docs/quickstart.md', 'cli/README.md', 'reconciler/README.md', 'e2e/cluster/README.md'] as const;

const SCOPE = '@toolhive-registry/';
/** A version by Semantic Versioning, without build metadata. */
const VERSION = String.raw`\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`;

/** The version of the product: that of the package.json in the repository's root. Throws where it is none by Semantic Versioning (semver.org). */
export function productVersion(root: URL): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { readonly version?: unknown };
  return assertVersion(String(version), 'package.json: "version"');
}

/** The version itself. Throws where it is none; `place` says where it stands. Build metadata (`+…`) is refused, since tags of images have no place for it. */
export function assertVersion(version: string, place: string): string {
  if (!new RegExp(`^${VERSION}$`).test(version)) throw new Error(`${place} is "${version}"; write it as 1.2.3 or 1.2.3-rc.1`);
  return version;
}

/** Whether it is a version before a release, such as `1.2.3-rc.1`. */
export function isPrerelease(version: string): boolean {
  return version.includes('-');
}

/** The manifests of all workspaces and the lock file, with the version of the product. Other generated files may read it from there. */
export function manifestsWithVersion(root: URL): GeneratedFile[] {
  const version = productVersion(root);
  const { workspaces } = JSON.parse(text(root, 'package.json')) as { readonly workspaces: readonly string[] };
  return [
    ...workspaces.map((folder) => {
      const path = `${folder}/package.json`;
      return { path, content: manifestWithVersion(text(root, path), path, version) };
    }),
    { path: 'package-lock.json', content: lockWithVersion(text(root, 'package-lock.json'), workspaces, version) },
  ];
}

/** The documents that name images or packages, with the product's version in these names. */
export function documentsWithVersion(root: URL): GeneratedFile[] {
  return DOCUMENTS.map((path) => ({ path, content: namesWithVersion(text(root, path), path, productVersion(root)) }));
}

/** A manifest of a workspace with the version as its own, and as that of the workspaces that it depends on. */
export function manifestWithVersion(manifest: string, path: string, version: string): string {
  const own = /^( {2}"version": )"[^"]*"/m;
  if (!own.test(manifest)) throw new Error(`${path} has no "version"; write one, it becomes that of the product`);
  return manifest.replace(own, `$1"${version}"`).replaceAll(new RegExp(`("${SCOPE}[^"]+": )"[^"]*"`, 'g'), `$1"${version}"`);
}

/** A lock file (lockfileVersion 3, as `npm install` lays it out) with the version as that of the root and the workspaces. */
export function lockWithVersion(lock: string, workspaces: readonly string[], version: string): string {
  const parsed = JSON.parse(lock) as { version: string; readonly packages: Record<string, LockedPackage> };
  parsed.version = version;
  for (const folder of ['', ...workspaces]) {
    const entry = parsed.packages[folder];
    if (entry === undefined) throw new Error(`package-lock.json lacks the workspace ${folder}; run npm install`);
    entry.version = version;
    for (const needed of DEPENDENCIES.map((kind) => entry[kind] ?? {}))
      for (const name of Object.keys(needed)) if (name.startsWith(SCOPE)) needed[name] = version;
  }
  return `${JSON.stringify(parsed, undefined, 2)}\n`;
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

interface LockedPackage extends Partial<Record<(typeof DEPENDENCIES)[number], Record<string, string>>> {
  version?: string;
}

/**
 * A text with the version in each of the names `toolhive-registry-controller:1.2.3`, `toolhive-registry-server:1.2.3`, and
 * `toolhive-registry-1.2.3.tgz`, where a workspace's name may be before the version. Throws where there is none of them.
 */
export function namesWithVersion(document: string, path: string, version: string): string {
  const replaced = document
    .replaceAll(new RegExp(`(toolhive-registry-(?:controller|server):)${VERSION}`, 'g'), `$1\0`)
    .replaceAll(/(toolhive-registry(?:-[a-z]+)?-)\d[^\s/]*?(?=\.tgz)/g, `$1\0`);
  if (replaced === document)
    throw new Error(`${path} names neither an image nor a package with its version; take it out of hack/generate/version.ts`);
  return replaced.replaceAll('\0', version);
}

function text(root: URL, path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
