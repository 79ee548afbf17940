import type { CatalogEntry } from '../entry/entry.ts';
import { asText, own } from '../json.ts';

/**
 * The text that `search` looks at: name, title and description in lower case, on one line. The tabs between them keep a search from matching across two of
 * them: a search with a control character finds nothing.
 */
export function searchText({ name, server }: CatalogEntry): string {
  return [name, asText(own(server, 'title')), asText(own(server, 'description'))]
    .filter((text) => text !== undefined)
    .join('\t')
    .toLowerCase()
    .replaceAll('\n', ' ');
}
