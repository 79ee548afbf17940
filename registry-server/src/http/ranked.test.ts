import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { servingFiles } from '../testing.ts';

const LEGACY = new URL('../../../catalog/testdata/toolhive-legacy-2025-10-22.json', import.meta.url);

/** What other sources have: two servers with one short name, and one in another script. */
const others = [
  { name: 'com.example/twin', description: 'Brews coffee', version: '1.0.0' },
  { name: 'org.example/twin', description: 'Brews coffee and tea', version: '1.0.0' },
  { name: 'org.example/tokyo', description: '東京の天気を調べます', version: '1.0.0' },
];

interface Found {
  readonly name: string;
  readonly tags: readonly string[];
  readonly transport: string;
  readonly tier?: string;
  readonly matched?: readonly { readonly field: string; readonly words: readonly string[] }[];
}

interface Answer {
  readonly servers: readonly Found[];
  readonly metadata: { readonly total: number; readonly next_cursor?: string };
}

let server: Awaited<ReturnType<typeof servingFiles>>;

beforeAll(async () => {
  server = await servingFiles({ legacy: JSON.parse(readFileSync(LEGACY, 'utf8')) as object, others });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function ask(query: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1/servers?${new URLSearchParams(query).toString()}`);
  expect([query, response.status]).toEqual([query, 200]);
  return (await response.json()) as Answer;
}

async function names(query: Readonly<Record<string, string>>): Promise<string[]> {
  return (await ask(query)).servers.map(({ name }) => name);
}

describe('a question', () => {
  test.each<[question: string, first: string]>([
    ['github', 'github'],
    ['io.github.stacklok/playwright', 'playwright'],
    ['create_pull_request', 'github'],
    ['plaiwright', 'playwright'],
    ['kuber', 'k8s'],
    ['download a scientific paper', 'arxiv-mcp-server'],
    ['brewing coffees', 'com.example/twin'],
    ['天気', 'tokyo'],
  ])('%s: %s comes first', async (q, first) => {
    expect((await names({ q }))[0]).toBe(first);
  });

  test.each<[query: Readonly<Record<string, string>>]>([[{ q: 'coffee' }], [{ search: 'twin', limit: '1' }], [{ search: 'twin' }]])(
    'is answered with items of the official API by format=upstream: %j',
    async (query) => {
      const plain = await ask(query);
      const items = (await ask({ ...query, format: 'upstream' })) as unknown as {
        servers: readonly { server: { name: string; version: string }; _meta: object; matched?: unknown }[];
        metadata: unknown;
      };
      expect(plain.servers.length).toBeGreaterThan(0);
      expect(items.metadata).toEqual(plain.metadata);
      expect(items.servers.map(({ server, matched }) => [server.name, matched])).toEqual(
        plain.servers.map(({ name, matched }) => [name, matched]),
      );
      for (const { server: found, _meta } of items.servers) {
        const response = await fetch(`${server.url}/v0.1/servers/${encodeURIComponent(found.name)}/versions/${found.version}`);
        expect(await response.json()).toEqual({ server: found, _meta });
      }
    },
  );

  test('is answered with the words of each server that it is about', async () => {
    const { servers } = await ask({ q: 'brew tea', limit: '2' });
    expect(servers).toMatchObject([
      { name: 'org.example/twin', description: 'Brews coffee and tea', matched: [{ field: 'description', words: ['brews', 'tea'] }] },
      { name: 'com.example/twin', matched: [{ field: 'description', words: ['brews'] }] },
    ]);
  });

  test('is answered with servers in the same words as the list', async () => {
    const { servers } = await ask({});
    for (const { matched, ...found } of (await ask({ q: 'database query' })).servers) {
      expect(matched).not.toEqual([]);
      expect(servers).toContainEqual(found);
    }
  });

  test.each(['zzzzzz', '?!', '\u{1f4a5}', 'the'.repeat(160)])('%j finds nothing', async (q) => {
    expect(await ask({ q })).toMatchObject({ servers: [], metadata: { total: 0 } });
  });

  test('that is empty counts as absent', async () => {
    expect(await ask({ q: '' })).toEqual(await ask({}));
  });

  test('has at most 500 characters, and many words do no harm', async () => {
    expect((await ask({ q: 'github '.repeat(71) })).servers[0]?.name).toBe('github');
    const response = await fetch(`${server.url}/api/v1/servers?q=${'x'.repeat(501)}`);
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
      422,
      'q has 501 characters; at most 500 are allowed',
    ]);
  });
});

describe('filters', () => {
  test.each<[filter: Readonly<Record<string, string>>, holds: (found: Found) => boolean]>([
    [{ tag: 'database' }, ({ tags }) => tags.includes('database')],
    [{ tags: 'database,sql' }, ({ tags }) => tags.includes('database') || tags.includes('sql')],
    [{ tier: 'official' }, ({ tier }) => tier === 'Official'],
    [{ transport: 'stdio' }, ({ transport }) => transport === 'stdio'],
    [{ registry_type: 'remote', tier: 'official' }, ({ tier, transport }) => tier === 'Official' && transport !== 'stdio'],
    [{ search: 'sql' }, ({ name }) => /sql|dolt|click|database|postgres/.test(name)],
  ])('%j', async (filter, holds) => {
    const q = 'query data of a database';
    const all = await names({ q, limit: '100' });
    const { servers, metadata } = await ask({ q, ...filter, limit: '100' });
    expect(servers.filter((found) => !holds(found))).toEqual([]);
    expect([metadata.total, servers.length > 0, servers.length < all.length]).toEqual([servers.length, true, true]);
    // Filters take away, and leave the order as it is.
    const left = servers.map(({ name }) => name);
    expect(left).toEqual(all.filter((name) => left.includes(name)));
  });

  test.each(['', 'coffee'])('by source, with the question %j', async (q) => {
    expect(await names({ q, source: 'others' })).toHaveLength(q === '' ? 3 : 2);
    expect(await names({ q, source: 'others,nothing', search: 'tea' })).toEqual(['org.example/twin']);
    expect(await names({ q, source: 'nothing' })).toEqual([]);
  });

  test('that no server passes', async () => {
    expect(await names({ q: 'database', tag: 'no-such-tag' })).toEqual([]);
    expect(await names({ q: 'database', search: 'no such text' })).toEqual([]);
  });
});

describe('pages', () => {
  async function walk(query: Readonly<Record<string, string>>): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { servers, metadata } = await ask({ ...query, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...servers.map(({ name }) => name));
      cursor = metadata.next_cursor;
    } while (cursor !== undefined);
    return seen;
  }

  test.each<[query: Readonly<Record<string, string>>]>([
    [{ q: 'database' }],
    [{ q: 'database', sort: 'relevance', transport: 'stdio' }],
    [{ q: 'database', sort: 'name' }],
    [{ q: 'database', sort: 'name', search: 'sql' }],
    [{ q: 'database', sort: 'updated' }],
    [{ sort: 'updated', source: 'legacy' }],
    [{ sort: 'updated', search: 'sql' }],
    [{ sort: 'name' }],
    [{ tag: 'database' }],
  ])('of %j have every server once', async (query) => {
    const whole = await names({ ...query, limit: '100' });
    expect(whole.length).toBeGreaterThan(3);
    expect(await walk({ ...query, limit: '3' })).toEqual(whole);
    expect(new Set(whole).size).toBe(whole.length);
  });

  test('have 20 servers by default, and the list without a question has all', async () => {
    const { servers, metadata } = await ask({ q: 'server' });
    expect(servers).toHaveLength(20);
    expect(metadata.total).toBeGreaterThan(20);
    const list = await ask({});
    expect([list.servers.length, list.metadata.next_cursor]).toEqual([list.metadata.total, undefined]);
  });

  test('by name are in the order of the list', async () => {
    const list = await names({});
    const found = await names({ q: 'database query', sort: 'name', limit: '100' });
    expect(found).toEqual(list.filter((name) => found.includes(name)));
  });
});

test('the order of changes begins with the last one; of one moment names are in order', async () => {
  const item = (name: string, updatedAt: string): object => ({
    server: { name, description: 'A database', version: '1.0.0' },
    _meta: {
      'io.modelcontextprotocol.registry/official': { status: 'active', publishedAt: '2025-01-01T00:00:00Z', updatedAt, isLatest: true },
    },
  });
  const days: readonly [name: string, updatedAt: string][] = [
    ['a/old', '2025-02-01T00:00:00Z'],
    ['a/same', '2025-06-01T12:00:00.123456Z'],
    ['b/same', '2025-06-01T12:00:00.123456Z'],
    ['c/a-little-later', '2025-06-01T12:00:00.123457Z'],
    ['d/last', '2026-01-01T00:00:00Z'],
  ];
  await using own = await servingFiles({ official: { servers: days.map(([name, at]) => item(name, at)) } });
  const wanted = ['d/last', 'c/a-little-later', 'a/same', 'b/same', 'a/old'];
  for (const query of ['', 'q=database&', 'search=database&']) {
    const found: string[] = [];
    let cursor = '';
    do {
      const page = (await (await fetch(`${own.url}/api/v1/servers?${query}sort=updated&format=upstream&limit=2${cursor}`)).json()) as {
        servers: readonly { server: { name: string } }[];
        metadata: { total: number; next_cursor?: string };
      };
      expect([query, page.metadata.total]).toEqual([query, wanted.length]);
      found.push(...page.servers.map(({ server: { name } }) => name));
      cursor = page.metadata.next_cursor === undefined ? '' : `&cursor=${page.metadata.next_cursor}`;
    } while (cursor !== '');
    expect([query, found]).toEqual([query, wanted]);
  }
});

describe('facets of a question', () => {
  const facets = async (query: Readonly<Record<string, string>>): Promise<Counts> =>
    (await (await fetch(`${server.url}/api/v1/facets?${new URLSearchParams({ ...query, limit: '1000' }).toString()}`)).json()) as Counts;

  interface Counts {
    readonly total: number;
    readonly facets: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>;
  }

  test.each<[query: Readonly<Record<string, string>>]>([
    [{ q: 'database' }],
    [{ q: 'database', tag: 'sql' }],
    [{ q: 'coffee', source: 'others' }],
    [{ q: 'database', search: 'sql', transport: 'stdio' }],
    [{ source: 'legacy' }],
    [{ q: 'zzzzzz' }],
    [{ q: 'coffee', source: 'nothing' }],
  ])('%j count what the list has', async (query) => {
    const { servers, metadata } = await ask({ ...query, limit: '100' });
    const { total, facets: counts } = await facets(query);
    expect(total).toBe(metadata.total);
    const tags = servers.flatMap((found) => [...new Set(found.tags)]);
    // The first page has all of them.
    if (total <= 100)
      for (const { value, count } of counts['tag'] ?? [])
        expect([value, tags.filter((tag) => tag === value).length]).toEqual([value, count]);
  });
});

test.each<[query: string, status: number, error: string]>([
  ['sort=relevance', 400, 'sort=relevance needs the parameter q, the question that servers are ranked by; add it, or use sort=name'],
  ['q=a&sort=best', 400, 'sort is "best"; use relevance, name or updated'],
  ['q=a&cursor=%20', 400, 'cursor " " is not one of this list; take it from metadata.next_cursor, or leave it out to start over'],
  ['q=a&cursor=YQ', 400, 'the cursor is of a list in another order; repeat q and sort of the previous page, or leave out the cursor'],
  ['cursor=YQoxLjU', 400, 'the cursor is of a list in another order; repeat q and sort of the previous page, or leave out the cursor'],
  ['q=a&limit=0', 422, 'limit is "0"; use a whole number from 1 to 100'],
  ['q=a&limit=101', 422, 'limit is "101"; use a whole number from 1 to 100'],
  ['q=%00', 400, 'q holds a NUL character, which cannot be part of a URL'],
])('?%s: %i', async (query, status, error) => {
  const response = await fetch(`${server.url}/api/v1/servers?${query}`);
  expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, error]);
});

test('answers have a tag, and are not sent again while nothing has changed', async () => {
  const url = `${server.url}/api/v1/servers?q=github`;
  const first = await fetch(url);
  const etag = first.headers.get('etag') ?? '';
  expect((await fetch(url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  expect(await (await fetch(url)).text()).toBe(await first.text());
});
