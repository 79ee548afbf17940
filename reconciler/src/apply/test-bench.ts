import type { ApiClient, ApplyOptions } from '../client/api-client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { Clock } from '../clock.ts';
import type { KubeObject, ManagedFieldsEntry } from '../objects.ts';
import type { Applier, ApplyResult, ApplyStatusOptions } from './applier.ts';

/** For tests: a flat map of an object. */
export type Fields = Record<string, string>;

/** For tests: a ConfigMap with a status. */
export interface Written extends KubeObject {
  data: Fields;
  status: Fields;
}

type Part = 'data' | 'status';

interface Entry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly part: Part;
  readonly names: Set<string>;
  time: string;
}

/** For tests: one ConfigMap named `c`, with the owners of its data and of its status, as a real server records them for flat maps. */
export class OneObject {
  /** Number of applies, including those that changed nothing. */
  writes = 0;
  /** What a mutating webhook changes in each apply. */
  mutate: (fields: Fields) => Fields = (fields) => fields;
  /** Thrown after the next apply was carried out. */
  loses: Error | undefined;
  readonly #clock: Clock;
  readonly #fields: Record<Part, Map<string, string>> = { data: new Map(), status: new Map() };
  readonly #owners: Entry[] = [];
  #version = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The client for an applier. */
  get client(): ApiClient {
    return {
      apply: async (_kind: unknown, body: Partial<Written>, { fieldManager, subresource }: ApplyOptions) => {
        const part = subresource === 'status' ? 'status' : 'data';
        this.writes += 1;
        this.apply(fieldManager, body[part] ?? {}, part);
        const { loses } = this;
        this.loses = undefined;
        if (loses !== undefined) throw loses;
        return this.live;
      },
    } as unknown as ApiClient;
  }

  /** The object as a store has it. */
  get live(): Written {
    const managedFields = this.#owners.map(({ manager, operation, part, names, time }): ManagedFieldsEntry => {
      const fields = Object.fromEntries([...names].sort().map((name) => [`f:${name}`, {}]));
      const subresource = part === 'status' ? { subresource: part } : {};
      return { manager, operation, apiVersion: 'v1', time, fieldsV1: { [`f:${part}`]: fields }, ...subresource };
    });
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'n', uid: 'u', resourceVersion: String(this.#version), managedFields },
      data: Object.fromEntries(this.#fields.data),
      status: Object.fromEntries(this.#fields.status),
    };
  }

  /** A server-side apply with force. */
  apply(manager: string, wanted: Fields, part: Part = 'data'): void {
    const mutated = this.mutate(wanted);
    const own = this.#owner(manager, 'Apply', part);
    const before = JSON.stringify(this.live);
    for (const name of [...own.names].filter((one) => !(one in mutated))) {
      own.names.delete(name);
      if (!this.#owners.some((one) => one.part === part && one.names.has(name))) this.#fields[part].delete(name);
    }
    for (const [name, value] of Object.entries(mutated)) this.#set(own, name, value);
    this.#date(own, before);
  }

  /** An update, such as one of `kubectl edit`; null removes a field, which the server does not record. */
  update(manager: string, changes: Record<string, string | null>, part: Part = 'data'): void {
    const own = this.#owner(manager, 'Update', part);
    const before = JSON.stringify(this.live);
    for (const [name, value] of Object.entries(changes)) {
      if (value !== null) this.#set(own, name, value);
      else {
        this.#fields[part].delete(name);
        for (const owner of this.#owners) if (owner.part === part) owner.names.delete(name);
      }
    }
    if (own.names.size > 0) this.#date(own, before);
    else this.#version += 1;
  }

  /** A webhook changes a value in somebody else's request, which shows in no ownership record. */
  mutateUnseen(name: string, value: string): void {
    this.#fields.data.set(name, value);
    this.#version += 1;
  }

  #owner(manager: string, operation: Entry['operation'], part: Part): Entry {
    const known = this.#owners.find((one) => one.manager === manager && one.operation === operation && one.part === part);
    const owner = known ?? { manager, operation, part, names: new Set<string>(), time: '' };
    if (known === undefined) this.#owners.push(owner);
    return owner;
  }

  #set(own: Entry, name: string, value: string): void {
    const isChanged = this.#fields[own.part].get(name) !== value;
    if (isChanged) for (const owner of this.#owners) if (owner.part === own.part) owner.names.delete(name);
    this.#fields[own.part].set(name, value);
    if (isChanged || own.operation === 'Apply') own.names.add(name);
  }

  #date(own: Entry, before: string): void {
    if (JSON.stringify(this.live) === before) return;
    own.time = new Date(this.#clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
    this.#version += 1;
  }
}

/** For tests: makes the object have these data, or this status. */
export class Wishes {
  readonly #server: OneObject;
  readonly #applier: Applier;

  constructor(server: OneObject, applier: Applier) {
    this.#server = server;
    this.#applier = applier;
  }

  data(data: Fields, live: KubeObject = this.#server.live): Promise<ApplyResult<KubeObject>> {
    const desired = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n' }, data };
    return this.#applier.applyIfNeeded<KubeObject>(CONFIG_MAPS, desired, live);
  }

  status(status: Fields, options?: ApplyStatusOptions): Promise<ApplyResult<KubeObject>> {
    return this.#applier.applyStatus<KubeObject>(CONFIG_MAPS, this.#server.live, status, options);
  }
}
