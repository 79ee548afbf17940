import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegistryHistory, RegistryStatusDocument } from '@toolhive-registry/api';
import type { RunningServer } from './server.ts';
import {
  catalog,
  eventually,
  goodFiles,
  has,
  manifest,
  samplesOf,
  serverFor,
  serverNames,
  statusOf,
  temporaryFolder,
  type Folder,
} from './testing.ts';

const entry = (name: string, fields: object = {}): object => ({ name, version: '1.0.0', description: `What ${name} does`, ...fields });

/** One source with an entry of every kind of result but one, one that is shadowed and filtered, and one that never answers. */
const MANIFEST = manifest(
  {
    sources: [
      { name: 'first', type: 'configmap', configmap: { name: 'one' } },
      { name: 'second', type: 'configmap', configmap: { name: 'two' }, filter: { names: { exclude: ['hidden/*'] } } },
      { name: 'away', type: 'file', file: { path: 'away.json' } },
    ],
  },
  {
    one: { 'registry.json': [entry('a/good'), entry('a/mended', { repository: {} }), entry('a/lost', { version: '1.0.1º' })] },
    two: { 'registry.json': [entry('a/good', { version: '2.0.0' }), entry('b/good'), entry('hidden/one')] },
  },
);
const SERVED = ['a/good', 'a/mended', 'b/good'];

/** Waits until nothing is asked or built. */
function settled(url: string): Promise<RegistryStatusDocument> {
  return eventually(
    () => statusOf(url),
    ({ syncing, sources }) => !syncing && sources.every(({ state }) => state !== 'pending'),
  );
}

/** The names of samples that are about a source. */
async function seriesOf(url: string, source: string): Promise<string[]> {
  return [...(await samplesOf(url)).keys()].filter((name) => name.includes(`source="${source}"`));
}

describe('metrics of what is served', () => {
  let folder: Folder;
  let server: RunningServer;
  let status: RegistryStatusDocument;
  let samples: ReadonlyMap<string, number>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await serverFor(folder, await folder.write('registry.yaml', MANIFEST));
    await eventually(() => serverNames(server.url), has(...SERVED));
    status = await settled(server.url);
    samples = await samplesOf(server.url);
  });
  afterAll(async () => {
    await server.stop();
    await folder[Symbol.asyncDispose]();
  });

  test.each<[sample: string, value: number]>([
    ['mcpregistry_entries{kind="server"}', 3],
    ['mcpregistry_entry_versions{kind="server"}', 3],
    ['mcpregistry_servers_total', 3],
    ['mcpregistry_deployed_servers_total', 0],
    ['mcpregistry_source_entries{result="served",source="first"}', 2],
    ['mcpregistry_source_entries{result="leftOut",source="first"}', 1],
    ['mcpregistry_source_entries{result="repaired",source="first"}', 1],
    ['mcpregistry_source_entries{result="shadowed",source="second"}', 1],
    ['mcpregistry_source_entries{result="noted",source="first"}', 1],
    ['mcpregistry_source_entries{result="filtered",source="second"}', 1],
    ['mcpregistry_source_entries{result="served",source="away"}', 0],
    ['mcpregistry_source_last_success_timestamp_seconds{source="away"}', 0],
    ['mcpregistry_sync_total{result="success",source="first"}', 1],
    ['mcpregistry_sync_total{result="failure",source="first"}', 0],
    ['mcpregistry_sync_total{result="failure",source="away"}', 1],
    ['mcpregistry_sync_errors_total{reason="SourceNotFound",source="away"}', 1],
    ['mcpregistry_source_fetch_duration_seconds_count{source="first"}', 1],
    ['mcpregistry_source_fetch_duration_seconds_count{source="away"}', 1],
  ])('%s is %d', (sample, value) => {
    expect(samples.get(sample)).toBe(value);
  });

  test('entries of sources are what the status counts', () => {
    for (const { name, counts } of status.sources) {
      for (const [result, count] of Object.entries(counts ?? {})) {
        expect([name, result, samples.get(`mcpregistry_source_entries{result="${result}",source="${name}"}`)]).toEqual([
          name,
          result,
          count,
        ]);
      }
    }
  });

  test('times are those of status and history, in seconds', async () => {
    const [first] = status.sources;
    expect(samples.get('mcpregistry_source_last_success_timestamp_seconds{source="first"}')).toBe(
      Date.parse(first?.lastSuccessTime ?? '') / 1000,
    );
    const { snapshots } = await eventually(
      async () => (await (await fetch(`${server.url}/registry/history`)).json()) as RegistryHistory,
      (history) => history.snapshots.length > 0,
    );
    expect(samples.get('mcpregistry_snapshot_created_timestamp_seconds')).toBe(Date.parse(snapshots[0]?.createdAt ?? '') / 1000);
  });

  test('sizes are those of the files in the storage', async () => {
    const [file = ''] = await goodFiles(folder, 'first');
    expect(samples.get('mcpregistry_source_bytes{source="first"}')).toBe((await stat(file)).size);
    expect(samples.has('mcpregistry_source_bytes{source="away"}')).toBe(false);
    const snapshot = await eventually(
      () => stat(join(folder.path, 'storage/snapshot')).catch(() => undefined),
      (found) => found !== undefined,
    );
    expect(samples.get('mcpregistry_snapshot_bytes')).toBe(snapshot?.size);
  });

  test('a build is counted with the time it took', () => {
    expect(samples.get('mcpregistry_build_duration_seconds_count')).toBeGreaterThan(0);
    expect(samples.get('mcpregistry_build_duration_seconds_sum')).toBeGreaterThan(0);
  });

  test.each([
    /^mcpregistry_build_info\{commit="unknown",node="v\d+\.\d+\.\d+",version="\d+\.\d+\.\d+"\}$/,
    /^nodejs_eventloop_lag_p99_seconds$/,
    /^nodejs_version_info\{/,
    /^process_cpu_seconds_total$/,
    /^process_resident_memory_bytes$/,
    /^process_open_fds$/,
    /^process_max_fds$/,
    /^process_start_time_seconds$/,
  ])('the process is measured: %s', (name) => {
    expect([...samples.keys()].filter((sample) => name.test(sample))).not.toEqual([]);
  });

  const OURS = ['source', 'result', 'reason', 'kind', 'route', 'method', 'code', 'status', 'le', 'version', 'commit', 'node'];
  const NODES = ['major', 'minor', 'patch', 'type', 'space'];
  test('no series has a label that a client or an entry can make up', () => {
    const labels = [...samples.keys()].flatMap((name) => [...name.matchAll(/(\w+)="/g)].map(([, label]) => label));
    expect(new Set(labels)).toEqual(new Set([...OURS, ...NODES]));
  });

  test('the documentation has each of ours, with its type and labels', async () => {
    const row = (name: string, type: string, labels: string): string => {
      const words = [...labels.matchAll(/\w+/g)].map(([word]) => word).filter((word) => word !== 'registry' && word !== 'le');
      return [name, type, ...[...new Set(words)].toSorted()].join(' ');
    };
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const exposed = [...text.matchAll(/^# TYPE (mcpregistry_\w+) (\w+)$/gm)].map(([, name = '', type = '']) => {
      const series = [...text.matchAll(new RegExp(`^${name}(?:_count)?\\{(.*)\\} `, 'gm'))].map(([, labels]) => labels);
      return row(name, type, series.join(',').replaceAll(/"[^"]*"/g, ''));
    });
    const operations = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
    // The controller has some of them too, in a table of its own.
    const [servers = ''] = operations.split('\nController, ');
    const documented = [...servers.matchAll(/^\| `(mcpregistry_\w+)` *\| (\w+) *\|(.*?)\|/gm)].map(
      ([, name = '', type = '', labels = '']) => row(name, type, labels),
    );
    expect(documented.toSorted()).toEqual(exposed.toSorted());
  });
});

describe('metrics over time', () => {
  test('without a catalog the times and sizes are 0, and the source has its series', async () => {
    await using folder = await temporaryFolder();
    await using server = await serverFor(
      folder,
      await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'away.json' } } })),
    );
    await settled(server.url);
    const samples = await samplesOf(server.url);
    const names = [
      'mcpregistry_snapshot_created_timestamp_seconds',
      'mcpregistry_snapshot_bytes',
      'mcpregistry_entries{kind="server"}',
      'mcpregistry_source_last_success_timestamp_seconds{source="default"}',
      'mcpregistry_sync_total{result="success",source="default"}',
    ];
    expect(names.map((name) => [name, samples.get(name)])).toEqual(names.map((name) => [name, 0]));
  });

  test('a source that is taken out of the manifest loses its series, one that is added has them', async () => {
    await using folder = await temporaryFolder();
    const maps = { one: { 'registry.json': catalog('a') }, two: { 'registry.json': catalog('b') } };
    const named = (...names: ('one' | 'two')[]): string =>
      manifest({ sources: names.map((name) => ({ name, type: 'configmap', configmap: { name } })) }, maps);
    await using server = await serverFor(folder, await folder.write('registry.yaml', named('one', 'two')));
    await eventually(() => serverNames(server.url), has('a', 'b'));
    const before = await seriesOf(server.url, 'two');
    expect(new Set(before.map((name) => name.replace(/(?:_bucket|_sum|_count)?\{.*/, '')))).toEqual(
      new Set([
        'mcpregistry_sync_total',
        'mcpregistry_sync_errors_total',
        'mcpregistry_source_fetch_duration_seconds',
        'mcpregistry_source_last_success_timestamp_seconds',
        'mcpregistry_source_bytes',
        'mcpregistry_source_entries',
      ]),
    );
    await folder.write('registry.yaml', named('one'));
    await eventually(() => serverNames(server.url), has('a'));
    expect(await seriesOf(server.url, 'two')).toEqual([]);
    await folder.write('registry.yaml', named('one', 'two'));
    await eventually(() => serverNames(server.url), has('a', 'b'));
    expect(await seriesOf(server.url, 'two')).toEqual(before);
  });

  test('after a restart while the source is away, they say what is served from the storage', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalog.json', JSON.stringify(catalog('a')));
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalog.json' } } }));
    const names = [
      'mcpregistry_servers_total',
      'mcpregistry_snapshot_created_timestamp_seconds',
      'mcpregistry_snapshot_bytes',
      'mcpregistry_source_bytes{source="default"}',
      'mcpregistry_source_last_success_timestamp_seconds{source="default"}',
      'mcpregistry_source_entries{result="served",source="default"}',
    ];
    const read = async (url: string): Promise<unknown[]> => {
      const samples = await samplesOf(url);
      return names.map((name) => [name, samples.get(name)]);
    };
    let before: unknown[];
    {
      await using server = await serverFor(folder, config);
      await settled(server.url);
      before = await read(server.url);
    }
    await rm(data);
    await using again = await serverFor(folder, config);
    await settled(again.url);
    expect(await read(again.url)).toEqual(before);
    expect(before).not.toContainEqual([expect.anything(), undefined]);
  });
});
