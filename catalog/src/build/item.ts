import { OFFICIAL_META } from '../entry/entry.ts';
import { asText, own } from '../json.ts';
import type { Row } from './rows.ts';

/**
 * The JSON of a row as the official API's list has it: server.json, and beside it `_meta` with the official object complete
 * (OpenAPI of modelcontextprotocol/registry). What the source says goes before what was worked out here, word for word.
 */
export function itemJson({ entry, official, status, latest, publishedAt, updatedAt }: Row): string {
  const published = asText(own(official, 'publishedAt')) ?? new Date(publishedAt).toISOString();
  const completed = {
    ...official,
    status,
    statusChangedAt: asText(own(official, 'statusChangedAt')) ?? published,
    publishedAt: published,
    updatedAt: asText(own(official, 'updatedAt')) ?? new Date(updatedAt).toISOString(),
    isLatest: latest,
  };
  return JSON.stringify({ server: entry.server, _meta: { ...entry.meta, [OFFICIAL_META]: completed } });
}
