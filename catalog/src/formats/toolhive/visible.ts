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
 * Whether a server that was read with what it carried along is the one that its reader sees: it would be written just so, and it is the latest of its
 * versions. Whoever reviews a file looks at image, name and arguments, and nothing else may run than what stands there.
 */
export function matchesVisible(visible: JsonObject, [entry, ...versions]: readonly CatalogEntry[], place: Place): boolean {
  if (entry === undefined || versions.some(({ kind, name }) => kind !== 'server' || name !== entry.name)) return false;
  const written = toToolhive(entry);
  if ((written?.kind ?? 'server') !== place.kind) return false;
  if (!sameJson(visibleOf(conformed(written?.value, entry, place)), visible)) return false;
  const facts = [entry, ...versions].map(factsOf);
  return facts[0]?.deleted === false && latestIndex(facts) === 0;
}

/** What is not told counts as if it had happened now, as it does in a build. */
function factsOf({ version, server, meta }: CatalogEntry): VersionFacts {
  const said = own(meta, OFFICIAL_META);
  const official = isObject(said) ? said : {};
  const publishedAt = parseTime(asText(own(official, 'publishedAt')) ?? '') ?? Infinity;
  return { version, publishedAt, deleted: statusOf(server, official) === 'deleted' };
}
