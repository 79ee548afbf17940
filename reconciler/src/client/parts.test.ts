import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { backoffMs } from '../backoff.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { loadKubeConfig } from './access.ts';
import { CONFIG_MAPS, DEPLOYMENTS, NAMESPACES, resourcePath } from './kinds.ts';
import { splitLines } from './lines.ts';
import { TokenBucket } from './token-bucket.ts';

test.each([
  { kind: CONFIG_MAPS, target: {}, path: '/api/v1/configmaps' },
  { kind: CONFIG_MAPS, target: { namespace: 'n' }, path: '/api/v1/namespaces/n/configmaps' },
  {
    kind: DEPLOYMENTS,
    target: { namespace: 'n', name: 'd', subresource: 'status' },
    path: '/apis/apps/v1/namespaces/n/deployments/d/status',
  },
  { kind: NAMESPACES, target: { namespace: 'ignored', name: 'n' }, path: '/api/v1/namespaces/n' },
  { kind: CONFIG_MAPS, target: { namespace: 'a/b', name: 'c?d' }, path: '/api/v1/namespaces/a%2Fb/configmaps/c%3Fd' },
])('the path of $target is $path', ({ kind, target, path }) => {
  expect(resourcePath(kind, target)).toBe(path);
});

test.each(['', '.', '..'])('a name %p cannot lead to another path', (name) => {
  expect(() => resourcePath(CONFIG_MAPS, { namespace: 'n', name })).toThrow(TypeError);
});

test('lines are the same however the bytes are split', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat({ max: 40 })), async (texts, cuts) => {
      const lines = texts.map((text) => JSON.stringify(text));
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      async function* chunks(): AsyncGenerator<Uint8Array> {
        let at = 0;
        for (const cut of cuts) yield bytes.subarray(at, (at += cut));
        yield bytes.subarray(at);
      }
      const got: string[] = [];
      for await (const line of splitLines(chunks())) got.push(line);
      expect(got).toEqual(lines);
    }),
  );
});

test('the token bucket lets a burst through, then its rate, in order', async () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket({ qps: 10, burst: 2, clock });
  const done: number[] = [];
  const takes = [0, 1, 2, 3].map((n) => bucket.take().then(() => done.push(n)));
  await Promise.all(takes.slice(0, 2));
  expect(done).toEqual([0, 1]);
  clock.advance(100);
  await takes[2];
  expect(done).toEqual([0, 1, 2]);
  clock.advance(100);
  await takes[3];
  expect(bucket.tryTake()).toBe(false);
  clock.advance(100);
  expect(bucket.tryTake()).toBe(true);
});

test('a waiter that gives up gives its token back', async () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket({ qps: 1, burst: 1, clock });
  await bucket.take();
  const stop = new AbortController();
  const waiting = bucket.take(stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  clock.advance(1_000);
  expect(bucket.tryTake()).toBe(true);
  expect(clock.pending).toBe(0);
});

test.each([
  [1, 800],
  [2, 1_600],
  [6, 25_600],
  [7, 30_000],
  [5_000, 30_000],
])('after failure %i the wait is %i ms, less the jitter', (failures, ms) => {
  const options = { initialMs: 800, maxMs: 30_000, jitter: 0.5 };
  expect(backoffMs(options, failures, () => 0)).toBe(ms);
  expect(backoffMs(options, failures, () => 1)).toBe(ms / 2);
});

function kubeconfig(server: string, namespace: string, current = 'c'): string {
  return JSON.stringify({
    'current-context': current,
    clusters: [{ name: 'k', cluster: { server, 'certificate-authority-data': Buffer.from('CA').toString('base64') } }],
    users: [{ name: 'u', user: { token: `token of ${namespace}` } }],
    contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', namespace } }],
  });
}

test('the cluster is looked for in the order path, KUBECONFIG, service account, home', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  try {
    const at = (name: string): string => join(dir, name);
    await writeFile(at('explicit'), kubeconfig('https://explicit:6443/', 'one'));
    await writeFile(at('env'), kubeconfig('http://env:8001', 'two'));
    const found = async (options: Parameters<typeof loadKubeConfig>[0]): Promise<unknown> => {
      const access = await loadKubeConfig({ env: {}, home: at('nobody'), serviceAccountDir: at('none'), ...options });
      const { headers, ca } = await access.credentials();
      return [access.server, access.namespace, headers['authorization'], ca];
    };
    const env = { KUBECONFIG: `:${at('env')}`, KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    expect(await found({ kubeconfigPath: at('explicit'), env })).toEqual(['https://explicit:6443', 'one', 'Bearer token of one', 'CA']);
    expect(await found({ env })).toEqual(['http://env:8001', 'two', 'Bearer token of two', 'CA']);
    await expect(found({ env: { ...env, KUBECONFIG: '' } })).rejects.toThrow('no cluster to talk to');
    await writeFile(at('token'), 'mounted\n');
    await writeFile(at('ca.crt'), 'mounted CA');
    await writeFile(at('namespace'), 'pod-namespace');
    const inside = { env: { ...env, KUBECONFIG: '' }, serviceAccountDir: dir };
    expect(await found(inside)).toEqual(['https://[fd00::1]:443', 'pod-namespace', 'Bearer mounted', 'mounted CA']);
    await writeFile(at('token'), 'rotated');
    expect(await found(inside)).toEqual(['https://[fd00::1]:443', 'pod-namespace', 'Bearer rotated', 'mounted CA']);
    await expect(found({ kubeconfigPath: at('missing') })).rejects.toThrow(`cannot read the kubeconfig ${at('missing')}: ENOENT`);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('a context may be named, and a missing one is an error that names the existing ones', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  try {
    const file = join(dir, 'config');
    await writeFile(file, kubeconfig('https://a', 'one', 'another'));
    const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    await writeFile(join(dir, 'token'), 'mounted');
    const found = await loadKubeConfig({ env: { ...env, KUBECONFIG: file }, context: 'c', home: dir, serviceAccountDir: dir });
    expect(found.server).toBe('https://a');
    const missing = loadKubeConfig({ kubeconfigPath: file, context: 'd', env });
    await expect(missing).rejects.toThrow(`the kubeconfig ${file} has no context "d"; it has c`);
    // Whoever names a context does not mean the pod in which the program runs.
    await expect(loadKubeConfig({ env, context: 'c', home: dir, serviceAccountDir: dir })).rejects.toThrow('no cluster to talk to');
  } finally {
    await rm(dir, { recursive: true });
  }
});

test.each<[what: string, list: string, expected: unknown]>([
  ['of equal names the first counts', 'a:b', ['https://a', 'one']],
  ['in this order', 'b:a', ['https://b', 'two']],
  ['a file that is missing is passed over', 'missing:b', ['https://b', 'two']],
  ['the first current context counts', 'unset:b', ['https://unset', 'three']],
  ['when all are missing the error names one', 'missing:gone', 'ENOENT'],
  ['a file that cannot be read is an error with its reason', 'a:folder', 'EISDIR'],
  ['one that is no YAML too, without its text', 'text', /cannot read the kubeconfig \S+text: .+\(1:\d+\)$/],
])('KUBECONFIG as a list: %s', async (_, list, expected) => {
  const dir = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  try {
    await writeFile(join(dir, 'a'), kubeconfig('https://a', 'one'));
    await writeFile(join(dir, 'b'), kubeconfig('https://b', 'two'));
    await writeFile(join(dir, 'unset'), kubeconfig('https://unset', 'three', ''));
    await writeFile(join(dir, 'text'), 'a: [');
    await mkdir(join(dir, 'folder'));
    const env = {
      KUBECONFIG: list
        .split(':')
        .map((name) => join(dir, name))
        .join(delimiter),
    };
    const found = loadKubeConfig({ env, home: dir }).then((access) => [access.server, access.namespace]);
    if (typeof expected === 'string' || expected instanceof RegExp) await expect(found).rejects.toThrow(expected);
    else expect(await found).toEqual(expected);
  } finally {
    await rm(dir, { recursive: true });
  }
});
