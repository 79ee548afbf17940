import type { KubeObject } from '../objects.ts';
import { appliedEntry } from './fields.ts';
import { withoutNulls } from './json.ts';
import type { Owned, OwnedChange } from './owned.ts';
import { changesOf, hasField, leafText, ownedTree, pathOf, valueAt } from './owned.ts';
import { compareVersions } from '../versions.ts';
import { rootFields } from './root.ts';

/** What our last apply left on the server. */
export interface LastApply {
  readonly owned: Owned;
  readonly version: string | undefined;
  /** Time of our entry in managedFields. */
  readonly time: string | undefined;
}

/** What is to be applied, and where. */
export interface ApplyIntent {
  readonly desired: KubeObject;
  /** Whether our last apply wanted exactly the same. */
  readonly isSame: boolean;
  readonly fieldManager: string;
  readonly subresource: 'status' | undefined;
}

/** Most paths that are tracked separately. */
const MAX_PATHS = 20;

/**
 * The paths that somebody else who applies under our field manager's name changed since our last apply, and that are to be restored. The server's field
 * ownership is the proof: what another manager changes is no longer ours.
 */
export function flippedPaths(left: LastApply, live: KubeObject, intent: ApplyIntent): string[] {
  const { desired, isSame, fieldManager, subresource } = intent;
  const owned = ownedTree(live, fieldManager, subresource);
  // A store that lags behind shows the state before our apply.
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

/** Whether we still want what we left. A change of our own intent is no flip. */
function isWanted({ keys, was }: OwnedChange, desired: unknown): boolean {
  const value = valueAt(desired, keys);
  if (was === undefined) return value === undefined;
  return typeof was === 'string' ? leafText(value) === was : value !== undefined;
}

/** Finds out which changes can only have been made by an apply under our name. */
function witness(left: LastApply, live: KubeObject, { fieldManager, subresource }: ApplyIntent): (change: OwnedChange) => boolean {
  const entry = appliedEntry(live, fieldManager, subresource);
  // The server updates the entry's time when its manager writes, in whole seconds.
  const hasWritten = entry?.time !== left.time;
  const others = (live.metadata.managedFields ?? []).filter((one) => one !== entry && (one.subresource ?? '') === (subresource ?? ''));
  // A webhook may change our value in somebody else's request, and the server still records it as ours.
  const mayBeOthers = others.some(({ time }) => time === undefined || left.time === undefined || time >= left.time);
  return ({ keys, was, is }) => {
    // Nobody else can add to what our name has applied.
    if (was === undefined) return true;
    // Removing a field leaves no trace, and whoever takes one over owns it now.
    if (is === undefined) return hasWritten && !others.some(({ fieldsV1 }) => hasField(fieldsV1, keys));
    return hasWritten || !mayBeOthers;
  };
}
