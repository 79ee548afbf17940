/** An entry of a tree. */
export interface TreeEntry {
  /** `120000` is a symbolic link, `160000` a submodule. */
  readonly kind: 'file' | 'folder' | 'link' | 'submodule';
  readonly hash: string;
  /** From the folder that was listed. */
  readonly path: string;
}

/** Reads the output of `git ls-tree -z`. Names that are not UTF-8 cannot be requested and do not matter. */
export function readTree(output: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const line of output.toString('utf8').split('\0')) {
    const [, mode = '', hash = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (path !== '') entries.push({ kind: kindOf(mode), hash, path });
  }
  return entries;
}

function kindOf(mode: string): TreeEntry['kind'] {
  if (mode === '120000') return 'link';
  if (mode === '160000') return 'submodule';
  return mode === '040000' ? 'folder' : 'file';
}
