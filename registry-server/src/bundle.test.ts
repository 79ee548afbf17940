import { expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { httpHost, httpProxy, reply } from './outbound/testing.ts';
import { catalog, eventually, has, manifest, serverNames, temporaryFolder } from './testing.ts';

const BUILD = resolve(import.meta.dirname, '../../hack/build.ts');

test('the bundle accepts a request with a body, asks a URL with and without a proxy, and has the page, like the sources', async () => {
  await using folder = await temporaryFolder();
  const tls = selfSigned('catalog.test');
  await using host = await httpHost((_, res) => reply(res, 200, JSON.stringify(catalog('a'))));
  await using secure = await httpHost((_, res) => reply(res, 200, JSON.stringify(catalog('b'))), { tls });
  await using proxy = await httpProxy();
  execFileSync(process.execPath, [BUILD, folder.path, 'registry-server'], { env: { ...process.env, SOURCE_COMMIT: 'test' } });
  const program = join(folder.path, 'registry-server', 'main.cjs');
  // What builds the page stays behind.
  const text = readFileSync(program, 'utf8');
  expect(['preact', 'ESBUILD_BINARY_PATH'].filter((word) => text.includes(word))).toEqual([]);
  const licenses = readFileSync(join(folder.path, 'registry-server/THIRD-PARTY-LICENSES'), 'utf8');
  expect(licenses.match(/^(?:express|preact|undici|zod|esbuild) \d.*$/gm)?.map((line) => line.split(' ')[0])).toEqual([
    'express',
    'preact',
    'undici',
    'zod',
  ]);
  const ca = { caConfigMapRef: { name: 'ca', key: 'ca.crt' } };
  const sources = [
    { name: 'plain', type: 'url', url: host.url },
    { name: 'secure', type: 'url', url: `https://catalog.test:${secure.port}/`, tls: ca },
  ];
  const config = await folder.write('registry.yaml', manifest({ sources }, { ca: { 'ca.crt': tls.cert } }));
  const storage = join(folder.path, 'storage');
  const child = spawn(process.execPath, [program, '--config', config, '--address', '127.0.0.1:0', '--storage-path', storage], {
    env: { ...process.env, HTTPS_PROXY: proxy.url },
  });
  const exited = new Promise((done) => child.once('exit', done));
  try {
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const url = await eventually(
      () => /"url":"([^"]+)"/.exec(log)?.[1] ?? '',
      (found) => found !== '',
    );
    await eventually(() => serverNames(url), has('a', 'b'));
    expect(proxy.requests.map(({ line }) => line)).toEqual([`CONNECT catalog.test:${secure.port}`]);
    const accepted = await eventually(
      () => fetch(`${url}/registry/sync`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"reason":"test"}' }),
      ({ status }) => status !== 409,
    );
    expect([accepted.status, await accepted.json()]).toEqual([202, { status: 'accepted', statusUrl: '/registry/status' }]);
    expect((await fetch(`${url}/openapi.yaml`)).status).toBe(200);
    const document = await (await fetch(`${url}/`, { headers: { Accept: 'text/html' } })).text();
    const files = [...document.matchAll(/(?:src|href)="(ui\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/\.js$/), expect.stringMatching(/\.css$/)]));
    for (const file of files) {
      const answer = await fetch(`${url}/${file}`, { headers: { 'Accept-Encoding': 'gzip, br' } });
      expect([file, answer.status, answer.headers.get('content-encoding')]).toEqual([file, 200, 'br']);
      expect((await answer.text()).length).toBeGreaterThan(0);
    }
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
});
