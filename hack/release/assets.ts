import { createHash } from 'node:crypto';
import type { MadeFile } from '../cli/files.ts';

/** Name of the list of hashes. */
export const CHECKSUMS = 'checksums.txt';

/**
 * Where the files of a release come from, below `dist/`, and what they are called there. Helm and npm name their packages alike, so both get another name.
 * Bills of materials come beside.
 */
export function assetNames(version: string): ReadonlyMap<string, string> {
  return new Map([
    [`cli/toolhive-registry-${version}.tgz`, `toolhive-registry-npm-${version}.tgz`],
    ['cli/toolhive-registry.cjs', 'toolhive-registry.cjs'],
    ['cli/krew/kubectl-mcpregistry.tar.gz', 'kubectl-mcpregistry.tar.gz'],
    ['cli/krew/mcpregistry.yaml', 'mcpregistry.yaml'],
    [`artifacts/toolhive-registry-${version}.tgz`, `toolhive-registry-chart-${version}.tgz`],
  ]);
}

/** The list of hashes as sha256sum writes it and `sha256sum --check` reads it, sorted by name. Throws where two files have one name. */
export function checksums(files: readonly MadeFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  sorted.forEach(({ path }, index) => {
    if (path === sorted[index - 1]?.path)
      throw new Error(`two files of the release are called ${path}; give one of them another name in hack/release/assets.ts`);
  });
  return sorted.map(({ path, content }) => `${createHash('sha256').update(content).digest('hex')}  ${path}\n`).join('');
}
