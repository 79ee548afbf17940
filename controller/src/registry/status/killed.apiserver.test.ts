import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { group } from '@toolhive-registry/api';
import {
  Applier,
  EventRecorder,
  intercept,
  KubeClient,
  loadKubeConfig,
  silentLogger,
  type ApiClient,
  type ReconcileContext,
} from '@toolhive-registry/reconciler';
import { registryObject, startCluster, type Cluster, type Obj } from '../../testing.ts';
import { registryKind, type RegistryObject } from '../resource.ts';
import { observation } from './testing.ts';
import { createStatusStep, type StatusStep } from './write.ts';

let cluster: Cluster;
let client: KubeClient;

beforeAll(async () => {
  cluster = await startCluster();
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: cluster.api.kubeconfigPath }) });
}, 60_000);

afterAll(async () => {
  await client?.close();
  await cluster?.api.stop();
}, 60_000);

const context: ReconcileContext = { signal: new AbortController().signal, logger: silentLogger(), reconcileId: '1', failures: 0 };

/** The step of a controller that was just started. */
function newController(through: ApiClient): StatusStep {
  const events = new EventRecorder({ client: through, controller: 'test', instance: 'test', logger: silentLogger() });
  return createStatusStep({
    client: through,
    kind: registryKind(group),
    applier: new Applier(through, 'toolhive-registry-controller'),
    events,
    clock: Date.now,
  });
}

test.each<[what: string, lost: (verb: string, plural: string | undefined) => boolean]>([
  ['before the Event', (_, plural) => plural === 'events'],
  ['between the Event and the status', (verb, plural) => verb === 'apply' && plural === 'mcpregistries'],
])('a controller that is killed %s: the next one reports it once', async (_, isLost) => {
  const namespace = await cluster.namespace();
  const read = async (): Promise<RegistryObject> => (await cluster.get('mcpregistries', namespace, 'a')) as unknown as RegistryObject;
  await cluster.create('mcpregistries', namespace, registryObject('a'));
  let isStuck = (): void => undefined;
  const stuck = new Promise<void>((resolve) => (isStuck = resolve));
  const dying = intercept(client, (call, next) => {
    if (!isLost(call.verb, call.kind?.plural)) return next();
    isStuck();
    // It is never answered.
    return new Promise(() => undefined);
  });
  const seen = observation({ namespace, issues: [{ path: 'spec', message: 'no source' }] });
  void newController(dying).write(await read(), seen, context);
  await stuck;

  const next = newController(client);
  await next.write(await read(), seen, context);
  await next.write(await read(), seen, context);
  const recorded = ((await cluster.until('events', namespace, '', () => true))['items'] as Obj[]).map(({ reason }) => String(reason));
  expect(recorded).toEqual(['ValidationFailed']);
  expect((await read()).status?.['phase']).toBe('Failed');
});
