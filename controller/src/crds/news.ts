import { crdName, groups, type RegistryGroup } from '@toolhive-registry/api';
import { hashOf, type EventInput } from '@toolhive-registry/reconciler';
import { applyCommand, toldNothing } from './told.ts';

/** What people are told of a group's CRD, as an Event on it. Every controller that is started finds the same, and it is told once. */
export interface CrdNews {
  readonly group: RegistryGroup;
  readonly event: EventInput;
}

/** Most fields that a sentence names. */
const MAX_NAMED = 8;

/** It is somebody else's. */
export function foreignNews(group: RegistryGroup, why: string): CrdNews {
  const others = groups.filter((one) => one !== group).join(', ');
  const note = `the CRD ${crdName(group)} is not this controller's (${why}), so its objects are left alone; use MCPRegistries of ${others} instead`;
  return { group, event: { type: 'Normal', reason: 'LeftAlone', note, occurrence: hashOf(note) } };
}

/** It lacks fields. */
export function outdatedNews(group: RegistryGroup, lacks: readonly string[]): CrdNews {
  const note = outdatedNote(group, lacks);
  return { group, event: { type: 'Warning', reason: 'CRDOutdated', note, occurrence: hashOf(note) } };
}

/** What it is to lack fields, and what to do. */
export function outdatedNote(group: RegistryGroup, lacks: readonly string[]): string {
  const more = lacks.length - MAX_NAMED;
  const named = `${lacks.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `the CRD ${crdName(group)} is older than this controller: it lacks ${named}, and what manifests say there is dropped; run helm upgrade with crds.upgrade, or ${applyCommand(group)}`;
}

/** There is none of ours. It is told of the one that can be installed beside any other. */
export function missingNews(): CrdNews {
  const note = toldNothing();
  return { group: groups[1], event: { type: 'Warning', reason: 'CRDMissing', note, occurrence: hashOf(note) } };
}
