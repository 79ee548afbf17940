import type { RegistryStatusDocument } from '@toolhive-registry/api';
import type { PodFacts } from './facts.ts';

/** For tests: what a registry server with 3 servers reports when all is well. */
export function statusDocument(fields: Partial<RegistryStatusDocument> = {}): RegistryStatusDocument {
  return {
    lastSync: null,
    registry: { name: 'a', namespace: 'team' },
    ready: true,
    serverCount: 3,
    deployedServerCount: 0,
    snapshotHash: 'hash-3',
    lastChangeTime: '2025-10-22T08:32:38.120Z',
    syncing: false,
    lastSyncTrigger: null,
    sources: [],
    files: {},
    conditions: [
      { type: 'SourceAvailable', status: 'True', reason: 'SourceFound', message: 'every source can be read' },
      { type: 'DataValid', status: 'True', reason: 'DataValid', message: 'the data of every source are valid' },
      { type: 'SyncSuccessful', status: 'True', reason: 'SyncSuccessful', message: 'the last sync read every source' },
    ],
    ...fields,
  };
}

/** For tests: a document with one condition replaced. */
export function withCondition(
  type: 'SourceAvailable' | 'DataValid' | 'SyncSuccessful',
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
): RegistryStatusDocument {
  const conditions = statusDocument().conditions.map((condition) =>
    condition.type === type ? { type, status, reason, message } : condition,
  );
  return statusDocument({ conditions });
}

/** For tests: reports of pods called `one`, `two` and so on. */
export function factsOf(...documents: RegistryStatusDocument[]): PodFacts[] {
  const names = ['one', 'two', 'three'];
  return documents.map((document, index) => ({ pod: names[index] ?? String(index), document }));
}
