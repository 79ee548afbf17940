import { expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { catalogue, eventually, manifest, ONE_CONFIGMAP, temporaryFolder } from './testing.ts';

const BUILD = resolve(import.meta.dirname, '../../hack/build.ts');

test('the bundle takes a request with a body as the sources do', async () => {
  await using folder = await temporaryFolder();
  execFileSync(process.execPath, [BUILD, folder.path, 'registry-server'], { env: { ...process.env, SOURCE_COMMIT: 'test' } });
  const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
  const storage = join(folder.path, 'storage');
  const program = join(folder.path, 'registry-server', 'main.cjs');
  const child = spawn(process.execPath, [program, '--config', config, '--address', '127.0.0.1:0', '--storage-path', storage]);
  const exited = new Promise((done) => child.once('exit', done));
  try {
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const url = await eventually(
      () => /"url":"([^"]+)"/.exec(log)?.[1] ?? '',
      (found) => found !== '',
    );
    const accepted = await eventually(
      () => fetch(`${url}/registry/sync`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"reason":"test"}' }),
      ({ status }) => status !== 409,
    );
    expect([accepted.status, await accepted.json()]).toEqual([202, { status: 'accepted', statusUrl: '/registry/status' }]);
    expect((await fetch(`${url}/openapi.yaml`)).status).toBe(200);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
});
