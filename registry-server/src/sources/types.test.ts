import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { catalog, eventually, has, manifest, publishVolume, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';
import type { SourceRequest, SourceType, SourceTypes } from './contract.ts';
import { SOURCE_TYPES } from './types.ts';

/** A type that nobody has: it answers as the test says, and remembers how it was asked. */
function scriptedType(answer: (request: SourceRequest) => Promise<string | undefined>) {
  const asked: { readonly url: string; readonly known: string | undefined }[] = [];
  const url: SourceType<'url'> = {
    location: (source) => source.url,
    mounts: () => [],
    create: (source) => ({
      fetch: async (request) => {
        asked.push({ url: source.url, known: request.known });
        const text = await answer(request);
        if (text === undefined) return { unchanged: true };
        await request.save([Buffer.from(text)]);
        return { unchanged: false, validator: `"${text.length}"` };
      },
    }),
  };
  const types: SourceTypes = { ...SOURCE_TYPES, url };
  return { types, asked };
}

const SCRIPTED = { name: 'scripted', type: 'url', url: 'https://example.com/registry.json', timeout: '1s' };
const hangs = (): Promise<undefined> => new Promise(() => undefined);
const text = (...keys: string[]): string => JSON.stringify(catalog(...keys));

test('a new type is a row of the table: its data are served, it is named in the status and in failures', async () => {
  await using folder = await temporaryFolder();
  let content = text('a');
  const { types } = scriptedType(() => Promise.resolve(content));
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources: [SCRIPTED] })), { types });
  await eventually(() => serverNames(server.url), has('a'));
  expect((await statusOf(server.url)).sources[0]).toMatchObject({ name: 'scripted', type: 'url', state: 'ok' });
  content = '{';
  await fetch(`${server.url}/registry/sync`, { method: 'POST' });
  const { sources } = await eventually(
    () => statusOf(server.url),
    ({ sources: [source] }) => source?.state === 'failed',
  );
  expect(sources[0]).toMatchObject({ reason: 'DataInvalid', message: expect.stringContaining('https://example.com/registry.json: ') });
  expect(await serverNames(server.url)).toEqual(['a']);
});

test('a source is asked with its last validator, after a restart as well, and a server without news keeps serving', async () => {
  await using folder = await temporaryFolder();
  const content = text('a');
  const { types, asked } = scriptedType(({ known }) => Promise.resolve(known === undefined ? content : undefined));
  const config = await folder.write('registry.yaml', manifest({ sources: [SCRIPTED] }));
  const validator = `"${content.length}"`;
  {
    await using server = await serverFor(folder, config, { types });
    await eventually(() => serverNames(server.url), has('a'));
    await fetch(`${server.url}/registry/sync`, { method: 'POST' });
    await eventually(
      () => statusOf(server.url),
      ({ lastSync, syncing }) => lastSync?.type === 'manual' && !syncing,
    );
  }
  await using server = await serverFor(folder, config, { types });
  await eventually(
    () => statusOf(server.url),
    ({ syncing }) => !syncing,
  );
  expect(await serverNames(server.url)).toEqual(['a']);
  expect(asked.map(({ known }) => known)).toEqual([undefined, validator, validator]);
});

describe('a source that hangs', () => {
  const spec = { sources: [{ name: 'team', configmap: { name: 'team' } }, SCRIPTED] };
  const withTeam = (...keys: string[]): string => manifest(spec, { team: { 'registry.json': catalog(...keys) } });

  test('keeps no other from being served, and fails when its time is over', async () => {
    await using folder = await temporaryFolder();
    const { types } = scriptedType(hangs);
    const config = await folder.write('registry.yaml', withTeam('a'));
    await using server = await serverFor(folder, config, { types });
    await eventually(() => serverNames(server.url), has('a'));
    const { sources } = await eventually(
      () => statusOf(server.url),
      ({ sources: [, scripted] }) => scripted?.state === 'failed',
    );
    expect(sources).toMatchObject([
      { state: 'ok' },
      { reason: 'Timeout', message: expect.stringContaining('not read within 1 s; see the source\'s "timeout"') },
    ]);
  });

  test('does not hold up an edit of another while it is being asked', async () => {
    await using folder = await temporaryFolder();
    let isHanging = false;
    const { types } = scriptedType((request) =>
      isHanging ? hangs() : Promise.resolve(request.known === undefined ? text('x') : undefined),
    );
    const slow = { ...spec, sources: [spec.sources[0], { ...SCRIPTED, timeout: '5m' }] };
    const write = (...keys: string[]): Promise<string> =>
      folder.write('registry.yaml', manifest(slow, { team: { 'registry.json': catalog(...keys) } }));
    await using server = await serverFor(folder, await write('a'), { types });
    await eventually(() => serverNames(server.url), has('a', 'x'));
    isHanging = true;
    await fetch(`${server.url}/registry/sync`, { method: 'POST' });
    await write('a', 'b');
    await eventually(() => serverNames(server.url), has('a', 'b', 'x'));
    expect(await statusOf(server.url)).toMatchObject({ syncing: true, sources: [{ state: 'ok' }, { state: 'ok' }] });
  });

  test('does not hold up the end of the server', async () => {
    await using folder = await temporaryFolder();
    const { types, asked } = scriptedType(hangs);
    const config = await folder.write('registry.yaml', manifest({ sources: [{ ...SCRIPTED, timeout: '5m' }] }));
    const server = await serverFor(folder, config, { types });
    await eventually(
      () => asked.length,
      (count) => count === 1,
    );
    await server.stop();
  });
});

describe('an edit of one ConfigMap asks no other source', () => {
  const spec = { sources: ['one', 'two'].map((name) => ({ name, configmap: { name } })).concat(SCRIPTED as never) };

  async function syncsOf(url: string, source: string): Promise<number> {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`mcpregistry_sync_total\\{source="${source}",result="success".*\\} (\\d+)`).exec(metrics)?.[1]);
  }

  test('on a laptop', async () => {
    await using folder = await temporaryFolder();
    const { types, asked } = scriptedType(() => Promise.resolve(text('x')));
    const write = (...keys: string[]): Promise<string> =>
      folder.write('registry.yaml', manifest(spec, { one: { 'registry.json': catalog(...keys) }, two: { 'registry.json': catalog('z') } }));
    await using server = await serverFor(folder, await write('a'), { types });
    await eventually(() => serverNames(server.url), has('a', 'x', 'z'));
    await write('a', 'b');
    await eventually(() => serverNames(server.url), has('a', 'b', 'x', 'z'));
    expect([await syncsOf(server.url, 'one'), await syncsOf(server.url, 'two'), asked.length]).toEqual([2, 1, 1]);
  });

  test('in a pod, where the kubelet rewrites all files of the volume', async () => {
    await using folder = await temporaryFolder();
    const { types, asked } = scriptedType(() => Promise.resolve(text('x')));
    const mounted = join(folder.path, 'mounted');
    const publish = (generation: string, ...keys: string[]): Promise<void> =>
      publishVolume(mounted, generation, { 'one/registry.json': text(...keys), 'two/registry.json': text('z') });
    await publish('..1', 'a');
    await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(spec)), { types });
    await eventually(() => serverNames(server.url), has('a', 'x', 'z'));
    await publish('..2', 'a', 'b');
    await eventually(() => serverNames(server.url), has('a', 'b', 'x', 'z'));
    expect([await syncsOf(server.url, 'one'), await syncsOf(server.url, 'two'), asked.length]).toEqual([2, 1, 1]);
  });
});
