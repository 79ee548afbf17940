import type { KubeObject } from '../objects.ts';
import { appliedEntry } from './fields.ts';
import { withoutNulls } from './json.ts';
import type { Owned, OwnedChange } from './owned.ts';
import { changesOf, hasField, leafText, ownedTree, pathOf, valueAt } from './owned.ts';
import { compareVersions } from '../versions.ts';
import { rootFields } from './root.ts';

/** What our last apply to an object left. */
export interface LastApply {
  readonly owned: Owned;
  readonly version: string | undefined;
  /** Of our entry in managedFields. */
  readonly time: string | undefined;
}

/** What is to be applied, and where. */
export interface ApplyIntent {
  readonly desired: KubeObject;
  /** Whether our last apply wanted the very same. */
  readonly isSame: boolean;
  readonly fieldManager: string;
  readonly subresource: 'status' | undefined;
}

/** More of them are told apart no further. */
const MAX_PATHS = 20;

/**
 * The paths that were changed since our last apply by somebody who applies under our field manager's name, and that are to be put back. The server's
 * own record of who owns what is the proof: what another manager changes is ours no longer.
 */
export function flippedPaths(left: LastApply, live: KubeObject, intent: ApplyIntent): string[] {
  const { desired, isSame, fieldManager, subresource } = intent;
  const owned = ownedTree(live, fieldManager, subresource);
  // A store that is behind shows what was before our apply.
  if (owned === undefined || (compareVersions(live.metadata.resourceVersion, left.version) ?? 0) <= 0) return [];
  const [formerVersion, former] = left.owned;
  const [version, now] = owned;
  if (version !== formerVersion) return [];
  const wanted = rootFields(withoutNulls(desired));
  const isByOurName = witness(left, live, intent);
  return changesOf(former, now)
    .filter((change) => isByOurName(change) && (isSame || isWanted(change, wanted)))
    .slice(0, MAX_PATHS)
    .map(({ keys }) => pathOf(keys));
}

/** Whether what we left is what we want still. A changed intent is no flip. */
function isWanted({ keys, was }: OwnedChange, desired: unknown): boolean {
  const value = valueAt(desired, keys);
  if (was === undefined) return value === undefined;
  return typeof was === 'string' ? leafText(value) === was : value !== undefined;
}

/** Tells which changes can only have been made by an apply under our name. */
function witness(left: LastApply, live: KubeObject, { fieldManager, subresource }: ApplyIntent): (change: OwnedChange) => boolean {
  const entry = appliedEntry(live, fieldManager, subresource);
  // The server dates an entry anew when its manager writes, in whole seconds.
  const hasWritten = entry?.time !== left.time;
  const others = (live.metadata.managedFields ?? []).filter((one) => one !== entry && (one.subresource ?? '') === (subresource ?? ''));
  // A webhook may change our value in another's request, and the server has it as ours all the same.
  const mayBeOthers = others.some(({ time }) => time === undefined || left.time === undefined || time >= left.time);
  return ({ keys, was, is }) => {
    // Nobody else can add to what our name has applied.
    if (was === undefined) return true;
    // Whoever removes a field leaves no trace of it, and who takes it over has it now.
    if (is === undefined) return hasWritten && !others.some(({ fieldsV1 }) => hasField(fieldsV1, keys));
    return hasWritten || !mayBeOthers;
  };
}
