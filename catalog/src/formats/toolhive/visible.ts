import { OFFICIAL_META, type CatalogEntry } from '../../entry/entry.ts';
import { latestIndex, type VersionFacts } from '../../entry/latest.ts';
import { statusOf } from '../../entry/status.ts';
import { asText, isObject, own, sameJson, type JsonObject } from '../../json.ts';
import { parseTime } from '../../time.ts';
import { CARRIED_META } from '../carry.ts';
import { conformed } from './conform.ts';
import type { Place } from './origin.ts';
import { toToolhive } from './write.ts';

/** A server without what it carries along. */
export function visibleOf(raw: JsonObject): JsonObject {
  const custom = own(raw, 'custom_metadata');
  if (!isObject(custom) || own(custom, CARRIED_META) === undefined) return raw;
  const { [CARRIED_META]: _carried, ...others } = custom;
  const { custom_metadata: _custom, ...visible } = raw;
  return Object.keys(others).length === 0 ? visible : { ...visible, custom_metadata: others };
}

/**
 * Whether a server that was read with its carried parts is the one that readers see: writing it gives the same text, and it is the latest of its versions.
 * Reviewers of a file look at image, name and arguments, and nothing else may run.
 */
export function matchesVisible(visible: JsonObject, [entry, ...versions]: readonly CatalogEntry[], place: Place): boolean {
  if (entry === undefined || versions.some(({ kind, name }) => kind !== 'server' || name !== entry.name)) return false;
  const written = toToolhive(entry);
  if ((written?.kind ?? 'server') !== place.kind) return false;
  if (!sameJson(visibleOf(conformed(written?.value, entry, place)), visible)) return false;
  const facts = [entry, ...versions].map(factsOf);
  return facts[0]?.deleted === false && latestIndex(facts) === 0;
}

/** Missing facts count as of now, as in a build. */
function factsOf({ version, server, meta }: CatalogEntry): VersionFacts {
  const said = own(meta, OFFICIAL_META);
  const official = isObject(said) ? said : {};
  const publishedAt = parseTime(asText(own(official, 'publishedAt')) ?? '') ?? Infinity;
  return { version, publishedAt, deleted: statusOf(server, official) === 'deleted' };
}
