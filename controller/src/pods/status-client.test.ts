import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RegistryStatusDocument, SourceStatus } from '@toolhive-registry/api';
import { KubeClient } from '@toolhive-registry/reconciler';
import { statusDocument } from './testing.ts';
import { directStatus, proxiedStatus, type AskStatus } from './status-client.ts';
import { fakeRegistry, type FakeRegistry, type Fault } from './fake-registry.ts';

let registry: FakeRegistry;
let client: KubeClient;
let pauses: number[];
let ask: { readonly direct: AskStatus; readonly proxied: AskStatus };
const never = new AbortController().signal;

beforeEach(async () => {
  registry = await fakeRegistry();
  const access = { server: registry.url, namespace: 'default', credentials: () => Promise.resolve({ headers: {}, verify: true }) };
  client = new KubeClient({ access });
  pauses = [];
  ask = {
    direct: directStatus(),
    proxied: proxiedStatus(client, (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    }),
  };
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

function target(): { namespace: string; name: string; ip: string } {
  return { namespace: 'team', name: 'one', ip: registry.ip };
}

test('the document is validated and returned', async () => {
  const document = statusDocument();
  expect(await ask.direct(target(), undefined, never)).toEqual({ changed: true, etag: '"v1"', document });
  expect(await ask.proxied(target(), undefined, never)).toEqual({ changed: true, etag: expect.any(String), document });
  expect(registry.questions.map(({ path }) => path)).toEqual([
    '/registry/status',
    '/api/v1/namespaces/team/pods/one:8081/proxy/registry/status',
  ]);
});

test('an answer without a tag has none', async () => {
  registry.withoutTag();
  expect(await ask.direct(target(), undefined, never)).toEqual({ changed: true, etag: undefined, document: statusDocument() });
});

describe.each(['direct', 'proxied'] as const)('%s', (way) => {
  test.each<[Fault, string]>([
    ['status 500', '500'],
    ['status 404', '404'],
    ['garbage', 'JSON'],
    ['another form', 'serverCount'],
    ['an empty answer', ''],
    ['a closed connection', ''],
  ])('%s is an error without a retry: the poller has its own backoff', async (fault, message) => {
    registry.fail(fault, 100);
    await expect(ask[way](target(), undefined, never)).rejects.toThrow(message);
    expect(registry.questions).toHaveLength(1);
  });

  test('an abort ends the request', async () => {
    registry.fail('silence', 1);
    const stop = new AbortController();
    const question = ask[way](target(), undefined, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(question).rejects.toThrow('stopped');
  });
});

describe('through the API server, which forwards neither tags nor waits,', () => {
  const good = {
    type: 'automatic',
    startTime: '2026-01-01T00:00:00Z',
    completionTime: '2026-01-01T00:00:01Z',
    hash: 'hash-3',
    serverCount: 3,
    result: 'completed',
    attemptCount: 0,
    errorMessage: null,
  } as const;
  const source: SourceStatus = { name: 'default', type: 'configmap', state: 'ok', serverCount: 3, warnings: [] };
  const before: Partial<RegistryStatusDocument> = {
    lastSync: good,
    sources: [{ ...source, lastSuccessTime: '2026-01-01T00:00:01Z' }],
    nextSyncTime: '2026-01-01T01:00:00Z',
  };

  test.each<[string, Partial<RegistryStatusDocument>, boolean]>([
    ['the same document', {}, false],
    ['another check with the same result', { lastSync: { ...good, completionTime: '2026-01-01T00:30:00Z', attemptCount: 1 } }, false],
    ['a sync that is running', { syncing: true }, false],
    ['a later time for the next sync', { nextSyncTime: '2026-01-01T02:00:00Z' }, false],
    ['a source that was read again', { sources: [{ ...source, lastSuccessTime: '2026-01-01T00:30:00Z' }] }, false],
    ['another number of servers', { serverCount: 4 }, true],
    ['a sync that failed', { lastSync: { ...good, result: 'failed', errorMessage: 'no such key' } }, true],
    ['a source that failed', { sources: [{ ...source, state: 'failed' }] }, true],
    ['another file', { files: { 'spec.yaml': 'other' } }, true],
    ['a sync that was asked for', { lastSyncTrigger: 'now' }, true],
  ])('%s', async (_, after, changed) => {
    registry.report(before);
    const first = await ask.proxied(target(), undefined, never);
    expect(pauses).toEqual([]);
    registry.report(after);
    const second = await ask.proxied(target(), first.changed ? first.etag : '', never);
    expect(second.changed).toBe(changed);
    expect(pauses).toEqual([5_000]);
  });
});
