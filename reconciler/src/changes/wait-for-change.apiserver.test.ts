import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { loadKubeConfig } from '../client/access.ts';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import { eventually } from '../testing/eventually.ts';
import type { ChangeSelection } from './wait-for-change.ts';
import { waitForChange } from './wait-for-change.ts';

const namespace = 'default';

let server: ApiServer;
let client: KubeClient;

beforeAll(async () => {
  server = await startApiServer();
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

test.each<[string, ChangeSelection, (name: string) => Promise<unknown>]>([
  [
    'labels',
    { name: 'labels' },
    (name) => client.patch(CONFIG_MAPS, { namespace, name }, { metadata: { labels: { app: String(performance.now()) } } }),
  ],
  ['end', { name: 'end' }, (name) => client.delete(CONFIG_MAPS, { namespace, name })],
  ['all', {}, (name) => client.patch(CONFIG_MAPS, { namespace, name }, { data: { a: String(performance.now()) } })],
])('a real server reports the awaited change: %s', async (name, selection, act) => {
  await client.create(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
  let isOver = false;
  const signal = AbortSignal.timeout(20_000);
  const waiting = waitForChange(client, CONFIG_MAPS, { namespace, ...selection }, signal).then(() => (isOver = true));
  // While a single object is awaited, no other change counts.
  if (selection.name !== undefined) await client.patch(CONFIG_MAPS, { namespace, name }, { data: { b: '1' } });
  expect(isOver).toBe(false);
  // The list may come after the first of these changes; then the next one counts.
  await eventually(async () => {
    await act(name).catch(() => undefined);
    expect(isOver).toBe(true);
  });
  await waiting;
});

test('a kind that the server does not know is refused', async () => {
  const kind = { ...CONFIG_MAPS, plural: 'nonsenses' };
  await expect(waitForChange(client, kind, { namespace }, AbortSignal.timeout(20_000))).rejects.toMatchObject({ status: 404 });
});
