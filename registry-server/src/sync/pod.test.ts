import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
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

  test('the hash of every mounted file is reported: of one that cannot be unpacked, and of one that this sync did not read', async () => {
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

  const file = 'default/registry.json';
  const good = { [file]: JSON.stringify(catalog('a')) };
  const others = { 'other/registry.json': '{}' };
  test.each<[string, files: Record<string, string>]>([
    ['a key that is removed', { 'default/else.json': '{}' }],
    ['a ConfigMap that is deleted', others],
  ])('%s is named no longer, not after a restart either, and again once it is back, though it has the same bytes', async (_, files) => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'mounted');
    const config = await folder.write('spec.yaml', manifest(ONE_CONFIGMAP));
    await publishVolume(sources, '..1', good);
    const isGone = (status: RegistryStatusDocument): boolean => status.sources[0]?.reason === 'SourceNotFound' && !status.syncing;
    let before: RegistryStatusDocument;
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a'));
      before = await statusOf(server.url);
      expect(before.files).toHaveProperty([file]);
      await publishVolume(sources, '..2', files);
      const after = await eventually(() => statusOf(server.url), isGone);
      expect(Object.keys(after.files)).toEqual(['spec.yaml']);
      expect(after.sources[0]).not.toHaveProperty('files');
      expect(after.conditions).toContainEqual(
        expect.objectContaining({ type: 'SourceAvailable', status: 'False', reason: 'SourceNotFound' }),
      );
      expect(await serverNames(server.url)).toEqual(['a']);
    }
    await using again = await serverFor(folder, config);
    // From the first answer on.
    expect(Object.keys((await statusOf(again.url)).files)).toEqual(['spec.yaml']);
    await eventually(() => statusOf(again.url), isGone);
    await publishVolume(sources, '..3', good);
    const back = await eventually(
      () => statusOf(again.url),
      (status) => status.sources[0]?.state === 'ok' && !status.syncing,
    );
    expect(back.files).toEqual(before.files);
    await publishVolume(sources, '..4', files);
    await eventually(() => statusOf(again.url), isGone);
    await publishVolume(sources, '..5', good);
    await eventually(
      () => statusOf(again.url),
      (status) => status.files[file] === before.files[file],
    );
  });

  test('a file that is restored after it was damaged has its previous hash', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'mounted');
    await publishVolume(sources, '..1', good);
    await using server = await serverFor(folder, await folder.write('spec.yaml', manifest(ONE_CONFIGMAP)));
    await eventually(() => serverNames(server.url), has('a'));
    const { files } = await statusOf(server.url);
    await publishVolume(sources, '..2', { [file]: gzipSync('x').subarray(0, 12) });
    await eventually(
      () => statusOf(server.url),
      ({ sources: [source] }) => source?.state === 'failed',
    );
    await publishVolume(sources, '..3', good);
    const after = await eventually(
      () => statusOf(server.url),
      ({ sources: [source] }) => source?.state === 'ok',
    );
    expect(after.files).toEqual(files);
  });

  test.each<[string, spec: Record<string, unknown>, expected: string[]]>([
    ['another key', { source: { type: 'configmap', configmap: { name: 'data', key: 'else.json' } } }, ['default/else.json', 'spec.yaml']],
    ['a key that is not there', { source: { type: 'configmap', configmap: { name: 'data', key: 'none.json' } } }, ['spec.yaml']],
    ['a source of another type', { source: { type: 'url', url: 'http://127.0.0.1:1/' } }, ['spec.yaml']],
  ])('a source that moves to %s removes its previous file from the status', async (_, spec, expected) => {
    await using folder = await temporaryFolder();
    await publishVolume(join(folder.path, 'mounted'), '..1', { ...good, 'default/else.json': JSON.stringify(catalog('b')) });
    await using server = await serverFor(folder, await folder.write('spec.yaml', manifest(ONE_CONFIGMAP)));
    await eventually(() => serverNames(server.url), has('a'));
    const before = await statusOf(server.url);
    await folder.write('spec.yaml', manifest(spec));
    const after = await eventually(
      () => statusOf(server.url),
      ({ syncing, files }) => !syncing && files['spec.yaml'] !== before.files['spec.yaml'],
    );
    expect(Object.keys(after.files).sort()).toEqual(expected);
  });
});
