import { describe, expect, test } from '@jest/globals';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { catalogue, eventually, has, manifest, ONE_CONFIGMAP, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

/** A projected volume as the kubelet writes it: a folder for each generation, and a link that is exchanged. */
async function publish(sources: string, generation: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const path = join(sources, generation, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    await symlink(join('..data', dirname(file)), join(sources, dirname(file))).catch(() => undefined);
  }
  await symlink(generation, join(sources, '..data_tmp'));
  await rename(join(sources, '..data_tmp'), join(sources, '..data'));
}

describe('in a pod', () => {
  test('a mounted ConfigMap that is exchanged, as the kubelet does it, is served; the status tells its hash', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'mounted');
    await publish(sources, '..1', { 'default/registry.json': JSON.stringify(catalogue('a')) });
    const config = await folder.write('spec.yaml', manifest(ONE_CONFIGMAP));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const hash = (await statusOf(server.url)).files['default/registry.json'];
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await publish(sources, '..2', { 'default/registry.json': JSON.stringify(catalogue('b')) });
    await eventually(() => serverNames(server.url), has('b'));
    expect((await statusOf(server.url)).files['default/registry.json']).not.toBe(hash);
  });

  test('the hash of every mounted file is told: of one that cannot be unpacked, and of one that this sync did not read', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'mounted');
    const first = { 'auto/registry.json': JSON.stringify(catalogue('a')), 'manual/registry.json': JSON.stringify(catalogue('b')) };
    await publish(sources, '..1', first);
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
    await publish(sources, '..2', { ...first, 'auto/registry.json': damaged });
    const after = await eventually(
      () => statusOf(server.url),
      ({ sources: [auto] }) => auto?.state === 'failed',
    );
    expect(after.files).toEqual({ ...before, 'auto/registry.json': expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(after.files['auto/registry.json']).not.toBe(before['auto/registry.json']);
    expect(await serverNames(server.url)).toEqual(['a', 'b']);
  });
});
