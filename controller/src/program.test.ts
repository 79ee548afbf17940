import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@toolhive-registry/testenv';
import { runController, type Run } from './testing.ts';

let folder: string;
let kubeconfig: string;
let busy: Server;
let busyPort: number;
let runs: Run[];

/** A port without listener: it was assigned to us and closed. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const closed = once(server, 'close');
  server.close();
  await closed;
  return port;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'controller-test-'));
  kubeconfig = join(folder, 'config');
  const config = {
    clusters: [{ name: 'x', cluster: { server: `http://127.0.0.1:${await unusedPort()}` } }],
    users: [{ name: 'x', user: {} }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    'current-context': 'x',
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  await writeFile(join(folder, 'garbage'), 'clusters: [');
  await writeFile(join(folder, 'no-context'), JSON.stringify({ ...config, 'current-context': 'other' }));
  busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  busyPort = (busy.address() as AddressInfo).port;
  runs = [];
});

afterEach(async () => {
  for (const { child, exit } of runs.splice(0)) {
    child.kill('SIGKILL');
    await exit;
  }
});

afterAll(async () => {
  busy.close();
  await rm(folder, { recursive: true });
});

/** Starts the program; FOLDER and BUSY in arguments stand for the test's own. It is killed if the test leaves it running. */
function start(args: readonly string[], env: Record<string, string> = {}): Run {
  const run = runController(
    args.map((arg) => arg.replace('FOLDER', folder).replace('BUSY', `127.0.0.1:${busyPort}`)),
    env,
  );
  runs.push(run);
  return run;
}

const IMAGE = '--registry-server-image=x:1';
const ANYWHERE = ['--health-address=127.0.0.1:0', '--metrics-address=127.0.0.1:0'];

describe('output on request', () => {
  test('help: every flag with its variable and default, on standard output', async () => {
    const run = start(['--help']);
    expect(await run.exit).toBe(0);
    expect(run.stdout()).toContain('Usage: controller --registry-server-image IMAGE [flags]');
    for (const flag of [
      'metrics-address',
      'metrics-cert-file',
      'metrics-key-file',
      'metrics-client-ca-file',
      'health-address',
      'leader-elect',
      'watch-namespaces',
      'registry-server-image',
      'registry-access',
      'registry-ui',
      'refresh-volumes',
      'network-policy',
      'controller-pods',
      'scraper-namespaces',
      'cluster-domain',
      'concurrency',
      'log-level',
      'log-format',
    ]) {
      expect(run.stdout()).toMatch(new RegExp(`^ {2}--${flag}\\b.*\\[${flag.toUpperCase().replaceAll('-', '_')}\\]$`, 'm'));
    }
    // kubectl's variable may be a list of files, which a flag is not.
    expect(run.stdout()).toMatch(/^ {2}--kubeconfig FILE (?!.*\[)/m);
    expect(run.stderr()).toBe('');
  });

  test('version: nothing else on standard output', async () => {
    const run = start(['--version']);
    expect(await run.exit).toBe(0);
    expect(run.stdout()).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });
});

describe('wrong usage exits with 2 and names flag, value and remedy', () => {
  test.each<[string, string[], Record<string, string>, string]>([
    ['no image', [], {}, '--registry-server-image is missing (or environment variable REGISTRY_SERVER_IMAGE)'],
    ['an unknown flag', [IMAGE, '--imagee=x'], {}, "Unknown option '--imagee'"],
    ['an argument too many', [IMAGE, 'now'], {}, "Unexpected argument 'now'"],
    ['a flag without its value', [IMAGE, '--kubeconfig'], {}, "Option '--kubeconfig <value>' argument missing"],
    [
      'an address',
      [IMAGE, '--metrics-address=8080'],
      {},
      '--metrics-address is "8080"; write HOST:PORT or :PORT, for example 127.0.0.1:8080',
    ],
    ['a port', [IMAGE, '--health-address=:99999'], {}, '--health-address is ":99999"; write HOST:PORT'],
    [
      'a way to the registries',
      [IMAGE, '--registry-access=proxy'],
      {},
      '--registry-access is "proxy"; use one of direct, apiserver-proxy, none',
    ],
    ['a switch', [IMAGE, '--refresh-volumes=yes'], {}, '--refresh-volumes is "yes"; use one of true, false'],
    [
      'a namespace of scrapers',
      [IMAGE, '--scraper-namespaces=Mon'],
      {},
      '--scraper-namespaces has "Mon", which is not a valid namespace name; separate names with commas',
    ],
    ...['system', 'system/', '/app=x', 'system/app', 'system/app=x,', 'System/app=x', 'system/app=x y', 'system/a b=x'].map(
      (pods): [string, string[], Record<string, string>, string] => [
        `pods (${pods})`,
        [IMAGE, `--controller-pods=${pods}`],
        {},
        `--controller-pods is "${pods}"; use NAMESPACE/LABEL=VALUE, with further labels separated by commas`,
      ],
    ),
    [
      'a policy that keeps the controller out',
      [IMAGE, '--network-policy=true'],
      {},
      '--network-policy is "true" and would keep the controller out; name its pods with --controller-pods',
    ],
    [
      'a policy that keeps the API server out',
      [IMAGE, '--network-policy=true', '--controller-pods=system/app=x', '--registry-access=apiserver-proxy'],
      {},
      'no NetworkPolicy can admit the API server; use --registry-access=direct or --network-policy=false',
    ],
    ['a level', [IMAGE, '--log-level=loud'], {}, '--log-level is "loud"; use one of trace, debug, info, warn, error, silent'],
    ['a format', [IMAGE, '--log-format=xml'], {}, '--log-format is "xml"; use one of json, pretty'],
    ['no number', [IMAGE, '--concurrency=many'], {}, '--concurrency is "many"; use a whole number from 1 to 100'],
    ['a number too small', [IMAGE, '--concurrency=0'], {}, '--concurrency is "0"; use a whole number from 1 to 100'],
    ['a number too large', [IMAGE, '--concurrency=101'], {}, '--concurrency is "101"; use a whole number from 1 to 100'],
    ['a part of a number', [IMAGE, '--concurrency=1.5'], {}, '--concurrency is "1.5"; use a whole number from 1 to 100'],
    [
      'a namespace',
      [IMAGE, '--watch-namespaces=team-a,Team_B'],
      {},
      '--watch-namespaces has "Team_B", which is not a valid namespace name; separate names with commas',
    ],
    [
      'a namespace without name',
      [IMAGE, '--watch-namespaces=team-a,'],
      {},
      '--watch-namespaces has "", which is not a valid namespace name',
    ],
    ['a variable', [IMAGE], { LOG_LEVEL: 'loud' }, '--log-level is "loud"; use one of trace'],
    ['a variable for a switch', [IMAGE], { LEADER_ELECT: 'maybe' }, 'environment variable LEADER_ELECT is "maybe"; use true or false'],
  ])('%s', async (_, args, env, message) => {
    const run = start(args, env);
    expect(await run.exit).toBe(2);
    expect(run.stderr()).toContain(message);
    expect(run.stderr()).toMatch(/\nTry: controller --help\n$/);
    expect(run.stderr()).not.toMatch(/^\s+at /m);
    expect(run.stdout()).toBe('');
  });
});

describe('a failed start exits with 1 and says what is wrong and where', () => {
  test.each<[string, string[], Record<string, string>, string[]]>([
    ['no cluster anywhere', [], {}, ['no cluster to talk to', '$KUBECONFIG is empty', '/nonexistent/.kube/config']],
    ['no such kubeconfig', ['--kubeconfig=FOLDER/missing'], {}, ['cannot read the kubeconfig', '/missing', 'ENOENT']],
    [
      'a variable with no such kubeconfig',
      [],
      { KUBECONFIG: '/nonexistent/kubeconfig' },
      ['cannot read the kubeconfig /nonexistent/kubeconfig', 'ENOENT'],
    ],
    ['a kubeconfig that is no YAML', ['--kubeconfig=FOLDER/garbage'], {}, ['cannot read the kubeconfig', '/garbage: ']],
    ['a kubeconfig without that context', ['--kubeconfig=FOLDER/no-context'], {}, ['"other" names no cluster']],
    [
      'a health port in use',
      ['--kubeconfig=FOLDER/config', '--health-address=BUSY', '--metrics-address=127.0.0.1:0'],
      {},
      ['cannot serve health on 127.0.0.1:', 'the port is in use by another program'],
    ],
    [
      'a metrics port in use',
      ['--kubeconfig=FOLDER/config', '--metrics-address=BUSY', '--health-address=127.0.0.1:0'],
      {},
      ['cannot serve metrics on 127.0.0.1:', 'the port is in use by another program'],
    ],
    [
      'metrics over TLS without the files',
      ['--kubeconfig=FOLDER/config', ...ANYWHERE, '--metrics-cert-file=FOLDER/tls.crt', '--metrics-key-file=FOLDER/tls.key'],
      {},
      ['cannot serve metrics on 127.0.0.1:0: the certificate file "', '/tls.crt" does not exist; mount the Secret that has it'],
    ],
  ])('%s', async (_, args, env, messages) => {
    const run = start([IMAGE, '--log-level=silent', ...args], env);
    expect(await run.exit).toBe(1);
    for (const message of messages) expect(run.stderr()).toContain(message);
    expect(run.stderr().trim().split('\n')).toHaveLength(1);
  });
});

describe('while the API server cannot be reached', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'it stays alive, is not ready and says why, retries, and exits with 0 on %s',
    async (signal) => {
      const run = start([IMAGE, ...ANYWHERE, '--kubeconfig', kubeconfig]);
      const serving = await run.logged('serving');
      const failure = await run.logged('cannot list or watch; trying again');
      expect(failure).toMatchObject({ level: 'warn', err: { message: expect.stringContaining('ECONNREFUSED') } });
      expect((await fetch(`http://${String(serving['health'])}/healthz`)).status).toBe(200);
      const ready = await fetch(`http://${String(serving['health'])}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.text()).toContain('[-]informers-synced failed: not listed yet: configmaps');
      run.child.kill(signal);
      expect(await run.exit).toBe(0);
      expect(run.stdout()).toBe('');
    },
  );

  test('--log-format=pretty writes a log for people', async () => {
    const run = start([IMAGE, ...ANYWHERE, '--kubeconfig', kubeconfig, '--log-format=pretty']);
    await waitFor(() => /^\[\d\d:\d\d:\d\d\] INFO: serving$/m.test(run.stderr()), { message: 'a line without JSON' });
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
  });
});
