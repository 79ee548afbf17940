import { z } from 'zod';

const count = z.int().min(0);
const time = z.iso.datetime();

/** One of these values today. A later server may send others, which must not keep anybody from reading the rest of its document. */
function word<const T extends string>(...words: readonly T[]): z.ZodType<T | LaterWord> {
  return z.union([z.enum(words), z.string() as unknown as z.ZodType<LaterWord>]);
}
/** A string type that does not absorb the known values in a union. */
type LaterWord = string & Record<never, never>;

/** The last finished sync, with the fields that seed 000 shows. Times are RFC 3339 in UTC. */
const lastSyncSchema = z.object({
  /** `seeded`: the data of another replica were taken over. */
  type: word('automatic', 'manual', 'seeded'),
  startTime: time,
  completionTime: time,
  /** Hash of the served snapshot; null while there is none. */
  hash: z.string().nullable(),
  serverCount: count,
  result: word('completed', 'failed'),
  /** Failed attempts since the last success. */
  attemptCount: count,
  errorMessage: z.string().nullable(),
});

/** One sync of the history: the same, with its changes. */
const syncRecordSchema = lastSyncSchema.extend({
  /** Versions of servers, except deleted ones. */
  added: count,
  changed: count,
  removed: count,
});

/** How many of a source's servers are served, and what happened to its other entries. `served` counts servers, `noted` findings, the others versions. */
const countsSchema = z.object({
  served: count,
  /** Cannot be served. */
  leftOut: count,
  /** Served, after something in them was dropped or changed. */
  repaired: count,
  /** An earlier source has the name. */
  shadowed: count,
  /** Noteworthy facts about entries that are served unchanged, and about parts of a file that are not entries. Earlier servers do not count them. */
  noted: count.default(0),
  /** Left out by a filter. */
  filtered: count,
});

/** What the last sync that changed the served catalog did to it. */
const lastChangeSchema = z.object({
  /** Hash of the snapshot served since then: the document's `snapshotHash`. */
  hash: z.string(),
  /** Versions of servers, except deleted ones, as counted in the sync's record in the history. */
  added: count,
  changed: count,
  removed: count,
});

/** Counters since the process started. Every number only grows, except that those of a source that is removed and added again start at 0. */
const syncCountersSchema = z.object({
  /** Start of the counting: another time means that all of them restarted at 0. */
  startTime: time,
  /** The sources of the manifest. */
  sources: z.array(
    z.object({
      name: z.string(),
      /** Successful syncs of the source. */
      success: count,
      /** Failed syncs of the source: the sum of `errors`. */
      failure: count,
      /** Failed syncs by reason, for example `SourceNotFound`; only reasons that occurred. */
      errors: z.record(z.string(), count),
    }),
  ),
  /** Syncs over all their sources: how many, and their total duration in seconds. */
  syncDurationSeconds: z.object({ count, sum: z.number() }),
});

const sourceStatusSchema = z.object({
  name: z.string(),
  type: word('configmap', 'git', 'url', 'registry', 'file'),
  state: word('pending', 'ok', 'failed'),
  message: z.string().optional(),
  /** One word for conditions and Events, for example `SourceNotFound`. */
  reason: z.string().optional(),
  serverCount: count,
  /** What to do about it. */
  remedy: z.string().optional(),
  hash: z.string().optional(),
  /**
   * The revision of the served data of the source, if its type has one: for a Git source the full commit hash. Not that of an attempt that failed since.
   * Earlier servers do not report it.
   */
  revision: z.string().optional(),
  lastSuccessTime: time.optional(),
  /** Current activity: `fetching` while it is asked, `building` while its new data wait for a build or are in one. */
  activity: word('idle', 'fetching', 'building').optional(),
  /** Failures since the last success. */
  attemptCount: count.optional(),
  /** When it is next asked by itself; absent: never by itself, or it is being asked. */
  nextAttemptTime: time.optional(),
  /** SHA-256 of the mounted files that it was read from, by name. Never of Secrets. */
  files: z.record(z.string(), z.string()).optional(),
  counts: countsSchema.optional(),
  /** The first findings, one sentence each: what was left out, shadowed, repaired, noted, in this order. The report has all. */
  warnings: z.array(z.string()),
});

/**
 * The answer of `GET /registry/status`. The ETag covers facts only: a check without changes affects nothing in it but `lastSync`, `nextSyncTime` and
 * `counters`.
 */
export const registryStatusSchema = z.object({
  lastSync: lastSyncSchema.nullable(),
  registry: z.object({ name: z.string(), namespace: z.string() }),
  /** The server has a catalog to serve. */
  ready: z.boolean(),
  serverCount: count,
  deployedServerCount: count,
  snapshotHash: z.string().nullable(),
  /** Hash of the earlier snapshot that is served with the current filters until the rollback is ended; null or absent: none. */
  rolledBackTo: z.string().nullable().optional(),
  /** When the served data last changed. */
  lastChangeTime: time.nullable(),
  /** The last change. Its hash is `snapshotHash`. Absent: not known, or nothing is served. Earlier servers do not report it. */
  lastChange: lastChangeSchema.optional(),
  syncing: z.boolean(),
  /** Last value of the annotation sync-trigger that was acted upon. */
  lastSyncTrigger: z.string().nullable(),
  sources: z.array(sourceStatusSchema),
  /** SHA-256 in hex of each mounted file that was read, by the names of `fileKeys`: `spec.yaml`, `team/registry.json`, `servers.json`. */
  files: z.record(z.string(), z.string()),
  conditions: z.array(
    z.object({
      type: word('SourceAvailable', 'DataValid', 'SyncSuccessful'),
      /** Kubernetes knows no other. */
      status: z.enum(['True', 'False', 'Unknown']),
      reason: z.string(),
      message: z.string(),
    }),
  ),
  nextSyncTime: time.optional(),
  /** Only for operators: on the internal port, and on a laptop. Earlier servers do not report them. */
  counters: syncCountersSchema.optional(),
});

/** The answer of `GET /registry/status`. */
export type RegistryStatusDocument = z.output<typeof registryStatusSchema>;
/** The answer of `GET /registry/report`. */
export const registryReportSchema = z.object({
  registry: z.object({ name: z.string(), namespace: z.string() }),
  snapshotHash: z.string().nullable(),
  sources: z.array(
    z.object({
      name: z.string(),
      state: word('pending', 'ok', 'failed'),
      counts: countsSchema.optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      remedy: z.string().optional(),
      /** Names of servers, at most 1,000, that refused data would have removed. */
      wouldRemove: z.array(z.string()).readonly().optional(),
    }),
  ),
  /** Left out entries come first, then shadowed, repaired and noted ones. A source keeps 10,000 of each kind. */
  findings: z.array(
    z.object({
      source: z.string(),
      /** Name of the server, or its place in the file if it has none. */
      entry: z.string(),
      version: z.string().optional(),
      /** JSON pointer below the entry; empty for the whole. */
      pointer: z.string(),
      rule: z.string(),
      outcome: word('leftOut', 'shadowed', 'repaired', 'noted'),
      message: z.string(),
    }),
  ),
  metadata: z.object({ count, nextCursor: z.string().optional() }),
});

/** The answer of `GET /registry/report`. */
export type RegistryReport = z.output<typeof registryReportSchema>;

/** The answer of `GET /registry/history`. */
export const registryHistorySchema = z.object({
  registry: z.object({ name: z.string(), namespace: z.string() }),
  /** At most 100, the newest first. */
  syncs: z.array(syncRecordSchema),
  /** The stored snapshots, at most five, newest first: a rollback can go back to any of them. */
  snapshots: z.array(z.object({ hash: z.string(), createdAt: time, serverCount: count })),
});

/** One sync of the history. */
export type SyncRecord = z.output<typeof syncRecordSchema>;
/** The answer of `GET /registry/history`. */
export type RegistryHistory = z.output<typeof registryHistorySchema>;
/** The block `lastChange` of the status. */
export type LastChange = z.output<typeof lastChangeSchema>;
/** The block `counters` of the status. */
export type SyncCounters = z.output<typeof syncCountersSchema>;
/** The block `lastSync` of the status. */
export type LastSync = z.output<typeof lastSyncSchema>;
/** One source in the status. */
export type SourceStatus = z.output<typeof sourceStatusSchema>;

/**
 * The facts of a document that count as a change, as text. Times of checks, numbers of attempts, counters and current activity do not count: an unchanged poll
 * must wake nobody. A new revision counts even if it changed nothing that is served, so that nobody keeps reporting an outdated one. It changes at most once
 * with each sync of its source.
 */
export function factsOf(document: RegistryStatusDocument): string {
  const { lastSync, nextSyncTime: _next, syncing: _syncing, counters: _counters, ...facts } = document;
  const sources = facts.sources.map(
    ({ lastSuccessTime: _success, nextAttemptTime: _attempt, attemptCount: _count, activity: _activity, ...source }) => source,
  );
  const result = lastSync === null ? null : { result: lastSync.result, errorMessage: lastSync.errorMessage };
  return JSON.stringify({ ...facts, sources, result });
}
