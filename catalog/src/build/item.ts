import { OFFICIAL_META, type CatalogEntry } from '../entry/entry.ts';
import { asText, own, type JsonObject } from '../json.ts';

/** The parts of an item. Times are milliseconds since 1970, microseconds as the fraction. */
export interface ItemFacts {
  readonly entry: CatalogEntry;
  /** The source's value of the official `_meta` key; empty if none. */
  readonly official: JsonObject;
  readonly status: string;
  readonly publishedAt: number;
  readonly updatedAt: number;
}

/** The JSON of an item around the one fact that is unknown until all versions of a server are known: whether it is the latest. */
export interface ItemText {
  readonly head: string;
  readonly tail: string;
}

/**
 * The JSON of a row as in the official API's list: server.json, and next to it `_meta` with the complete official object (OpenAPI of
 * modelcontextprotocol/registry). Values of the source precede computed ones, word for word.
 */
export function itemText({ entry, official, status, publishedAt, updatedAt }: ItemFacts): ItemText {
  const published = asText(own(official, 'publishedAt')) ?? new Date(publishedAt).toISOString();
  const { isLatest: _latest, ...completed } = {
    ...official,
    status,
    statusChangedAt: asText(own(official, 'statusChangedAt')) ?? published,
    publishedAt: published,
    updatedAt: asText(own(official, 'updatedAt')) ?? new Date(updatedAt).toISOString(),
    isLatest: false,
  };
  const [before, after] = membersAround(entry.meta, OFFICIAL_META);
  const officialHead = `${JSON.stringify(completed).slice(0, -1)},"isLatest":`;
  return {
    head: `{"server":${JSON.stringify(entry.server)},"_meta":{${before}${JSON.stringify(OFFICIAL_META)}:${officialHead}`,
    tail: `}${after}}}`,
  };
}

/** The members of an object before and after one of them, which comes last if absent, as JSON including the commas between. */
function membersAround(object: JsonObject, key: string): readonly [before: string, after: string] {
  const keys = Object.keys(object);
  const place = keys.includes(key) ? keys.indexOf(key) : keys.length;
  const member = (one: string): string => `${JSON.stringify(one)}:${JSON.stringify(own(object, one))}`;
  return [
    keys
      .slice(0, place)
      .map((one) => `${member(one)},`)
      .join(''),
    keys
      .slice(place + 1)
      .map((one) => `,${member(one)}`)
      .join(''),
  ];
}
