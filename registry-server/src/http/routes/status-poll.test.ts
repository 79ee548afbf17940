import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registryStatusSchema, type RegistryStatusDocument, type SyncCounters } from '@toolhive-registry/api';
import type { RunningServer } from '../../server.ts';
import {
  catalog,
  eventually,
  has,
  manifest,
  samplesOf,
  serverFor,
  serverNames,
  statusOf,
  temporaryFolder,
  type Folder,
} from '../../testing.ts';

const DATA = { one: { 'registry.json': catalog('a') }, two: { 'registry.json': catalog('b') } };

/** A manifest with a source for each ConfigMap, and one that is not there. */
function manifestOf(...names: ('one' | 'two')[]): string {
  const sources = names.map((name) => ({ name, type: 'configmap', configmap: { name } }));
  return manifest({ sources: [...sources, { name: 'away', type: 'file', file: { path: 'away.json' } }] }, DATA);
}

function settled(url: string): Promise<RegistryStatusDocument> {
  return eventually(
    () => statusOf(url),
    ({ syncing, sources }) => !syncing && sources.every(({ state }) => state !== 'pending'),
  );
}

async function countersOf(url: string): Promise<SyncCounters> {
  const { counters } = registryStatusSchema.parse(await statusOf(url));
  if (counters === undefined) throw new Error('there are no counters');
  return counters;
}

/** What `/metrics` says, in the form of the counters. */
async function countersOfMetrics(url: string, names: readonly string[]): Promise<Omit<SyncCounters, 'startTime'>> {
  const samples = await samplesOf(url);
  const errorsOf = (name: string): Record<string, number> => {
    const pattern = new RegExp(`^mcpregistry_sync_errors_total\\{reason="(\\w+)",source="${name}"\\}$`);
    return Object.fromEntries(
      [...samples].flatMap(([sample, value]) => {
        const reason = pattern.exec(sample)?.[1];
        return reason === undefined || value === 0 ? [] : [[reason, value]];
      }),
    );
  };
  const total = (name: string, result: string): number => samples.get(`mcpregistry_sync_total{result="${result}",source="${name}"}`) ?? -1;
  return {
    sources: names.map((name) => ({ name, success: total(name, 'success'), failure: total(name, 'failure'), errors: errorsOf(name) })),
    syncDurationSeconds: {
      count: samples.get('mcpregistry_sync_duration_seconds_count') ?? -1,
      sum: samples.get('mcpregistry_sync_duration_seconds_sum') ?? -1,
    },
  };
}

/** Asks for a sync, and waits until it was counted. */
async function syncOnce(url: string): Promise<SyncCounters> {
  const before = await countersOf(url);
  await fetch(`${url}/registry/sync`, { method: 'POST' });
  const total = ({ sources }: SyncCounters): number => sources.reduce((sum, { success, failure }) => sum + success + failure, 0);
  return eventually(
    () => countersOf(url),
    (counters) => total(counters) === total(before) + counters.sources.length,
  );
}

describe('the counters of the status', () => {
  let folder: Folder;
  let server: RunningServer;
  let begun: number;
  beforeAll(async () => {
    folder = await temporaryFolder();
    begun = Date.now();
    server = await serverFor(folder, await folder.write('registry.yaml', manifestOf('one', 'two')), { internal: true });
    await eventually(() => serverNames(server.url), has('a', 'b'));
    await settled(server.internalUrl);
  });
  afterAll(async () => {
    await server.stop();
    await folder[Symbol.asyncDispose]();
  });

  test('are those of /metrics, after every sync', async () => {
    const names = ['one', 'two', 'away'];
    const { startTime, ...first } = await countersOf(server.internalUrl);
    expect(Date.parse(startTime)).toBeGreaterThanOrEqual(begun);
    expect(Date.parse(startTime)).toBeLessThanOrEqual(Date.now());
    expect(first.sources).toEqual([
      { name: 'one', success: 1, failure: 0, errors: {} },
      { name: 'two', success: 1, failure: 0, errors: {} },
      { name: 'away', success: 0, failure: 1, errors: { SourceNotFound: 1 } },
    ]);
    expect(first).toEqual(await countersOfMetrics(server.internalUrl, names));
    const { startTime: same, ...second } = await syncOnce(server.internalUrl);
    expect(same).toBe(startTime);
    expect(second.sources.map(({ success, failure }) => [success, failure])).toEqual([
      [2, 0],
      [2, 0],
      [0, 2],
    ]);
    expect(second.syncDurationSeconds.count).toBeGreaterThan(first.syncDurationSeconds.count);
    expect(second.syncDurationSeconds.sum).toBeGreaterThanOrEqual(first.syncDurationSeconds.sum);
    expect(second).toEqual(await countersOfMetrics(server.internalUrl, names));
  });

  test('are sent without a tag to a client that knows the facts and asks for them, at the end of the wait', async () => {
    const url = `${server.internalUrl}/registry/status`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const counters = await syncOnce(server.internalUrl);
    const ask = (query: string): Promise<Response> => fetch(`${url}?${query}`, { headers: { 'If-None-Match': etag } });
    const answer = await ask('wait=0.1s&counters=true');
    expect([answer.status, answer.headers.get('etag'), ((await answer.json()) as RegistryStatusDocument).counters]).toEqual([
      200,
      null,
      counters,
    ]);
    expect((await ask('wait=0.1s&counters=false')).status).toBe(304);
    expect((await ask('counters=perhaps')).status).toBe(422);
    const open = await fetch(`${server.url}/registry/status?counters=true`, { headers: { 'If-None-Match': etag } });
    expect(((await open.json()) as RegistryStatusDocument).counters).toBeUndefined();
  });

  test('do not change the tag or end a wait; a client with old facts gets the current ones', async () => {
    const url = `${server.internalUrl}/registry/status`;
    const before = await fetch(url);
    const etag = before.headers.get('etag') ?? '';
    const { counters } = (await before.json()) as RegistryStatusDocument;
    const waitMs = 1_000;
    const begun = performance.now();
    const poll = fetch(`${url}?wait=${waitMs / 1000}s`, { headers: { 'If-None-Match': etag } }).then(({ status }) => ({
      status,
      ms: performance.now() - begun,
    }));
    const after = await syncOnce(server.internalUrl);
    expect(after).not.toEqual(counters);
    expect((await fetch(url)).headers.get('etag')).toBe(etag);
    const { status, ms } = await poll;
    expect(status).toBe(304);
    expect(ms).toBeGreaterThanOrEqual(waitMs - 1);
    const stale = await fetch(`${url}?wait=30s`, { headers: { 'If-None-Match': '"other"' } });
    expect([stale.status, ((await stale.json()) as RegistryStatusDocument).counters]).toEqual([200, after]);
    expect((await fetch(url, { method: 'HEAD' })).headers.get('etag')).toBe(etag);
  });

  test('are not for the public of a cluster', async () => {
    const status = await statusOf(server.url);
    expect(registryStatusSchema.parse(status)).toMatchObject({ ready: true });
    expect(status).not.toHaveProperty('counters');
  });
});

test('on a laptop the counters are included as well; a source that is removed from the manifest has none, and begins at 0 when it comes back', async () => {
  await using folder = await temporaryFolder();
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifestOf('one', 'two')));
  await eventually(() => serverNames(server.url), has('a', 'b'));
  await settled(server.url);
  const { startTime } = await syncOnce(server.url);
  await folder.write('registry.yaml', manifestOf('one'));
  await eventually(() => serverNames(server.url), has('a'));
  expect((await countersOf(server.url)).sources.map(({ name }) => name)).toEqual(['one', 'away']);
  await folder.write('registry.yaml', manifestOf('one', 'two'));
  await eventually(() => serverNames(server.url), has('a', 'b'));
  await settled(server.url);
  const counters = await countersOf(server.url);
  expect(counters.startTime).toBe(startTime);
  expect(counters.sources.find(({ name }) => name === 'two')).toEqual({ name: 'two', success: 1, failure: 0, errors: {} });
});
