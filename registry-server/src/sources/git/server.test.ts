import { expect, test } from '@jest/globals';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { pino } from 'pino';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { gitBackend } from '../../git/testing/backend.ts';
import { testRepository } from '../../git/testing/repository.ts';
import { filesIn } from '../../git/testing/traces.ts';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder } from '../../testing.ts';

const CANARY = 'canary-77e1-password';
const AUTHORIZATION = `Basic ${Buffer.from(`reader:${CANARY}`).toString('base64')}`;

function secret(data: Record<string, string>): string {
  return `---\n${dump({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'git-login' }, stringData: data })}`;
}

async function sync(url: string): Promise<void> {
  await eventually(
    async () => (await fetch(`${url}/registry/sync`, { method: 'POST' })).status,
    (status) => status === 202,
  );
}

test('a private repository with its Secret beside the manifest: a push is served with the next sync, an outage changes nothing', async () => {
  await using folder = await temporaryFolder();
  const tempPath = join(folder.path, 'tmp');
  await mkdir(tempPath);
  const repository = testRepository(folder.path);
  repository.commit({ 'catalog/a.json': JSON.stringify(catalog('a')) });
  const tls = selfSigned();
  const options = { root: folder.path, tls, authorization: AUTHORIZATION };
  let backend = await gitBackend(options);
  const port = Number(new URL(backend.url).port);
  const source = {
    type: 'git',
    git: { repository: `${backend.url}/catalog.git`, path: 'catalog' },
    auth: { secretRef: { name: 'git-login' } },
    tls: { caConfigMapRef: { name: 'ca' } },
  };
  const text = manifest({ source }, { ca: { 'ca.crt': tls.cert } }) + secret({ username: 'reader', password: CANARY });
  const config = await folder.write('registry.yaml', text);
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(line) });
  {
    await using server = await serverFor(folder, config, { tempPath, logger });
    await eventually(() => serverNames(server.url), has('a'));

    repository.commit({ 'catalog/b.yaml': dump(catalog('b')), 'catalog/broken.json': '{' });
    await sync(server.url);
    await eventually(() => serverNames(server.url), has('a', 'b'));
    expect((await statusOf(server.url)).sources[0]).toMatchObject({
      state: 'ok',
      warnings: [expect.stringContaining('broken.json')],
    });

    await backend.stop();
    await sync(server.url);
    const failed = await eventually(
      () => statusOf(server.url),
      ({ sources: [status] }) => status?.state === 'failed',
    );
    expect(failed.sources[0]).toMatchObject({ reason: 'SourceUnreachable' });
    expect(await serverNames(server.url)).toEqual(['a', 'b']);

    repository.commit({ 'catalog/c.json': JSON.stringify(catalog('c')) });
    backend = await gitBackend(options, port);
    await sync(server.url);
    await eventually(() => serverNames(server.url), has('a', 'b', 'c'));

    // The Secret is changed to a wrong one, and back.
    await folder.write('registry.yaml', text.replace(CANARY, `${CANARY}-wrong`));
    await eventually(
      () => statusOf(server.url),
      ({ sources: [status] }) => status?.reason === 'AuthenticationFailed',
    );
    expect(await serverNames(server.url)).toEqual(['a', 'b', 'c']);
    await folder.write('registry.yaml', text);
    await eventually(
      () => statusOf(server.url),
      ({ sources: [status] }) => status?.state === 'ok',
    );
    const answers = await Promise.all(
      ['registry/status', 'metrics', 'v0.1/servers'].map(async (path) => (await fetch(`${server.url}/${path}`)).text()),
    );
    for (const secretText of [CANARY, AUTHORIZATION]) expect(answers.join() + log.join()).not.toContain(secretText);
  }
  await backend.stop();
  expect(log.length).toBeGreaterThan(0);
  expect(await readdir(tempPath)).toEqual([]);
  const stored = [...(await filesIn(join(folder.path, 'storage'))).values()].join();
  expect(stored).toContain('example.com/a');
  expect(stored).not.toContain(CANARY);
});

test('the example is served as it is, except for the address', async () => {
  await using folder = await temporaryFolder();
  testRepository(folder.path, 'mcp-catalog.git').commit({ 'servers/a.json': JSON.stringify(catalog('a')) });
  const authorization = `Basic ${Buffer.from('reader:REPLACE-ME').toString('base64')}`;
  await using backend = await gitBackend({ root: folder.path, authorization });
  const example = await readFile(new URL('../../../../examples/source-git.yaml', import.meta.url), 'utf8');
  const config = await folder.write('registry.yaml', example.replace('https://git.example.com/platform', backend.url));
  await using server = await serverFor(folder, config);
  await eventually(() => serverNames(server.url), has('a'));
});

test('a host that hangs keeps no other source from being served, nor the server from ending', async () => {
  await using folder = await temporaryFolder();
  const tempPath = join(folder.path, 'tmp');
  await mkdir(tempPath);
  await using backend = await gitBackend({ root: folder.path, instead: () => true });
  const sources = [
    { name: 'slow', type: 'git', timeout: '5m', git: { repository: `${backend.url}/catalog.git` } },
    { name: 'team', configmap: { name: 'team' } },
  ];
  const config = await folder.write('registry.yaml', manifest({ sources }, { team: { 'registry.json': catalog('a') } }));
  {
    await using server = await serverFor(folder, config, { tempPath });
    await eventually(() => serverNames(server.url), has('a'));
    await eventually(
      () => backend.requests.length,
      (count) => count > 0,
    );
  }
  await eventually(
    () => readdir(tempPath),
    (left) => left.length === 0,
  );
});
