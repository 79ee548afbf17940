import { expect, test } from '@jest/globals';
import type { ApiClient } from '../client/api-client.ts';
import { CONFIG_MAPS, DEPLOYMENTS, PODS, SERVICES } from '../client/kinds.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { Store } from '../informer/store.ts';
import type { KubeObject, OwnerReference } from '../objects.ts';
import { Applier } from './applier.ts';
import type { ApplySetResult, Desired } from './apply-set.ts';
import { applySet } from './apply-set.ts';
import { ownedBy } from './ownership.ts';

const owner = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'a', namespace: 'team', uid: 'uid-a' } };
const labels = { shop: 'a', by: 'me' };
const mine = ownedBy(owner);

/** An object of the set in namespace `team`, unless set otherwise. */
function object(kind: string, name: string, metadata: Partial<KubeObject['metadata']> = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'team', uid: `uid-${kind}-${name}`, labels, ownerReferences: [mine], ...metadata },
  };
}

function desired(kind: ResourceKind, name: string, stage?: number): Desired {
  const { apiVersion, metadata, ...rest } = object(kind.kind, name);
  const { uid: _uid, ...wanted } = metadata;
  return { kind, object: { ...rest, apiVersion, metadata: wanted }, ...(stage === undefined ? {} : { stage }) };
}

interface Options {
  readonly live?: readonly KubeObject[];
  /** Errors of the server, by `VERB Kind/name`. */
  readonly errors?: Readonly<Record<string, unknown>>;
  /** Default: those of the set. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly prune?: readonly ResourceKind[];
  readonly signal?: AbortSignal;
  /** Called before each write. */
  readonly onWrite?: (write: string) => Promise<void>;
}

/** Applies a set of ConfigMaps, Services and Deployments; returns the result, and the writes in order. */
async function apply(wanted: readonly Desired[], options: Options = {}): Promise<ApplySetResult & { writes: string[] }> {
  const writes: string[] = [];
  const write = async (what: string): Promise<void> => {
    writes.push(what);
    await options.onWrite?.(what);
    if (options.errors !== undefined && what in options.errors) throw options.errors[what];
  };
  const client = {
    get: async (kind: ResourceKind, { name }: { name: string }) => object(kind.kind, name),
    apply: async (kind: ResourceKind, body: KubeObject) => {
      await write(`apply ${kind.kind}/${body.metadata.name}`);
      return { ...body, metadata: { ...body.metadata, uid: 'new' } };
    },
    delete: (kind: ResourceKind, { name }: { name: string }, { uid }: { uid: string }) => write(`delete ${kind.kind}/${name} ${uid}`),
  } as unknown as ApiClient;
  const live = [CONFIG_MAPS, SERVICES, DEPLOYMENTS].map((kind) => {
    const store = new Store<KubeObject>();
    for (const one of options.live ?? []) if (one.kind === kind.kind) store.set(one);
    return { kind, store };
  });
  const result = await applySet(wanted, {
    applier: new Applier(client, 'me'),
    live,
    owner,
    labels: 'labels' in options ? options.labels : labels,
    prune: options.prune,
    signal: options.signal ?? new AbortController().signal,
  });
  return { ...result, writes };
}

const names = ({ pruned }: ApplySetResult): string[] => pruned.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const other: OwnerReference = { ...mine, uid: 'uid-b', name: 'b' };
const applied = { manager: 'me', operation: 'Apply', fieldsV1: { 'f:metadata': {} } };

test('desired objects are applied, unwanted ones are deleted by their UID', async () => {
  const result = await apply([desired(CONFIG_MAPS, 'one'), desired(SERVICES, 'two')], {
    live: [object('ConfigMap', 'former'), object('Service', 'one')],
  });
  expect(result.writes.toSorted()).toEqual([
    'apply ConfigMap/one',
    'apply Service/two',
    'delete ConfigMap/former uid-ConfigMap-former',
    'delete Service/one uid-Service-one',
  ]);
  expect(result.applied.map(({ object: { kind, metadata } }) => `${kind} ${metadata.uid}`)).toEqual(['ConfigMap new', 'Service new']);
  expect(names(result)).toEqual(['ConfigMap/former', 'Service/one']);
  expect(result.failures).toEqual([]);
});

test('when nothing is desired everything of the set is deleted', async () => {
  expect((await apply([], { live: [object('ConfigMap', 'one')] })).writes).toEqual(['delete ConfigMap/one uid-ConfigMap-one']);
});

test.each<[string, Partial<KubeObject['metadata']>, boolean]>([
  ['one that the owner controls', {}, true],
  [
    'one with further labels and owners',
    { labels: { ...labels, more: '1' }, ownerReferences: [{ ...other, controller: false }, mine] },
    true,
  ],
  ['an orphan that we applied', { ownerReferences: [], managedFields: [applied] }, true],
  ['an orphan that another applied', { ownerReferences: [], managedFields: [{ ...applied, manager: 'you' }] }, false],
  ["another owner's", { ownerReferences: [other], managedFields: [applied] }, false],
  ['one that the owner owns without controlling it', { ownerReferences: [{ ...mine, controller: false }] }, false],
  ["an earlier owner's of the same name", { ownerReferences: [{ ...mine, uid: 'former' }], managedFields: [applied] }, false],
  ["one with another set's labels", { labels: { ...labels, shop: 'b' } }, false],
  ['one that lacks a label', { labels: { shop: 'a' } }, false],
  ['one in another namespace', { namespace: 'elsewhere' }, false],
  ['one that is being deleted', { deletionTimestamp: '2026-01-01T00:00:00Z' }, false],
])('of objects that are not desired, %s is deleted: %s', async (_, metadata, isDeleted) => {
  const result = await apply([desired(CONFIG_MAPS, 'one')], { live: [object('ConfigMap', 'former', metadata)] });
  expect(names(result)).toEqual(isDeleted ? ['ConfigMap/former'] : []);
  expect(result.failures).toEqual([]);
});

test.each<[string, readonly ResourceKind[] | undefined, string[]]>([
  ['of all kinds', undefined, ['ConfigMap/former', 'Service/former']],
  ['of one kind', [SERVICES], ['Service/former']],
  ['of none', [], []],
])('objects that are not desired are deleted %s', async (_, prune, expected) => {
  const live = [object('ConfigMap', 'former'), object('Service', 'former')];
  expect(names(await apply([], { live, ...(prune === undefined ? {} : { prune }) }))).toEqual(expected);
});

test.each<[string, Partial<KubeObject['metadata']>, boolean]>([
  ['one that the owner controls and we applied', { managedFields: [applied] }, true],
  ['one that the owner controls and another applied', { managedFields: [{ ...applied, manager: 'you' }] }, false],
  ["another owner's", { ownerReferences: [other], managedFields: [applied] }, false],
  ['an orphan that we applied', { ownerReferences: [], managedFields: [applied] }, false],
])('of objects that are not desired in a set without labels, %s is deleted: %s', async (_, metadata, isDeleted) => {
  const live = [object('ConfigMap', 'former', { ...metadata, labels: {} })];
  expect(names(await apply([desired(CONFIG_MAPS, 'one')], { live, labels: undefined }))).toEqual(isDeleted ? ['ConfigMap/former'] : []);
});

test('later stages wait for earlier ones, and for deletions', async () => {
  const done: string[] = [];
  const wanted = [desired(DEPLOYMENTS, 'last', 2), desired(SERVICES, 'middle', 1), desired(CONFIG_MAPS, 'first')];
  const live = [object('ConfigMap', 'former')];
  const result = await apply(wanted, {
    live,
    onWrite: async (write) => {
      const before = [...done];
      await Promise.resolve();
      if (write.includes('middle'))
        expect(before.toSorted()).toEqual(['apply ConfigMap/first', 'delete ConfigMap/former uid-ConfigMap-former']);
      if (write.includes('last')) expect(before).toHaveLength(3);
      done.push(write);
    },
  });
  expect(result.failures).toEqual([]);
  expect(done).toHaveLength(4);
});

test('a failure stops no other object of its stage, but all later stages', async () => {
  const refused = new Error('refused');
  const wanted = [desired(CONFIG_MAPS, 'one'), desired(SERVICES, 'two'), desired(DEPLOYMENTS, 'last', 1)];
  const live = [object('ConfigMap', 'former')];
  const result = await apply(wanted, { live, errors: { 'apply ConfigMap/one': refused } });
  expect(result.failures).toEqual([{ kind: CONFIG_MAPS, object: wanted[0]?.object, error: refused }]);
  expect(result.applied.map(({ desired: { object: written } }) => written.metadata.name)).toEqual(['two']);
  expect(names(result)).toEqual(['ConfigMap/former']);
  expect(result.writes).not.toContain('apply Deployment/last');
});

test('a failed deletion is a failure, too, and stops later stages', async () => {
  const refused = new Error('refused');
  const former = object('ConfigMap', 'former');
  const result = await apply([desired(SERVICES, 'two'), desired(DEPLOYMENTS, 'last', 1)], {
    live: [former],
    errors: { 'delete ConfigMap/former uid-ConfigMap-former': refused },
  });
  expect(result.failures).toEqual([{ kind: CONFIG_MAPS, object: former, error: refused }]);
  expect(result.writes).not.toContain('apply Deployment/last');
});

test('failures are in the order of the desired objects', async () => {
  const wanted = ['one', 'two', 'three'].map((name) => desired(CONFIG_MAPS, name));
  const errors = { 'apply ConfigMap/three': new Error('3'), 'apply ConfigMap/one': new Error('1') };
  expect((await apply(wanted, { errors })).failures.map(({ object: { metadata } }) => metadata.name)).toEqual(['one', 'three']);
});

test('stopping the program is no failure', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  const errors = { 'apply ConfigMap/one': stop.signal.reason };
  await expect(apply([desired(CONFIG_MAPS, 'one')], { signal: stop.signal, errors })).rejects.toThrow('stopped');
});

test.each<[string, readonly Desired[], Options, string]>([
  ['a kind that nobody watches', [desired(PODS, 'one')], {}, 'pods are desired but not watched'],
  ['a set without labels', [desired(CONFIG_MAPS, 'one')], { labels: {} }, 'a set of objects needs labels'],
])('%s is refused before anything is written', async (_, wanted, options, message) => {
  const writes: string[] = [];
  await expect(apply(wanted, { ...options, onWrite: async (write) => void writes.push(write) })).rejects.toThrow(message);
  expect(writes).toEqual([]);
});
