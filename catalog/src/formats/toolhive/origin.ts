import { ORIGIN_META } from '../../entry/entry.ts';
import { asText, at, own, type JsonObject } from '../../json.ts';

/** The two sections of ToolHive's format. */
export type ToolhiveKind = 'server' | 'remote_server';

/** Where a server is in a file. */
export interface Place {
  readonly kind: ToolhiveKind;
  readonly key: string;
}

/** Where an entry was in a file of this format; undefined for one that came in another. */
export function placeOf(meta: JsonObject): Place | undefined {
  const origin = own(meta, ORIGIN_META);
  const [kind, key] = [at(origin, 'kind'), asText(at(origin, 'key'))];
  return at(origin, 'format') === 'toolhive' && (kind === 'server' || kind === 'remote_server') && key !== undefined
    ? { kind, key }
    : undefined;
}
