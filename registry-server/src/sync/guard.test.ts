import { expect, test } from '@jest/globals';
import type { RegistryHistory, RegistryReport } from '@toolhive-registry/api';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

function write(folder: Folder, maxRemovedPercent: number | undefined, spec: object = {}): Promise<string> {
  const source = { type: 'file', file: { path: 'catalog.json' } };
  return folder.write('registry.yaml', manifest({ source, syncPolicy: { interval: '1h', maxRemovedPercent }, ...spec }));
}

const data = (folder: Folder, ...names: string[]): Promise<string> => folder.write('catalog.json', JSON.stringify(catalog(...names)));

test('a sync that removes more than maxRemovedPercent is refused, says what it would have removed, and goes through once that is allowed', async () => {
  await using folder = await temporaryFolder();
  await data(folder, ...NAMES);
  await using server = await serverFor(folder, await write(folder, 30));
  await eventually(() => serverNames(server.url), has(...NAMES));
  await data(folder, 'a', 'b', 'c', 'd');
  const { sources, conditions } = await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.state === 'failed',
  );
  const message = expect.stringContaining('would remove 6 of 10 servers, and maxRemovedPercent is 30: io.github.stacklok/e, ');
  expect(sources[0]).toMatchObject({ reason: 'RemovalRefused', message, serverCount: 10 });
  expect(sources[0]?.message).toMatch(/, and 1 more$/);
  expect(conditions).toMatchObject([
    { status: 'True' },
    { status: 'True' },
    { type: 'SyncSuccessful', status: 'False', reason: 'RemovalRefused' },
  ]);
  expect(await serverNames(server.url)).toEqual(NAMES);
  const report = (await (await fetch(`${server.url}/registry/report`)).json()) as RegistryReport;
  expect(report.sources[0]?.wouldRemove).toEqual(['e', 'f', 'g', 'h', 'i', 'j'].map((name) => `io.github.stacklok/${name}`));

  await write(folder, 60);
  await eventually(() => serverNames(server.url), has('a', 'b', 'c', 'd'));
  expect((await statusOf(server.url)).conditions.every(({ status }) => status === 'True')).toBe(true);
  const { syncs } = (await (await fetch(`${server.url}/registry/history`)).json()) as RegistryHistory;
  expect(syncs[0]).toMatchObject({ result: 'completed', added: 0, changed: 0, removed: 6 });
  expect(syncs.at(-1)).toMatchObject({ added: 10, changed: 0, removed: 0 });
});

test.each<[string, percent: number | undefined, spec: object, names: string[], served: string[]]>([
  ['as many as are allowed', 30, {}, NAMES.slice(3), NAMES.slice(3)],
  ['without a guard any', undefined, {}, ['z'], ['z']],
  ['with 0 none, though others come', 0, {}, [...NAMES.slice(1), 'z'], NAMES],
  [
    'what a filter leaves out is not removed by the data',
    10,
    { filter: { names: { include: ['a', 'b'] } } },
    ['a', ...NAMES.slice(2)],
    ['a'],
  ],
])('%s', async (_, percent, spec, names, served) => {
  await using folder = await temporaryFolder();
  await data(folder, ...NAMES);
  await using server = await serverFor(folder, await write(folder, percent));
  await eventually(() => serverNames(server.url), has(...NAMES));
  await data(folder, ...names);
  await eventually(
    () => statusOf(server.url),
    ({ sources: [source], lastSync }) => source?.state === 'failed' || lastSync?.serverCount !== NAMES.length,
  );
  await write(folder, percent, spec);
  await eventually(() => serverNames(server.url), has(...served));
});

test('the guard holds after a restart', async () => {
  await using folder = await temporaryFolder();
  await data(folder, ...NAMES);
  const config = await write(folder, 30);
  {
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has(...NAMES));
  }
  await data(folder, 'a');
  await using server = await serverFor(folder, config);
  await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.reason === 'RemovalRefused',
  );
  expect(await serverNames(server.url)).toEqual(NAMES);
});

test('during a rollback the guard goes by what the source gave last', async () => {
  await using folder = await temporaryFolder();
  await data(folder, 'a', 'b');
  await using server = await serverFor(folder, await write(folder, 30));
  await eventually(() => serverNames(server.url), has('a', 'b'));
  const { snapshotHash } = await statusOf(server.url);
  await eventually(
    async () => (await (await fetch(`${server.url}/registry/history`)).json()) as RegistryHistory,
    ({ snapshots }) => snapshots[0]?.hash === snapshotHash,
  );
  await data(folder, ...NAMES);
  await eventually(() => serverNames(server.url), has(...NAMES));
  await fetch(`${server.url}/registry/rollback?to=${snapshotHash}`, { method: 'POST' });
  await eventually(() => serverNames(server.url), has('a', 'b'));
  await data(folder, 'a', 'b');
  const { sources } = await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.state === 'failed',
  );
  expect(sources[0]?.message).toContain('would remove 8 of 10 servers');
  await data(folder, ...NAMES, 'z');
  await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.state === 'ok',
  );
  await fetch(`${server.url}/registry/rollback`, { method: 'DELETE' });
  await eventually(() => serverNames(server.url), has(...NAMES, 'z'));
});

test('a source that was renamed while the server was down is guarded by what it gave under its old name', async () => {
  await using folder = await temporaryFolder();
  await data(folder, ...NAMES);
  const named = (name: string): Promise<string> => {
    const source = { name, type: 'file', file: { path: 'catalog.json' } };
    return folder.write('registry.yaml', manifest({ sources: [source], syncPolicy: { interval: '1h', maxRemovedPercent: 30 } }));
  };
  const config = await named('old');
  {
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has(...NAMES));
  }
  await named('new');
  await data(folder, 'a');
  await using server = await serverFor(folder, config);
  await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.name === 'new' && status.sources[0].reason === 'RemovalRefused',
  );
  expect(await serverNames(server.url)).toEqual(NAMES);
});
