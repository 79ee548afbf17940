import { describe, expect, test } from '@jest/globals';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue, eventually, has, manifest, ONE_CONFIGMAP, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

describe('storage', () => {
  test('what was good is served again after a restart while the source is away, with the same times', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalogue.json', JSON.stringify(catalogue('a', 'b')));
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalogue.json' } } }));
    let before = '';
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a', 'b'));
      before = await (await fetch(`${server.url}/v0.1/servers`)).text();
      await eventually(
        () => readFile(join(folder.path, 'storage/state.json'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
    }
    await rm(data);
    await using again = await serverFor(folder, config);
    expect(await (await fetch(`${again.url}/v0.1/servers`)).text()).toBe(before);
    await eventually(
      () => statusOf(again.url),
      (status) => status.sources[0]?.state === 'failed',
    );
    expect(await (await fetch(`${again.url}/v0.1/servers`)).text()).toBe(before);
    expect((await statusOf(again.url)).ready).toBe(true);
  });

  test.each(['snapshot', 'state.json'])('a damaged %s is replaced', async (file) => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    const path = join(folder.path, 'storage', file);
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a'));
      await eventually(
        () => readFile(path).catch(() => Buffer.alloc(0)),
        (bytes) => bytes.length > 0,
      );
    }
    await writeFile(path, 'damaged');
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
  });

  test("another registry's storage is not served", async () => {
    await using folder = await temporaryFolder();
    const first = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    {
      await using server = await serverFor(folder, first);
      await eventually(
        () => readFile(join(folder.path, 'storage/state.json'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
      expect(await serverNames(server.url)).toEqual(['a']);
    }
    const second = await folder.write(
      'registry.yaml',
      manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('b') } }, { name: 'other' }),
    );
    await expect(serverFor(folder, second)).rejects.toThrow('the storage belongs to registry default/test');
  });
});
