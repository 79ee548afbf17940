/**
 * `make pack-check`: packs the reconciler as it would be published, installs it in an empty folder, and runs the example there against a real API server.
 * Last line: "N passed, N failed".
 */
import { startApiServer, waitFor } from '@toolhive-registry/testenv';
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checks } from './checks.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const example = join(root, 'examples/shop-controller');
const folder = await mkdtemp(join(tmpdir(), 'pack-check-'));
const { check, end } = checks();

const npm = (...args: string[]): Promise<unknown> => run('npm', args, { cwd: folder });

await check('the package is made, and the workspace is unchanged', async () => {
  const before = await readFile(join(root, 'reconciler/package.json'), 'utf8');
  await run('npm', ['pack', '--workspace', 'reconciler', '--pack-destination', folder], { cwd: root });
  if ((await readFile(join(root, 'reconciler/package.json'), 'utf8')) !== before) throw new Error('package.json was not put back');
});

await check('it installs in an empty folder, with few dependencies', async () => {
  const [archive] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'shops', private: true, type: 'module' }));
  await npm('install', `./${archive}`, '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
  for (const file of ['controller.ts', 'crd.yaml']) await copyFile(join(example, file), join(folder, file));
});

await check('its types accept the example, and nothing wrong', async () => {
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'es2024',
    noEmit: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    skipLibCheck: true,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['controller.ts'] }));
  await writeFile(join(folder, 'tsconfig.wrong.json'), JSON.stringify({ compilerOptions, include: ['wrong.ts'] }));
  await writeFile(
    join(folder, 'wrong.ts'),
    "import { Manager } from '@toolhive-registry/reconciler';\nnew Manager({ graceMs: 'long' });\n",
  );
  const tsc = (project: string): Promise<unknown> => run(join(root, 'node_modules/.bin/tsc'), ['--project', join(folder, project)]);
  await tsc('tsconfig.json');
  const found = await tsc('tsconfig.wrong.json').catch((error: { stdout: string }) => error.stdout);
  if (typeof found !== 'string' || !found.includes("'string' is not assignable to type 'number'"))
    throw new Error(`a wrong option was accepted: ${JSON.stringify(found)}`);
});

await check('the example runs: a Shop gets its ConfigMap, and SIGTERM ends it with 0', async () => {
  const server = await startApiServer({ crds: [join(folder, 'crd.yaml')] });
  const controller = spawn(process.execPath, ['controller.ts'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], KUBECONFIG: server.kubeconfigPath },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => controller.once('exit', resolve));
  try {
    const path = '/apis/example.com/v1/namespaces/default/shops';
    await server.request('POST', path, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'corner' }, spec: { size: 3 } });
    await waitFor(
      async () => {
        const { body } = await server.request('GET', '/api/v1/namespaces/default/configmaps/corner');
        return (body as { data?: { size?: string } }).data?.size === '3';
      },
      { message: 'the ConfigMap of the Shop', deadlineMs: 30_000 },
    );
    controller.kill('SIGTERM');
    const code = await exit;
    if (code !== 0) throw new Error(`it ended with ${code}`);
  } finally {
    controller.kill('SIGKILL');
    await server.stop();
  }
});

await check('the helpers for tests can be imported', async () => {
  const script = "import { FakeApi } from '@toolhive-registry/reconciler/testing'; await (await FakeApi.start()).down();";
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
});

await rm(folder, { recursive: true, force: true });
process.exitCode = end();
