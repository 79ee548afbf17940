import { z } from 'zod';

const count = z.int().min(0);
const time = z.iso.datetime();

/** One of these words today. A later server may have others, and nobody may fail to read the rest of its document because of that. */
function word<const T extends string>(...words: readonly T[]): z.ZodType<T | LaterWord> {
  return z.union([z.enum(words), z.string() as unknown as z.ZodType<LaterWord>]);
}
/** A text that does not swallow the known words in a union of types. */
type LaterWord = string & Record<never, never>;

/** The last finished sync, field for field as seed 000 shows it. Times are RFC 3339 in UTC. */
const lastSyncSchema = z.object({
  type: word('automatic', 'manual'),
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

const sourceStatusSchema = z.object({
  name: z.string(),
  type: word('configmap', 'git', 'url', 'registry', 'file'),
  state: word('pending', 'ok', 'failed'),
  message: z.string().optional(),
  /** One word for conditions and Events, for example `SourceNotFound`. */
  reason: z.string().optional(),
  serverCount: count,
  hash: z.string().optional(),
  lastSuccessTime: time.optional(),
  /** Entries that were skipped or repaired, one sentence each. */
  warnings: z.array(z.string()),
});

/** The answer of `GET /registry/status`. The ETag covers facts only, so nothing in it changes with an unchanged check but `lastSync` and `nextSyncTime`. */
export const registryStatusSchema = z.object({
  lastSync: lastSyncSchema.nullable(),
  registry: z.object({ name: z.string(), namespace: z.string() }),
  /** The server has a catalogue to serve. */
  ready: z.boolean(),
  serverCount: count,
  deployedServerCount: count,
  snapshotHash: z.string().nullable(),
  /** When the served data last changed. */
  lastChangeTime: time.nullable(),
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
});

/** The answer of `GET /registry/status`. */
export type RegistryStatusDocument = z.output<typeof registryStatusSchema>;
/** The block `lastSync` of the status. */
export type LastSync = z.output<typeof lastSyncSchema>;
/** One source in the status. */
export type SourceStatus = z.output<typeof sourceStatusSchema>;
