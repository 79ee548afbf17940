import { describe, expect, test } from '@jest/globals';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue, eventually, has, manifest, ONE_CONFIGMAP, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

describe('in a pod', () => {
  test('a mounted ConfigMap that is exchanged, as the kubelet does it, is served; the status tells its hash', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'sources');
    const publish = async (generation: string, value: unknown): Promise<void> => {
      await mkdir(join(sources, generation, 'default'), { recursive: true });
      await writeFile(join(sources, generation, 'default', 'registry.json'), JSON.stringify(value));
      await symlink(generation, join(sources, '..data_tmp'));
      await rename(join(sources, '..data_tmp'), join(sources, '..data'));
    };
    await mkdir(sources);
    await publish('..1', catalogue('a'));
    await symlink('..data/default', join(sources, 'default'));
    const config = await folder.write('spec.yaml', manifest(ONE_CONFIGMAP));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const hash = (await statusOf(server.url)).files['default/registry.json'];
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await publish('..2', catalogue('b'));
    await eventually(() => serverNames(server.url), has('b'));
    expect((await statusOf(server.url)).files['default/registry.json']).not.toBe(hash);
  });
});
