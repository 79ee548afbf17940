import { expect, test } from '@jest/globals';
import {
  KubeApiError,
  KubeConnectionError,
  NotOurs,
  type Applier,
  type ApplyIfNeededOptions,
  type KubeObject,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import { applyChildren } from './children.ts';
import type { Informers } from './informers.ts';
import { createInstallations } from './installations.ts';
import { createNamesakes } from './namesakes.ts';
import { CREATED, validRegistry } from './render/testing.ts';

const owner = { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', name: 'a', uid: 'uid-of-a', controller: true };
const live = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a-api', namespace: 'team', ownerReferences: [owner] },
  spec: {},
};
const never = new AbortController().signal;

/**
 * Applies the children of `team/a` while writes of some kinds fail; `reference` changes the owner references in the stores. Returns the result, and which kinds
 * were tried.
 */
async function apply(
  errors: Readonly<Record<string, unknown>>,
  spec: object = {},
  signal = never,
  reference: object = {},
  { now, uid } = { now: 0, uid: 'uid-of-a' },
) {
  const tried: string[] = [];
  const inherited = new Set<boolean | undefined>();
  const applier = {
    applyIfNeeded: async ({ kind }: ResourceKind, object: KubeObject, _live: unknown, { inherit }: ApplyIfNeededOptions) => {
      tried.push(kind);
      inherited.add(inherit);
      if (kind in errors) throw errors[kind];
      return { object };
    },
    deleteIfOurs: async ({ kind }: ResourceKind, object: KubeObject | undefined) => {
      tried.push(`delete ${kind} ${object?.metadata.name ?? ''}`);
      if (kind in errors) throw errors[kind];
      return true;
    },
  } as unknown as Applier;
  const object = Object.keys(reference).length === 0 ? live : controlledBy(reference).object;
  const store = { get: ({ name }: { name: string }) => (name === 'a-api' ? object : undefined), list: () => [] };
  const informer = { store };
  const informers = {
    deployments: informer,
    services: informer,
    serviceAccounts: informer,
    configMaps: informer,
    networkPolicies: informer,
    disruptionBudgets: informer,
    ingresses: { ...informer, present: true, accessError: () => undefined },
    httpRoutes: { ...informer, present: true, accessError: () => undefined },
    namesakes: { store: { get: () => undefined } },
  } as unknown as Informers;
  const installation = 'toolhive-system/registries';
  const installations = createInstallations({ installation, clock: () => 0 });
  const deps = {
    applier,
    informers,
    installation,
    installations,
    namesakes: createNamesakes(),
    seesNamesakes: () => true,
    pods: { serverImage: 'x', ui: true },
    expose: { ingress: true, gateway: true },
    clock: () => now,
    client: { get: async () => ({ metadata: { uid } }) as never },
    servers: [],
  };
  return { ...(await applyChildren(validRegistry(spec), deps, signal)), tried, inherited: [...inherited] };
}

function answer(status: number, message = 'no', details?: Record<string, unknown>): KubeApiError {
  return new KubeApiError({ request: 'PATCH /x', status, reason: '', message, details });
}

const terminating = answer(403, 'unable to create', { causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }] });
const me = { ...owner, metadata: { name: 'a', uid: 'uid-of-a' } };
const controlledBy = (reference: object): NotOurs =>
  new NotOurs({ ...live, metadata: { ...live.metadata, ownerReferences: [{ ...owner, ...reference }] } }, me);
const foreign = controlledBy({ name: 'b', uid: 'uid-of-b' });
const leftover = controlledBy({ uid: 'former' });

test.each<[string, unknown, { transient: boolean; podTemplate?: true }]>([
  ['400', answer(400), { transient: false, podTemplate: true }],
  ['422', answer(422), { transient: false, podTemplate: true }],
  ['403: a permission or a quota', answer(403), { transient: false }],
  ['413: the next try is as large', answer(413), { transient: false, podTemplate: true }],
  ['500 for a value of another type', answer(500, 'failed to create typed patch object'), { transient: false, podTemplate: true }],
  [
    '500 for a text that is no quantity',
    answer(500, 'failed to convert new object (team/a-api; …)'),
    { transient: false, podTemplate: true },
  ],
  ["somebody else's object", foreign, { transient: false }],
  ['500 for a webhook', answer(500, 'failed calling webhook'), { transient: true }],
  ['503', answer(503), { transient: true }],
  ['409: changed meanwhile', answer(409), { transient: true }],
  ['429', answer(429), { transient: true }],
  ['404: the namespace is gone', answer(404), { transient: true }],
  ['no answer', new KubeConnectionError('no answer'), { transient: true }],
  ['a fault of ours', new TypeError('x is not a function'), { transient: true }],
])('whether a retry helps against %s', async (_, error, { transient, podTemplate = false }) => {
  const { failure, error: thrown, deployment } = await apply({ Deployment: error }, { podTemplateSpec: { spec: {} } });
  expect(failure).toEqual({
    reason: 'DeploymentFailed',
    transient,
    podTemplate,
    message: expect.stringContaining((error as Error).message),
  });
  expect(thrown).toBe(transient ? error : undefined);
  expect(deployment).toBe(live);
});

test('an object of a deleted registry of the same name is waited for', async () => {
  const { failure, error } = await apply({ Deployment: leftover });
  expect(failure).toEqual({
    reason: 'WaitingForDeletion',
    message:
      'Deployment team/a-api still belongs to the deleted MCPRegistry a with uid former; waiting for the garbage collector to delete it',
    podTemplate: false,
    transient: true,
  });
  expect(error).toBe(leftover);
});

test.each<[what: string, ms: number, reference: object, uid: string, inherit: boolean]>([
  ['29 s old', 29_000, { uid: 'former' }, 'uid-of-a', false],
  ['30 s old', 30_000, { uid: 'former' }, 'uid-of-a', true],
  ['less than nothing old, by another clock', -60_000, { uid: 'former' }, 'uid-of-a', false],
  ['that nothing was left to', 30_000, {}, 'uid-of-a', false],
  ['whose name another one has', 30_000, { name: 'b', uid: 'uid-of-b' }, 'uid-of-a', false],
  ['that is gone itself, and the other one is the later', 30_000, { uid: 'former' }, 'former', false],
])('whether a registry %s takes over what the garbage collector left', async (_, ms, reference, uid, inherit) => {
  const { inherited } = await apply({}, {}, never, reference, { now: Date.parse(CREATED) + ms, uid });
  expect(inherited).toEqual([inherit]);
});

test.each<[string, Record<string, unknown>, 'Deployment' | 'Service', object, boolean]>([
  ["the store's own Deployment", { Deployment: answer(422) }, 'Deployment', {}, true],
  ["another registry's Deployment", { Deployment: foreign }, 'Deployment', { name: 'b', uid: 'uid-of-b' }, false],
  ["an earlier registry's Deployment", { Deployment: leftover }, 'Deployment', { uid: 'former' }, false],
  ["the store's own Service", { Service: answer(422) }, 'Service', {}, true],
  ["another registry's Service", { Service: foreign }, 'Service', { name: 'b', uid: 'uid-of-b' }, false],
  ["an earlier registry's Service", { Service: leftover }, 'Service', { uid: 'former' }, false],
])('what serves the registry when a write fails: %s', async (_, errors, kind, reference, serves) => {
  const { deployment, service } = await apply(errors, {}, never, reference);
  expect((kind === 'Deployment' ? deployment : service) !== undefined).toBe(serves);
});

test.each<[string, Record<string, unknown>, string]>([
  ['the first of several', { Service: answer(500), ConfigMap: answer(500) }, 'ConfigMapFailed'],
  ['a foreign object, before one that will be deleted', { ServiceAccount: leftover, ConfigMap: foreign }, 'ConfigMapFailed'],
  ['what does not recover by itself', { ServiceAccount: answer(422), ConfigMap: answer(500) }, 'ServiceAccountFailed'],
])('of several failures %s is reported, and no Deployment is created', async (_, errors, reason) => {
  const { failure, tried } = await apply(errors);
  expect(failure?.reason).toBe(reason);
  expect(tried).not.toContain('Deployment');
});

test.each<[string, Record<string, unknown>]>([
  ['the Deployment', { Deployment: terminating }],
  ['another object', { Service: terminating }],
  ['one of several that fail', { ConfigMap: answer(500), Service: terminating }],
])('namespace deletion is no failure: %s', async (_, errors) => {
  expect(await apply(errors)).toMatchObject({ namespaceEnds: true });
  expect((await apply(errors)).failure).toBeUndefined();
});

test('stopping the program is no failure', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await expect(apply({ Service: stop.signal.reason }, {}, stop.signal)).rejects.toThrow('stopped');
});
