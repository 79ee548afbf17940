import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalog, eventually, manifest, ONE_CONFIGMAP, temporaryFolder, type Folder } from './testing.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  readonly output: () => string;
}

const started = new Set<ChildProcess>();

function run(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  started.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, exit, output: () => output };
}

let folder: Folder;
let good: string;
let busy: Server;

beforeAll(async () => {
  folder = await temporaryFolder();
  good = await folder.write('good.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  // A test that failed may have left its program running.
  for (const child of started) child.kill('SIGKILL');
  busy.close();
  await folder[Symbol.asyncDispose]();
});

describe('exit codes', () => {
  test.each<[string, string, number, string]>([
    ['nothing named', '', 2, '--config is missing'],
    ['an unknown flag', '--config good --port 1', 2, "Unknown option '--port'"],
    ['a wrong level', '--config good --log-level loud', 2, '--log-level is "loud"; use one of trace, debug'],
    ['a wrong address', '--config good --address 8080', 2, '--address is "8080"; write HOST:PORT'],
    ['a port that does not exist', '--config good --address :99999', 2, '--address is ":99999"'],
    ['a wrong time', '--config good --drain-time soon', 2, '--drain-time is "soon"'],
    ['a seed from nowhere', '--config good --seed-from replica:8081', 2, '--seed-from is "replica:8081"; use http://HOST:PORT'],
    ['a seed by TLS', '--config good --seed-from https://replica:8081', 2, '--seed-from is "https://replica:8081"'],
    ['no such file', '--config missing.yaml', 2, 'no such file or folder'],
    ['no YAML', '--config bad-yaml.yaml', 2, 'not valid YAML'],
    ['a List with a hole', '--config hole.yaml', 2, 'hole.yaml: items[0] of a List is not a Kubernetes object'],
    ['no registry', '--config no-registry.yaml', 2, 'holds no MCPRegistry'],
    ['two registries', '--config two.yaml', 2, 'holds 2 objects of kind MCPRegistry'],
    ['an unknown field', '--config typo.yaml', 2, 'unknown field "spec.sorce"'],
    ["a manifest for ToolHive's registry server", '--config toolhive.yaml', 2, 'run `toolhive-registry migrate -f FILE`'],
    ['a name too long for a Service', '--config long.yaml', 2, 'metadata.name'],
    ['a ConfigMap of another namespace', '--config foreign.yaml', 2, 'configmap.namespace'],
    ['data that are no text', '--config no-text.yaml', 2, 'data.registry.json must be a string'],
    [
      'data of a Secret that are no base64',
      '--config plain.yaml',
      2,
      'Secret "login": data.token is not base64; write a plain text under stringData',
    ],
    ['binary data that are no base64', '--config binary.yaml', 2, 'ConfigMap "data": binaryData.x is not base64; write a text under data'],
    ['a ConfigMap twice', '--config doubled.yaml', 2, 'doubled.yaml: ConfigMap "data" occurs twice; remove one of the two'],
    ['a key twice', '--config twice.yaml', 2, 'ConfigMap "data": binaryData.x is under data as well; remove one of the two'],
    ['too many aliases', '--config bomb.yaml', 2, 'not valid YAML'],
    ['a port in use', '--config good --address BUSY --storage-path s1', 1, 'the port is in use'],
    ['a storage that can never be made', '--config good --address 127.0.0.1:0 --storage-path /proc/none/data', 1, 'cannot be written'],
    ['a storage that is a file', '--config good --address 127.0.0.1:0 --storage-path good.yaml', 1, 'cannot be written'],
    ['help', '--help', 0, 'Usage: registry-server --config FILE|DIR'],
    ['version', '--version', 0, '0.'],
  ])('%s', async (_, line, code, message) => {
    await folder.write('bad-yaml.yaml', 'kind: [');
    await folder.write('hole.yaml', 'kind: List\nitems: [null]\n');
    await folder.write('no-registry.yaml', 'kind: ConfigMap\nmetadata: {name: x}\n');
    await folder.write('two.yaml', `${manifest(ONE_CONFIGMAP)}---\n${manifest(ONE_CONFIGMAP, {}, { name: 'second' })}`);
    await folder.write('typo.yaml', manifest({ sorce: {} }));
    await folder.write('toolhive.yaml', manifest({ configYAML: 'sources: []' }).replace('v1alpha1', 'v1beta1'));
    await folder.write('long.yaml', manifest(ONE_CONFIGMAP, {}, { name: 'a'.repeat(60) }));
    await folder.write('foreign.yaml', manifest({ source: { configmap: { name: 'data', namespace: 'elsewhere' } } }));
    await folder.write(
      'no-text.yaml',
      `${manifest(ONE_CONFIGMAP)}---\nkind: ConfigMap\nmetadata: {name: data}\ndata: {registry.json: {servers: {}}}\n`,
    );
    const secret = { source: { type: 'url', url: 'https://a.test/x', auth: { secretRef: { name: 'login' } } } };
    await folder.write('plain.yaml', `${manifest(secret)}---\nkind: Secret\nmetadata: {name: login}\ndata: {token: my-plain-token}\n`);
    const binary = `${manifest(ONE_CONFIGMAP)}---\nkind: ConfigMap\nmetadata: {name: data}\n`;
    await folder.write('binary.yaml', `${binary}binaryData: {x: '!!'}\n`);
    await folder.write('doubled.yaml', `${binary}---\nkind: ConfigMap\nmetadata: {name: data}\n`);
    await folder.write('twice.yaml', `${binary}data: {x: a}\nbinaryData: {x: YQ==}\n`);
    await folder.write('bomb.yaml', `a: &a [x]\nb: [${'*a,'.repeat(200)}]\n`);
    const port = (busy.address() as AddressInfo).port;
    const args =
      line === ''
        ? []
        : line
            .split(' ')
            .map((word) =>
              word === 'good'
                ? good
                : word === 'BUSY'
                  ? `127.0.0.1:${port}`
                  : word === 's1' || word.endsWith('.yaml')
                    ? join(folder.path, word)
                    : word,
            );
    const { exit, output } = run(args);
    expect(await exit).toBe(code);
    expect(output()).toContain(message);
    expect(output()).not.toMatch(/^\s+at /m);
  });

  test('a folder without permissions is named', async () => {
    const locked = join(folder.path, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    // The superuser may write anywhere: then the parent is a file instead.
    const path = process.getuid?.() === 0 ? join(good, 'data') : join(locked, 'data');
    const { exit, output } = run(['--config', good, '--address', '127.0.0.1:0', '--storage-path', path]);
    expect(await exit).toBe(1);
    expect(output()).toContain(`--storage-path ${path}: cannot be written`);
  });
});

describe('a run', () => {
  const urlIn = (output: string): string => /"url":"([^"]+)"/.exec(output)?.[1] ?? '';

  test.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s: not ready first, requests in flight finish', async (signal) => {
    const { child, exit, output } = run([
      '--config',
      good,
      '--address',
      '127.0.0.1:0',
      '--storage-path',
      join(folder.path, signal),
      '--drain-time',
      '1',
    ]);
    const url = await eventually(
      () => urlIn(output()),
      (found) => found !== '',
    );
    await eventually(
      () => fetch(`${url}/readiness`),
      (response) => response.status === 200,
    );
    await eventually(
      async () => (await (await fetch(`${url}/registry/status`)).json()) as { syncing: boolean; lastSync: unknown },
      (status) => !status.syncing && status.lastSync !== null,
    );
    const etag = (await fetch(`${url}/registry/status`)).headers.get('etag') ?? '';
    const inFlight = fetch(`${url}/registry/status?wait=60s`, { headers: { 'If-None-Match': etag } });
    await eventually(
      () => fetch(`${url}/health`),
      (response) => response.status === 200,
    );
    child.kill(signal);
    await eventually(
      async () => (await fetch(`${url}/readiness`)).status,
      (status) => status === 503,
    );
    expect((await fetch(`${url}/v0.1/servers`)).status).toBe(200);
    expect((await inFlight).status).toBe(304);
    expect(await exit).toBe(0);
    expect(output()).toContain('"msg":"stopped"');
  });

  test('logs one JSON object a line; flags may come from the environment', async () => {
    const config = await folder.write(
      'enforcing.yaml',
      manifest({ ...ONE_CONFIGMAP, enforceServers: true }, { data: { 'registry.json': catalog('a') } }),
    );
    const { child, exit, output } = run([], {
      CONFIG: config,
      ADDRESS: '127.0.0.1:0',
      STORAGE_PATH: join(folder.path, 'env'),
      LOG_LEVEL: 'debug',
    });
    await eventually(output, (text) => text.includes('"synced"'));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    const lines = output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of lines)
      expect(line).toEqual(
        expect.objectContaining({ level: expect.any(String), time: expect.stringMatching(/Z$/), msg: expect.any(String) }),
      );
    expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: ['spec.enforceServers'] }));
  });

  test('LOG_LEVEL=error keeps quiet', async () => {
    const { child, exit, output } = run(['--config', good, '--address', '127.0.0.1:0', '--storage-path', join(folder.path, 'quiet')], {
      LOG_LEVEL: 'error',
    });
    await eventually(
      () => child.pid,
      (pid) => pid !== undefined,
    );
    await eventually(
      () => readdir(join(folder.path, 'quiet')).catch(() => [] as string[]),
      (files) => files.includes('state'),
    );
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output()).toBe('');
  });

  test.each<[what: string, flags: string[], first: RegExp]>([
    ['the page', [], /^\n  Open http:\/\/127\.0\.0\.1:\d+\/ in a browser\n\n  test: 1 server\n/m],
    ['the page below its path', ['--base-path=/mcp'], /^\n  Open http:\/\/127\.0\.0\.1:\d+\/mcp\/ in a browser\n\n  test: 1 server\n/m],
    ['the catalog', ['--ui=false'], /^\n  test: 1 server\n/m],
  ])('for people it says what to open, first of all %s', async (what, flags, first) => {
    const storage = join(folder.path, what);
    const always = ['--config', good, '--address', '127.0.0.1:0', '--storage-path', storage, '--log-format', 'pretty'];
    const { child, exit, output } = run([...always, ...flags]);
    await eventually(output, (text) => text.includes('Try:  curl'));
    expect(output()).toMatch(first);
    expect(output().includes('in a browser')).toBe(!flags.includes('--ui=false'));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  test('says what was left out and that a failed source or manifest can be used again', async () => {
    const config = await folder.write('heals.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': '{' } }));
    const { child, exit, output } = run(['--config', config, '--address', '127.0.0.1:0', '--storage-path', join(folder.path, 'heals')]);
    await eventually(output, (text) => text.includes('source failed: '));
    const entries = { servers: { ...(catalog('a') as { servers: object }).servers, bad: {} } };
    await folder.write('heals.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': entries } }));
    await eventually(output, (text) => text.includes('a source that had failed can be used again') && text.includes('"leftOut":1'));
    await folder.write('heals.yaml', 'kind: [');
    await eventually(output, (text) => text.includes('the manifest cannot be used'));
    await folder.write('heals.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': entries } }));
    await eventually(output, (text) => text.includes('the manifest can be used again'));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  test('has its storage to itself, waits for one that is ending, and takes over what a killed one left', async () => {
    const args = ['--config', good, '--address', '127.0.0.1:0', '--storage-path', join(folder.path, 'shared')];
    const first = run(args);
    await eventually(first.output, (text) => text.includes('"serving"'));
    const waiting = [run(args), run(args)];
    for (const one of waiting) await eventually(one.output, (text) => text.includes('waiting for it to exit'));
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    // One has it, the other continues waiting, and says so in the end.
    const serving = await eventually(
      () => waiting.filter(({ output }) => output().includes('"serving"')),
      ({ length }) => length === 1,
    );
    const late = waiting.find((one) => one !== serving[0]);
    expect(await late?.exit).toBe(1);
    expect(late?.output()).toContain(`process ${serving[0]?.child.pid} uses it; stop it, or name another folder`);
    serving[0]?.child.kill('SIGKILL');
    await serving[0]?.exit;
    const third = run(args);
    await eventually(third.output, (text) => text.includes('"serving"'));
    third.child.kill('SIGTERM');
    expect(await third.exit).toBe(0);
    expect(await readdir(join(folder.path, 'shared'))).not.toContain('lock');
  });
});
