import { spawnSync } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder } from '../../testing.ts';

test('a file is read beside the manifest, and followed', async () => {
  await using folder = await temporaryFolder();
  await folder.write('catalog.json', JSON.stringify(catalog('a')));
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: './catalog.json' } } }));
  await using server = await serverFor(folder, config);
  await eventually(() => serverNames(server.url), has('a'));
  await folder.write('catalog.json', gzipSync(JSON.stringify(catalog('b'))));
  await eventually(() => serverNames(server.url), has('b'));
});

test('a file may be YAML', async () => {
  await using folder = await temporaryFolder();
  await folder.write('catalog.yaml', '- { name: a/a, version: 1.0.0, description: A server }\n');
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalog.yaml' } } }));
  await using server = await serverFor(folder, config);
  await eventually(() => serverNames(server.url), has('a/a'));
});

test('a folder is read with all below it, and followed; what cannot be read is named and costs that file only', async () => {
  await using folder = await temporaryFolder();
  const entry = (name: string): string => JSON.stringify([{ name, version: '1.0.0', description: 'A server' }]);
  await mkdir(join(folder.path, 'servers/team'), { recursive: true });
  await mkdir(join(folder.path, 'servers/.github'));
  await folder.write('servers/b.json', entry('b/b'));
  await folder.write('servers/team/a.yaml', '- name: a/a\n  version: 1.0.0\n  description: A server\n');
  await folder.write('servers/.github/hidden.json', entry('hidden/hidden'));
  await folder.write('servers/notes.txt', 'notes');
  await folder.write('servers/broken.json', '{');
  await folder.write('secret.json', entry('secret/secret'));
  await symlink('../secret.json', join(folder.path, 'servers/out.json'));
  await symlink('b.json', join(folder.path, 'servers/in.json'));
  spawnSync('mkfifo', [join(folder.path, 'servers/pipe.json')]);
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'servers' } } }));
  await using server = await serverFor(folder, config);
  await eventually(() => serverNames(server.url), has('a/a', 'b/b'));
  const { warnings } = (await statusOf(server.url)).sources[0] ?? {};
  expect(warnings).toEqual(
    expect.arrayContaining([
      expect.stringContaining('broken.json'),
      expect.stringMatching(/out\.json.*leads out of the folder/),
      expect.stringMatching(/pipe\.json.*is not a regular file/),
    ]),
  );
  // In the folder, below it, and gone.
  await folder.write('servers/team/c.json', entry('c/c'));
  await eventually(() => serverNames(server.url), has('a/a', 'b/b', 'c/c'));
  await folder.write('servers/team/c.json', entry('d/d'));
  await eventually(() => serverNames(server.url), has('a/a', 'b/b', 'd/d'));
  await rm(join(folder.path, 'servers/team'), { recursive: true });
  await eventually(() => serverNames(server.url), has('b/b'));
  for (const name of ['b', 'in', 'out', 'pipe', 'broken']) await rm(join(folder.path, `servers/${name}.json`));
  await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.reason === 'SourceNotFound' && status.sources[0].message?.includes('has no .json') === true,
  );
  expect(await serverNames(server.url)).toEqual(['b/b']);
});

test('a folder that a ConfigMap is mounted at is read through the links of the kubelet', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'mounted/..1'), { recursive: true });
  await folder.write('mounted/..1/one.json', JSON.stringify(catalog('a')));
  await symlink('..1', join(folder.path, 'mounted/..data'));
  await symlink('..data/one.json', join(folder.path, 'mounted/one.json'));
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'mounted' } } }));
  await using server = await serverFor(folder, config);
  await eventually(() => serverNames(server.url), has('a'));
});

test('a broken file of a folder removes nothing, nor leaves its names to a later source; one that was never good affects only itself', async () => {
  await using folder = await temporaryFolder();
  const entry = (description: string): string => JSON.stringify([{ name: 'a/a', version: '1.0.0', description }]);
  await mkdir(join(folder.path, 'servers'));
  await folder.write('servers/a.json', entry('trusted'));
  await folder.write('servers/broken.json', '{');
  await folder.write('servers/z.json', JSON.stringify([{ name: 'z/z', version: '1.0.0', description: 'z' }]));
  await folder.write('other.json', entry('other'));
  const sources = [
    { name: 'trusted', type: 'file', file: { path: 'servers' } },
    { name: 'other', type: 'file', file: { path: 'other.json' } },
  ];
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources })));
  const description = async (): Promise<unknown> => {
    const { servers } = (await (await fetch(`${server.url}/v0.1/servers`)).json()) as { servers: { server: { description: string } }[] };
    return servers.map((one) => one.server.description);
  };
  await eventually(() => serverNames(server.url), has('a/a', 'z/z'));
  await folder.write('servers/a.json', entry('trusted').slice(0, 20));
  const {
    sources: [trusted],
  } = await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.state === 'failed',
  );
  expect(trusted).toMatchObject({
    reason: 'DataInvalid',
    message: expect.stringMatching(/a\.json: .*not valid JSON.*; correct or remove it; until then the folder is served as before/),
  });
  expect(await description()).toEqual(['trusted', 'z']);
  await folder.write('servers/a.json', entry('mended'));
  await eventually(description, (texts) => JSON.stringify(texts) === '["mended","z"]');
  await folder.write('servers/new.json', '{');
  await eventually(
    () => statusOf(server.url),
    (status) => status.sources[0]?.warnings.some((warning) => warning.startsWith('new.json')) === true,
  );
  await rm(join(folder.path, 'servers/a.json'));
  await eventually(description, (texts) => JSON.stringify(texts) === '["other","z"]');
});

test('a file of a folder may be gzip', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'servers'));
  await folder.write('servers/a.json', gzipSync(JSON.stringify(catalog('a'))));
  await folder.write('servers/b.json', gzipSync(JSON.stringify(catalog('b'))).subarray(0, 40));
  await using server = await serverFor(
    folder,
    await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'servers' } } })),
  );
  await eventually(() => serverNames(server.url), has('a'));
  expect((await statusOf(server.url)).sources[0]?.warnings).toEqual([expect.stringContaining('b.json: is damaged gzip')]);
});

test.each([
  ['source-file.yaml', ['com.example/search', 'com.example/tickets', 'com.example/weather']],
  ['source-configmap.yaml', ['com.example.team/tickets', 'fetch']],
])('the example %s is served as it is', async (example, names) => {
  await using folder = await temporaryFolder();
  const config = fileURLToPath(new URL(`../../../../examples/${example}`, import.meta.url));
  await using server = await serverFor(folder, config);
  await eventually(() => serverNames(server.url), has(...names));
  const { sources, conditions } = await statusOf(server.url);
  expect(sources.flatMap(({ warnings }) => warnings)).toEqual([]);
  expect(conditions.every(({ status }) => status === 'True')).toBe(true);
});
