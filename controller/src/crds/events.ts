import { crdName, groups, type RegistryGroup } from '@toolhive-registry/api';
import { hashOf, type EventInput } from '@toolhive-registry/reconciler';
import { applyCommand, noCrdMessage } from './messages.ts';

/** An Event about a group's CRD, recorded on that CRD. Every controller that starts finds the same state; the occurrence hash keeps it to one Event. */
export interface CrdEvent {
  readonly group: RegistryGroup;
  readonly event: EventInput;
}

/** Most fields that a message names. */
const MAX_NAMED = 8;

/** The CRD belongs to somebody else. */
export function foreignCrdEvent(group: RegistryGroup, why: string): CrdEvent {
  const others = groups.filter((one) => one !== group).join(', ');
  const note = `the CRD ${crdName(group)} is not this controller's (${why}), so its objects are left alone; use MCPRegistries of ${others} instead`;
  return { group, event: { type: 'Normal', reason: 'LeftAlone', note, occurrence: hashOf(note) } };
}

/** The CRD is ours, but lacks fields of this version. */
export function outdatedCrdEvent(group: RegistryGroup, lacks: readonly string[]): CrdEvent {
  const note = outdatedCrdMessage(group, lacks);
  return { group, event: { type: 'Warning', reason: 'CRDOutdated', note, occurrence: hashOf(note) } };
}

/** Which fields the CRD lacks, what follows from that, and what to do. */
export function outdatedCrdMessage(group: RegistryGroup, lacks: readonly string[]): string {
  const more = lacks.length - MAX_NAMED;
  const named = `${lacks.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `the CRD ${crdName(group)} is older than this controller: it lacks ${named}, which the API server drops from manifests; run helm upgrade with crds.upgrade, or ${applyCommand(group)}`;
}

/** No group has a CRD of ours. Recorded on the CRD that can be installed beside any other. */
export function missingCrdEvent(): CrdEvent {
  const note = noCrdMessage();
  return { group: groups[1], event: { type: 'Warning', reason: 'CRDMissing', note, occurrence: hashOf(note) } };
}
