import { parseTime } from '@toolhive-registry/catalog';

/** The facts about an entry that are needed to keep a list up to date. The rest is passed on unchanged. */
export interface EntryFacts {
  /** Name and version, as one text. Undefined: the entry is none that can be served. */
  readonly key: string | undefined;
  /** When the registry changed it last, as it says so, RFC 3339. */
  readonly updatedAt: string | undefined;
}

const OFFICIAL_META = 'io.modelcontextprotocol.registry/official';

/** Reads the facts of one item of a list: `{server, _meta}`, or a bare server.json. */
export function factsOf(item: unknown): EntryFacts {
  const server = field(item, 'server') ?? item;
  const [name, version] = [field(server, 'name'), field(server, 'version')];
  const updatedAt = field(field(field(item, '_meta'), OFFICIAL_META), 'updatedAt');
  return {
    key: typeof name === 'string' && typeof version === 'string' ? JSON.stringify([name, version]) : undefined,
    updatedAt: typeof updatedAt === 'string' && parseTime(updatedAt) !== undefined ? updatedAt : undefined,
  };
}

/** An own property of an object; undefined for anything else. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
