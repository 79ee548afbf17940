import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../entry/entry.ts';
import { own, type Json, type JsonObject } from '../json.ts';
import { MAX_DIFFERENCES, type Difference, type Differences } from './difference.ts';
import { listRules } from './identity.ts';
import { isPlainObject, matchLists, matchSubjects } from './matching.ts';
import { depthOf, element, member, pathOf, pointerOf, type Place } from './place.ts';
import { MAX_DEPTH, ValueIds } from './value-ids.ts';

/**
 * How two JSON values differ. Elements of lists are identified wherever they are: packages by type and identifier, remotes by type and URL, variables,
 * headers, arguments and tools by name, and anything else with a `name` by that; for images and downloads the version does not count. So an insertion does
 * not change the elements after it. A package or remote that is the only one of its type is matched with the previous one. Texts and numbers in lists are
 * added and removed, never changed. The order of an object's keys does not matter, that of a list does.
 *
 * Numbers that parseExact keeps by their digits are compared by those. Values nested deeper than 256 levels count as different. However large and odd the
 * values are, each part of them is examined once.
 *
 * @param most how many differences are listed; all are counted
 */
export function differences(before: Json, after: Json, most: number = MAX_DIFFERENCES): Differences {
  const ids = new ValueIds();
  const listed: Difference[] = [];
  let count = 0;

  function record(kind: Difference['kind'], place: Place | undefined, values: Pick<Difference, 'before' | 'after'>): void {
    count += 1;
    if (listed.length >= most) return;
    const path = pathOf(place, kind === 'removed' ? 'before' : 'after');
    listed.push({ kind, pointer: pointerOf(path), path, ...values });
  }

  function walk(before: Json, after: Json, place: Place | undefined): void {
    const isTooDeep = depthOf(place) >= MAX_DEPTH;
    // An emptied list is listed as such: what it restricts may be open now.
    if (!isTooDeep && Array.isArray(before) && Array.isArray(after) && after.length > 0) walkList(before, after, place);
    else if (!isTooDeep && isPlainObject(before) && isPlainObject(after)) walkObject(before, after, place);
    else record('changed', place, { before, after });
  }

  function walkList(before: readonly Json[], after: readonly Json[], place: Place | undefined): void {
    const { identities, nameOf } = listRules(place?.after ?? '');
    const { pairs, removed, added, isReordered } = matchLists(before, after, identities, ids);
    const at = (was: number, is: number, value: Json): Place =>
      element(place, { before: String(was), after: String(is) }, isPlainObject(value) ? nameOf(value) : undefined);
    for (const [i, j] of pairs) {
      const [was = null, is = null] = [before[i], after[j]];
      if (ids.of(was) !== ids.of(is)) walk(was, is, at(i, j, is));
    }
    for (const position of removed) {
      const was = before[position] ?? null;
      record('removed', at(position, position, was), { before: was });
    }
    for (const position of added) {
      const is = after[position] ?? null;
      record('added', at(position, position, is), { after: is });
    }
    if (isReordered) record('reordered', place, {});
  }

  function walkObject(before: JsonObject, after: JsonObject, place: Place | undefined): void {
    /** Keys before, by those after. */
    const renamed = holdsSubjects(place) ? matchSubjects(before, after) : new Map<string, string>();
    const matched = new Set(renamed.values());
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      const old = renamed.get(key) ?? key;
      const [was, is] = [own(before, old), own(after, key)];
      if (is === undefined) {
        if (was !== undefined && !matched.has(key)) record('removed', member(place, key), { before: was });
        continue;
      }
      if (old !== key) record('renamed', member(place, key), { before: old, after: key });
      if (was === undefined) record('added', member(place, key), { after: is });
      else if (ids.of(was) !== ids.of(is)) walk(was, is, member(place, key, old));
    }
  }

  if (ids.of(before) !== ids.of(after)) walk(before, after, undefined);
  return { listed, unlisted: count - listed.length };
}

/** Whether the members of a value have images and URLs as keys: ToolHive's extensions of an entry. */
function holdsSubjects(place: Place | undefined): boolean {
  return place?.after === TOOLHIVE_EXTENSION && place.parent?.after === PUBLISHER_META;
}
