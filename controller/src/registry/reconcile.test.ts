import { expect, test } from '@jest/globals';
import { group, type MCPRegistryStatus } from '@toolhive-registry/api';
import {
  KubeApiError,
  NotOurs,
  silentLogger,
  type Applier,
  type EventInput,
  type KubeObject,
  type EventRecorder,
  type ReconcileContext,
} from '@toolhive-registry/reconciler';
import type { Informers } from './informers.ts';
import { createNamesakes } from './namesakes.ts';
import { createReconcile } from './reconcile.ts';
import { validRegistry } from './render/testing.ts';
import { createStatusStep } from './status/write.ts';
import { registryKind, type RegistryObject } from './resource.ts';

const KEY = { namespace: 'team', name: 'a' };
const REGISTRY = validRegistry().object;

interface Setup {
  /** The registry in the store. */
  object: RegistryObject | undefined;
  now: string;
  /** A number that changes with leadership. */
  term: number;
  /** The error of writes of children; undefined: they succeed. */
  error: unknown;
  /** The error of writes of statuses. */
  statusError: Error | undefined;
  record: EventRecorder['record'];
  readonly statuses: MCPRegistryStatus[];
  pass(failures?: number): Promise<unknown>;
}

function setup(): Setup {
  const statuses: MCPRegistryStatus[] = [];
  const applier = {
    applyIfNeeded: async (_kind: unknown, object: object) => {
      if (bench.error !== undefined) throw bench.error;
      return { object };
    },
    deleteIfOurs: async () => false,
    applyStatus: async (_kind: unknown, object: unknown, status: MCPRegistryStatus) => {
      if (bench.statusError !== undefined) throw bench.statusError;
      statuses.push(status);
      return { object, written: true };
    },
  } as unknown as Applier;
  const informer = { accessError: () => undefined, store: { get: () => undefined, list: () => [], byIndex: () => [] } };
  const informers = {
    registries: { store: { get: () => bench.object } },
    namesakes: { store: { get: () => undefined } },
    deployments: informer,
    services: informer,
    serviceAccounts: informer,
    configMaps: informer,
    networkPolicies: informer,
    disruptionBudgets: informer,
    ingresses: { ...informer, present: true },
    httpRoutes: { ...informer, present: false },
    replicaSets: informer,
    sources: informer,
    pods: informer,
  } as unknown as Informers;
  const events = { event: () => undefined, record: (object: KubeObject, input: EventInput) => bench.record(object, input) };
  const clock = (): number => Date.parse(bench.now);
  const reconcile = createReconcile({
    applier,
    statuses: createStatusStep({
      client: { patch: () => Promise.reject(new Error('nothing is foreign here')) },
      applier,
      kind: registryKind(group),
      events,
      clock,
      leadershipTerm: () => bench.term,
    }),
    client: { request: () => Promise.reject(new Error('no Events here')), get: () => Promise.reject(new Error('nothing is left here')) },
    logger: silentLogger(),
    isServed: () => true,
    awaitChange: () => undefined,
    namesakes: createNamesakes(),
    seesNamesakes: () => true,
    informers,
    events,
    pods: { serverImage: 'x', ui: true },
    expose: { ingress: true, gateway: true },
    installation: 'toolhive-system/registries',
    clusterDomain: 'cluster.local',
    enforcementOf: () => undefined,
    servers: [],
    clock,
  });
  const context = (failures: number): ReconcileContext => ({
    signal: new AbortController().signal,
    logger: silentLogger(),
    reconcileId: '1',
    failures,
  });
  const bench: Setup = {
    object: REGISTRY,
    now: '2026-01-01T00:00:00Z',
    term: 0,
    error: undefined,
    statusError: undefined,
    record: () => Promise.resolve(),
    statuses,
    pass: async (failures = 0) => reconcile(KEY, context(failures)),
  };
  return bench;
}

function sinceWhen(status: MCPRegistryStatus | undefined): string | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
}

test.each<[string, (bench: Setup) => Promise<void>, string]>([
  ['that the store does not show yet is remembered', async () => undefined, '2026-01-01T00:00:00Z'],
  [
    'of a registry that was deleted is forgotten',
    async (bench) => {
      bench.object = undefined;
      await bench.pass();
      bench.object = REGISTRY;
    },
    '2026-02-02T00:00:00Z',
  ],
  [
    'is not that of another registry of the name',
    async (bench) => void (bench.object = { ...REGISTRY, metadata: { ...REGISTRY.metadata, uid: 'another' } }),
    '2026-02-02T00:00:00Z',
  ],
  [
    'that somebody else has overwritten is remembered',
    async (bench) => void (bench.object = { ...REGISTRY, metadata: { ...REGISTRY.metadata, resourceVersion: '2' }, status: {} }),
    '2026-01-01T00:00:00Z',
  ],
  ['gives way to what another leader has written since', async (bench) => void (bench.term = 1), '2026-02-02T00:00:00Z'],
])('a status %s', async (_, meanwhile, expected) => {
  const bench = setup();
  await bench.pass();
  await meanwhile(bench);
  bench.now = '2026-02-02T00:00:00Z';
  await bench.pass();
  expect(bench.statuses.map(sinceWhen)).toEqual(['2026-01-01T00:00:00Z', expected]);
});

const former = { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', name: 'a', uid: 'former', controller: true };
const leftover = new NotOurs(
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a-api', namespace: 'team', ownerReferences: [former] } },
  REGISTRY,
);
const answer = (status: number, details?: Record<string, unknown>): KubeApiError =>
  new KubeApiError({ request: 'PATCH /x', status, reason: '', message: 'no', details });

test.each<[string, unknown, number, { reported: boolean; thrown: boolean }]>([
  ['that may pass', answer(500), 0, { reported: false, thrown: true }],
  ['that has not passed four times', answer(500), 4, { reported: false, thrown: true }],
  ['that has not passed five times', answer(500), 5, { reported: true, thrown: true }],
  ['that will not pass', answer(422), 0, { reported: true, thrown: false }],
  ['of an object that is about to be deleted', leftover, 4, { reported: false, thrown: true }],
  ['of an object that has not been deleted yet', leftover, 5, { reported: true, thrown: true }],
  ['of a namespace that ends', answer(403, { causes: [{ reason: 'NamespaceTerminating' }] }), 9, { reported: false, thrown: false }],
])('a failure %s', async (_, error, failures, { reported, thrown }) => {
  const bench = setup();
  bench.error = error;
  const result = await bench.pass(failures).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(result).toBe(thrown ? error : undefined);
  expect(bench.statuses).toHaveLength(reported ? 1 : 0);
});

test('a status waits for its Events while those cannot be written, but not forever', async () => {
  const bench = setup();
  const trouble = new Error('no answer');
  bench.record = () => Promise.reject(trouble);
  bench.object = { ...REGISTRY, spec: {} };
  await expect(bench.pass(2)).rejects.toBe(trouble);
  expect(bench.statuses).toHaveLength(0);
  await bench.pass(3);
  expect(bench.statuses).toHaveLength(1);
});

test('a step keeps its Event name until its status is written, and the next step gets another', async () => {
  const bench = setup();
  const recorded: unknown[] = [];
  bench.record = async (_object, { occurrence }) => void recorded.push(occurrence);
  bench.object = { ...REGISTRY, spec: {} };
  bench.statusError = new Error('killed');
  await expect(bench.pass()).rejects.toThrow('killed');
  bench.statusError = undefined;
  bench.now = '2026-02-02T00:00:00Z';
  await bench.pass();
  // As the next controller reads it.
  bench.error = answer(422);
  bench.object = { ...REGISTRY, metadata: { ...REGISTRY.metadata, resourceVersion: '2' }, status: { ...bench.statuses[0] } };
  await bench.pass();
  const [first, again, ...next] = recorded;
  expect(again).toBe(first);
  expect(next.length).toBeGreaterThan(0);
  expect(next).not.toContain(first);
});
