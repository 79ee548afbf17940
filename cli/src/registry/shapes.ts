import type { RegistryExplain, RegistryHistory, RegistryReport, RegistryStatusDocument, ServerOrigin } from '@toolhive-registry/api';
import { isObject } from '@toolhive-registry/catalog/entry';

/**
 * What is wrong with a value, as a sentence such as `"sources[0].name" is not a text`; undefined: nothing. The schemas of the API say more, and
 * take longer to load than most commands run.
 */
export type Shape = (value: unknown, path: string) => string | undefined;

const text = scalar('a text', (value) => typeof value === 'string');
const count = scalar('a number', (value) => typeof value === 'number');
const yesOrNo = scalar('true or false', (value) => typeof value === 'boolean');
const time = scalar('a time', (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));

function scalar(what: string, is: (value: unknown) => boolean): Shape {
  return (value, path) => (is(value) ? undefined : wrong(value, path, what));
}

function optional(shape: Shape): Shape {
  return (value, path) => (value === undefined ? undefined : shape(value, path));
}

function orNull(shape: Shape): Shape {
  return (value, path) => (value === null ? undefined : shape(value, path));
}

function list(shape: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return wrong(value, path, 'a list');
    for (const [index, item] of value.entries()) {
      const found = shape(item, `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function map(shape: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) return wrong(value, path, 'an object');
    for (const [key, one] of Object.entries(value)) {
      const found = shape(one, `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Fields that nobody reads may be anything. */
function object(fields: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    if (!isObject(value)) return wrong(value, path, 'an object');
    for (const [key, shape] of Object.entries(fields)) {
      const found = shape(Object.hasOwn(value, key) ? value[key] : undefined, path === '' ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function wrong(value: unknown, path: string, what: string): string {
  if (path === '') return `the answer is not ${what}`;
  return value === undefined ? `"${path}" is missing` : `"${path}" is not ${what}`;
}

const registry = object({ name: text, namespace: text });
const change = { added: count, changed: count, removed: count };
const sync = {
  type: text,
  completionTime: time,
  hash: orNull(text),
  serverCount: count,
  result: text,
  errorMessage: orNull(text),
};

/** The answer of `GET /registry/status`. */
export const STATUS = typed<RegistryStatusDocument>(
  object({
    registry,
    lastSync: orNull(object(sync)),
    ready: yesOrNo,
    serverCount: count,
    deployedServerCount: count,
    snapshotHash: orNull(text),
    rolledBackTo: optional(orNull(text)),
    lastChangeTime: orNull(time),
    lastChange: optional(object(change)),
    syncing: yesOrNo,
    lastSyncTrigger: orNull(text),
    sources: list(
      object({
        name: text,
        type: text,
        state: text,
        message: optional(text),
        reason: optional(text),
        serverCount: count,
        remedy: optional(text),
        revision: optional(text),
        lastSuccessTime: optional(time),
        activity: optional(text),
        counts: optional(object({ leftOut: count, repaired: count, filtered: count })),
        warnings: list(text),
      }),
    ),
    files: map(text),
    conditions: list(object({ type: text, status: text, reason: text, message: text })),
    nextSyncTime: optional(time),
  }),
);

/** The answer of `GET /registry/history`. */
export const HISTORY = typed<RegistryHistory>(
  object({
    syncs: list(object({ ...sync, ...change })),
    snapshots: list(object({ hash: text, createdAt: time, serverCount: count })),
  }),
);

/** The answer of `GET /registry/report`. */
export const REPORT = typed<RegistryReport>(
  object({
    findings: list(
      object({
        source: text,
        entry: text,
        version: optional(text),
        pointer: text,
        rule: text,
        outcome: text,
        message: text,
      }),
    ),
    metadata: object({ nextCursor: optional(text) }),
  }),
);

/** The answer of `GET /registry/explain`. */
export const EXPLAIN = typed<RegistryExplain>(
  object({
    registry,
    allowed: yesOrNo,
    enforcement: text,
    rule: text,
    sentence: text,
    entries: list(object({ server: text, version: text, source: text, file: optional(text), why: optional(text) })),
    nearest: list(text),
  }),
);

/** The answer of `GET /api/v1/registry/servers/{serverName}/origin`. */
export const ORIGIN = typed<ServerOrigin>(
  object({
    source: object({ name: text, type: optional(text), revision: optional(text) }),
    file: optional(text),
  }),
);

/** The answer of `GET /version`. */
export const VERSION = typed<Readonly<Record<string, unknown>>>(object({ version: text }));

/** A list of servers with where the next page begins, in the form of the official API or of ours. The servers are judged one by one. */
export const SERVERS = typed<ServerList>(
  object({
    servers: scalar('a list', Array.isArray),
    metadata: optional(
      orNull(object({ nextCursor: optional(orNull(text)), next_cursor: optional(orNull(text)), total: optional(orNull(count)) })),
    ),
  }),
);

/** A page of a list of servers, as it comes. */
export interface ServerList {
  readonly servers: readonly unknown[];
  readonly metadata?: { readonly nextCursor?: string | null; readonly next_cursor?: string | null; readonly total?: number | null } | null;
}

/** A shape of which the type is known. */
export interface TypedShape<T> {
  readonly problemOf: (value: unknown) => string | undefined;
  /** Only for the type. */
  readonly type?: T;
}

function typed<T>(shape: Shape): TypedShape<T> {
  return { problemOf: (value) => shape(value, '') };
}
