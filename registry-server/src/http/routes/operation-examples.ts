/** Examples for operators. Created on demand, so that documentation does not stay in memory. */

const REGISTRY = { name: 'example', namespace: 'default' } as const;
const HASH = '9d2f6c1ab0e44d2f8a57f3c1d9be60725c4e9a1f0b6d83c2e7a45f1098cdb36e';
const SYNC = {
  type: 'automatic',
  startTime: '2026-11-21T12:35:45.902Z',
  completionTime: '2026-11-21T12:35:46.171Z',
  hash: HASH,
  serverCount: 2,
  result: 'completed',
  attemptCount: 0,
  errorMessage: null,
} as const;
const COUNTS = { served: 2, leftOut: 1, repaired: 0, shadowed: 0, noted: 0, filtered: 3 } as const;

/** The status of a registry with one source. */
export function exampleStatus(): Readonly<Record<string, unknown>> {
  return {
    lastSync: SYNC,
    registry: REGISTRY,
    ready: true,
    serverCount: 2,
    deployedServerCount: 0,
    snapshotHash: HASH,
    rolledBackTo: null,
    lastChangeTime: SYNC.completionTime,
    lastChange: { hash: HASH, added: 2, changed: 0, removed: 0 },
    syncing: false,
    lastSyncTrigger: null,
    sources: [
      {
        name: 'community',
        type: 'git',
        state: 'ok',
        serverCount: 2,
        hash: 'c0ffee5a',
        revision: '5a1f0c3de2b49876a0c1d2e3f4a5b6c7d8e9f0a1',
        lastSuccessTime: SYNC.completionTime,
        activity: 'idle',
        attemptCount: 0,
        nextAttemptTime: '2026-11-21T13:35:46.171Z',
        counts: COUNTS,
        warnings: ['/servers/7: "name" must be a text; the server was left out'],
      },
    ],
    files: { 'spec.yaml': 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9' },
    conditions: [{ type: 'SourceAvailable', status: 'True', reason: 'SourceAvailable', message: 'all sources were read' }],
    nextSyncTime: '2026-11-21T13:35:46.171Z',
    counters: {
      startTime: '2026-11-21T12:35:45.310Z',
      sources: [{ name: 'community', success: 1, failure: 2, errors: { SourceUnreachable: 2 } }],
      syncDurationSeconds: { count: 3, sum: 4.25 },
    },
  };
}

/** A report with one finding. */
export function exampleReport(): Readonly<Record<string, unknown>> {
  return {
    registry: REGISTRY,
    snapshotHash: HASH,
    sources: [{ name: 'community', state: 'ok', counts: COUNTS }],
    findings: [
      {
        source: 'community',
        entry: '/servers/7',
        pointer: '/name',
        rule: 'missing',
        outcome: 'leftOut',
        message: '"name" must be a text; the server was left out',
      },
    ],
    metadata: { count: 1 },
  };
}

/** A history of one sync. */
export function exampleHistory(): Readonly<Record<string, unknown>> {
  return {
    registry: REGISTRY,
    syncs: [{ ...SYNC, added: 2, changed: 0, removed: 0 }],
    snapshots: [{ hash: HASH, createdAt: SYNC.completionTime, serverCount: 2 }],
  };
}
