import { expect, test } from '@jest/globals';
import { KubeApiError, KubeConnectionError, silentLogger } from '@toolhive-registry/reconciler';
import { createServedKinds, type Served, type WatchedKind } from './served.ts';

const KIND: WatchedKind = { group: 'example.com', kind: 'Server', plural: 'servers', versions: ['v2', 'v1'] };

interface Api {
  groups: string[];
  /** The answer of each version: a status, or no answer. */
  versions: Record<string, number | 'outage'>;
  readonly asked: string[];
}

function bench(namespaces?: string[]): { api: Api; look: () => Promise<string | false>; last: () => Served | undefined; slept: number[] } {
  const api: Api = { groups: ['apps', 'example.com'], versions: {}, asked: [] };
  const slept: number[] = [];
  let now = 0;
  const kinds = createServedKinds({
    client: {
      request: async ({ path }: { path: string }): Promise<never> => {
        api.asked.push(path);
        if (path === '/apis') return { groups: api.groups.map((name) => ({ name })) } as never;
        const answer = api.versions[/\/(v\d)\//.exec(path)?.[1] ?? ''] ?? 404;
        if (answer === 'outage') throw new KubeConnectionError('nobody answers');
        if (answer !== 200) throw new KubeApiError({ status: answer, reason: '', message: 'no', request: `GET ${path}` });
        return { items: [] } as never;
      },
    },
    namespaces,
    sleep: async (ms) => void slept.push(ms),
    now: () => (now += 10_000),
    logger: silentLogger(),
  });
  const gate = kinds.gate(KIND);
  return { api, look: () => gate(new AbortController().signal), last: () => kinds.last(KIND), slept };
}

test.each<[what: string, groups: string[], versions: Api['versions'], found: string | false, last: string]>([
  ['no such group', ['apps'], {}, false, 'absent'],
  ['the group without the kind', ['example.com'], {}, false, 'absent'],
  ['the first version', ['example.com'], { v2: 200, v1: 200 }, 'v2', 'served'],
  ['the second one alone', ['example.com'], { v1: 200 }, 'v1', 'served'],
  ['no permission to list', ['example.com'], { v2: 403 }, false, 'unseen'],
  ['a server that fails, as with a webhook that is down', ['example.com'], { v2: 500 }, false, 'unseen'],
])('%s', async (_, groups, versions, found, last) => {
  const { api, look, last: result } = bench();
  Object.assign(api, { groups, versions });
  expect(await look()).toBe(found);
  expect(result()?.is).toBe(last);
  if (!groups.includes('example.com')) expect(api.asked).toEqual(['/apis']);
});

test('in single namespaces each list finds out what is forbidden', async () => {
  const { api, look } = bench(['a', 'b']);
  api.versions = { v2: 403 };
  expect(await look()).toBe('v2');
  expect(api.asked).toContain('/apis/example.com/v2/namespaces/a/servers?limit=1');
});

test('a kind counts as removed only when a second check agrees', async () => {
  const { api, look, last, slept } = bench();
  api.versions = { v2: 200 };
  await look();
  api.versions = {};
  expect(await look()).toBe(false);
  expect([slept, last()?.is]).toEqual([[1_000], 'absent']);
  expect(await look()).toBe(false);
  expect(slept).toHaveLength(1);
});

test('when the API server does not answer, or a known kind cannot be listed, the last result stays', async () => {
  const { api, look, last } = bench();
  api.versions = { v1: 200 };
  await look();
  api.versions = { v2: 'outage', v1: 200 };
  await expect(look()).rejects.toThrow('nobody answers');
  api.versions = { v2: 500, v1: 200 };
  await expect(look()).rejects.toThrow('no');
  expect(last()).toEqual({ is: 'served', version: 'v1' });
});
