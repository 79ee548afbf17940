import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, FakeApi, type SeenRequest } from '@toolhive-registry/reconciler/testing';
import { silentLogger } from '@toolhive-registry/reconciler';
import { createControllerProgram } from './run.ts';

const REGISTRIES = 50;

let api: FakeApi;
let folder: string;

beforeEach(async () => {
  api = await FakeApi.start();
  folder = await mkdtemp(join(tmpdir(), 'controller-stop-'));
});

afterEach(async () => {
  await api.down();
  await rm(folder, { recursive: true });
});

async function kubeconfig(): Promise<string> {
  const path = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'fake', cluster: { server: api.access.server } }],
    users: [{ name: 'me', user: { token: 'fake' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'me' } }],
    'current-context': 'fake',
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}

test('a stop in a burst of Events loses none of them: each registry whose status was written has its Event', async () => {
  for (let i = 0; i < REGISTRIES; i++) {
    api.putObject('mcpregistries', {
      apiVersion: 'toolhive.stacklok.dev/v1alpha1',
      kind: 'MCPRegistry',
      metadata: { name: `r-${i}`, namespace: 'team', generation: 1 },
      // No source: each pass writes one status and tells one Event.
      spec: {},
    } as { apiVersion: string; kind: string; metadata: { name: string } });
  }
  const program = await createControllerProgram(
    {
      kubeconfig: await kubeconfig(),
      metricsAddress: '127.0.0.1:0',
      healthAddress: '127.0.0.1:0',
      serverImage: 'registry.example.com/server:1',
      registryAccess: 'none',
      refreshVolumes: false,
      clusterDomain: 'cluster.local',
      concurrency: 8,
      logLevel: 'silent',
      logFormat: 'json',
    },
    silentLogger(),
  );
  const stop = new AbortController();
  const running = program.run(stop.signal);
  const sent = (method: string, path: RegExp): SeenRequest[] => api.seen.filter((seen) => seen.method === method && path.test(seen.path));
  const events = (): SeenRequest[] => sent('POST', /\/events$/);
  await eventually(() => expect(events().length).toBeGreaterThan(0));
  stop.abort(new Error('SIGTERM'));
  await running;
  const named = (text: string): string => /\br-\d+/.exec(text)?.[0] ?? text;
  const statuses = sent('PATCH', /\/status$/).map(({ path }) => named(path));
  expect(
    events()
      .map(({ body }) => named((JSON.parse(body) as { regarding: { name: string } }).regarding.name))
      .toSorted(),
  ).toEqual(statuses.toSorted());
});
