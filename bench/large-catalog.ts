import { readFileSync } from 'node:fs';
import { repositoryFile } from './image.ts';

const DUMP = 'catalog/testdata/official-registry-dump-2026-02-06.json';

/** How much to make. */
export type LargeSize = { readonly bytes: number } | { readonly versions: number };

/** What is put after the description of every n-th entry. */
export interface Mark {
  readonly text: string;
  readonly every: number;
}

/** The dump of the official registry, repeated under other names, as JSON. */
export function largeCatalog(size: LargeSize, mark: Mark = { text: '', every: 1 }): string {
  const items = JSON.parse(readFileSync(repositoryFile(DUMP), 'utf8')) as { server: { name: string; description?: string } }[];
  const texts: string[] = [];
  let length = 0;
  const isEnough = (): boolean => ('bytes' in size ? length >= size.bytes : texts.length >= size.versions);
  for (let copy = 0; !isEnough(); copy += 1) {
    for (const { server, ...item } of items) {
      if (isEnough()) break;
      const name = `copy-${copy}.${server.name}`;
      const description = `${server.description ?? ''}${texts.length % mark.every === 0 ? mark.text : ''}`;
      const text = JSON.stringify({ ...item, server: { ...server, name, description } });
      texts.push(text);
      length += text.length + 1;
    }
  }
  return `[${texts.join(',')}]`;
}
