import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  catalog,
  eventually,
  has,
  manifest,
  ONE_CONFIGMAP,
  publishVolume,
  serverFor,
  serverNames,
  statusOf,
  temporaryFolder,
} from '../testing.ts';

describe('in a pod', () => {
  test('a mounted ConfigMap that is exchanged, as the kubelet does it, is served; the status tells its hash', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'mounted');
    await publishVolume(sources, '..1', { 'default/registry.json': JSON.stringify(catalog('a')) });
    const config = await folder.write('spec.yaml', manifest(ONE_CONFIGMAP));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const hash = (await statusOf(server.url)).files['default/registry.json'];
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await publishVolume(sources, '..2', { 'default/registry.json': JSON.stringify(catalog('b')) });
    await eventually(() => serverNames(server.url), has('b'));
    expect((await statusOf(server.url)).files['default/registry.json']).not.toBe(hash);
  });

  test('the hash of every mounted file is told: of one that cannot be unpacked, and of one that this sync did not read', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'mounted');
    const first = { 'auto/registry.json': JSON.stringify(catalog('a')), 'manual/registry.json': JSON.stringify(catalog('b')) };
    await publishVolume(sources, '..1', first);
    const spec = {
      sources: [
        { name: 'auto', configmap: { name: 'auto' } },
        { name: 'manual', configmap: { name: 'manual' }, syncPolicy: { type: 'manual' } },
      ],
    };
    await using server = await serverFor(folder, await folder.write('spec.yaml', manifest(spec)));
    await eventually(() => serverNames(server.url), has('a', 'b'));
    const before = (await statusOf(server.url)).files;
    expect(Object.keys(before).sort()).toEqual(['auto/registry.json', 'manual/registry.json', 'spec.yaml']);
    const damaged = gzipSync('x').subarray(0, 12);
    await publishVolume(sources, '..2', { ...first, 'auto/registry.json': damaged });
    const after = await eventually(
      () => statusOf(server.url),
      ({ sources: [auto] }) => auto?.state === 'failed',
    );
    expect(after.files).toEqual({ ...before, 'auto/registry.json': expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(after.files['auto/registry.json']).not.toBe(before['auto/registry.json']);
    expect(await serverNames(server.url)).toEqual(['a', 'b']);
  });
});
