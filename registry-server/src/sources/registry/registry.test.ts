import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { httpHost, reply, type Host } from '../../outbound/testing.ts';
import type { Source } from '../contract.ts';
import { askSource, COMMON, surroundingsOf, validatorOf } from '../testing.ts';
import { FULL_PASS_MS, registryTypeWith } from './registry.ts';
import { askedForServers, item, namesIn, officialApi, type Item } from './testing.ts';

/** A source that is asked by the test, and goes on from what it saved last. */
class Mirror implements AsyncDisposable {
  readonly slept: number[] = [];
  now = Date.UTC(2026, 0, 2);
  readonly #source: Source;
  readonly #host: Host;
  #known: string | undefined;
  #saved: string | undefined;

  constructor(host: Host, path = '') {
    const type = registryTypeWith({
      clock: () => this.now,
      sleep: (ms) => {
        this.slept.push(ms);
        return Promise.resolve();
      },
    });
    this.#host = host;
    this.#source = type.create({ ...COMMON, type: 'registry', registry: { endpoint: `${host.url}${path}` } }, surroundingsOf());
  }

  /** What a pass saves; undefined: nothing is new. `lost`: the data before are gone from the disk. */
  async pass({ lost = false } = {}): Promise<string[] | undefined> {
    this.#host.requests.length = 0;
    const before = lost ? undefined : this.#saved;
    const previous = (): Promise<AsyncIterable<Uint8Array> | undefined> =>
      Promise.resolve(before === undefined ? undefined : bytes(before));
    const { answer, saved } = await askSource(this.#source, this.#known === undefined ? {} : { known: this.#known, previous });
    if (answer.unchanged) return undefined;
    this.#known = validatorOf(answer);
    this.#saved = saved;
    return namesIn(saved);
  }

  /** Parameters of the requests of the last pass. */
  get requests(): string[] {
    return askedForServers(this.#host);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source.close?.();
  }
}

/** In pieces that end anywhere. */
async function* bytes(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  const all = Buffer.from(text);
  for (let start = 0; start < all.length; start += 37) {
    await Promise.resolve();
    yield all.subarray(start, start + 37);
  }
}

const LIST = '/v0.1/servers?limit=100&include_deleted=true';

describe('a full pass reads everything', () => {
  test('in pages, with the cursor encoded', async () => {
    await using host = await httpHost(officialApi(() => ['a', 'b', 'c', 'd', 'e'].map((name) => item(name)), { pageSize: 2 }));
    await using mirror = new Mirror(host);
    expect(await mirror.pass()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(mirror.requests).toEqual([LIST, `${LIST}&cursor=after+%2B2`, `${LIST}&cursor=after+%2B4`]);
  });

  test.each([
    ['', '/v0.1'],
    ['/', '/v0'],
    ['/v0', '/v0'],
    ['/v0.1', '/v0.1'],
    ['/registry/team', '/registry/team/v0.1'],
    ['/registry/team/', '/registry/team/v0'],
  ])('from an endpoint "%s" whose API is at %s', async (path, base) => {
    await using host = await httpHost(officialApi(() => [item('a')], { base }));
    await using mirror = new Mirror(host, path);
    expect(await mirror.pass()).toEqual(['a']);
  });

  test('when nothing is listed', async () => {
    await using host = await httpHost(officialApi(() => []));
    await using mirror = new Mirror(host);
    expect(await mirror.pass()).toEqual([]);
  });

  test('though the registry limits how often it is asked', async () => {
    let refusals = 3;
    const api = officialApi(() => ['a', 'b', 'c'].map((name) => item(name)), { pageSize: 1 });
    await using host = await httpHost((req, res) => {
      if (req.url?.includes('cursor') !== true || refusals === 0) return api(req, res);
      refusals -= 1;
      return reply(res, 429, '', refusals === 0 ? { 'retry-after': '7' } : {});
    });
    await using mirror = new Mirror(host);
    expect(await mirror.pass()).toEqual(['a', 'b', 'c']);
    expect(mirror.slept).toEqual([2_000, 2_000, 7_000]);
  });
});

describe('an incremental pass reads changes only', () => {
  const since = (time: string): string => `${LIST}&updated_since=2026-01-01T${encodeURIComponent(time)}Z`;

  test('with one request when there are none', async () => {
    await using host = await httpHost(officialApi(() => [item('a', 1), item('b', 33), item('c', 32)]));
    await using mirror = new Mirror(host);
    await mirror.pass();
    expect(await mirror.pass()).toBeUndefined();
    // Ten seconds before the newest.
    expect(mirror.requests).toEqual([since('00:00:23.123')]);
  });

  test('those as well that come with the time of the newest, or a little before it', async () => {
    let items = [item('a', 1), item('b', 30)];
    await using host = await httpHost(officialApi(() => items));
    await using mirror = new Mirror(host);
    await mirror.pass();
    items = [...items, item('c', 30)];
    expect(await mirror.pass()).toEqual(['a', 'b', 'c']);
    items = [...items, item('d', 25)];
    expect(await mirror.pass()).toEqual(['a', 'b', 'c', 'd']);
    expect(await mirror.pass()).toBeUndefined();
  });

  test('though an entry says that it is of the future', async () => {
    const future = {
      ...item('f'),
      _meta: { 'io.modelcontextprotocol.registry/official': { status: 'active', updatedAt: '2099-01-01T00:00:00Z' } },
    };
    let items = [item('a', 30), future];
    await using host = await httpHost(officialApi(() => items));
    await using mirror = new Mirror(host);
    await mirror.pass();
    expect(await mirror.pass()).toBeUndefined();
    items = [item('a', 40, { status: 'deleted' }), future, item('b', 41)];
    expect(await mirror.pass()).toEqual(['a deleted', 'f', 'b']);
    expect(await mirror.pass()).toBeUndefined();
    // The mark has moved on.
    expect(mirror.requests).toEqual([since('00:00:31.123')]);
  });

  test('of a registry that was filled at one moment, without asking for all of it each time', async () => {
    let items = Array.from({ length: 150 }, (_, index) => item(`a${index}`, 30));
    await using host = await httpHost(officialApi(() => items));
    await using mirror = new Mirror(host);
    await mirror.pass();
    expect(await mirror.pass()).toBeUndefined();
    expect(mirror.requests).toEqual([since('00:00:30.123456')]);
    items = [...items, item('b', 31)];
    expect(await mirror.pass()).toHaveLength(151);
    expect(await mirror.pass()).toBeUndefined();
    expect(mirror.requests).toEqual([since('00:00:30.123456')]);
  });

  test('what changed is replaced in its place, what is new comes behind, what was deleted is listed as such', async () => {
    let items = [item('a', 1), item('b', 2), item('c', 3)];
    await using host = await httpHost(officialApi(() => items, { pageSize: 2 }));
    await using mirror = new Mirror(host);
    await mirror.pass();
    items = [item('a', 1), item('b', 5, { status: 'deleted' }), item('bb', 6), item('c', 7, { status: 'deprecated' })];
    expect(await mirror.pass()).toEqual(['a', 'b deleted', 'c deprecated', 'bb']);
    expect(await mirror.pass()).toBeUndefined();
    expect(mirror.requests.every((request) => request.includes('updated_since='))).toBe(true);
    items = [...items, item('b', 8, { version: '2.0.0' })];
    expect(await mirror.pass()).toEqual(['a', 'b deleted', 'c deprecated', 'bb', 'b']);
  });

  test('until a full pass is due, which finds what was removed silently', async () => {
    let items = [item('a', 1), item('b', 32)];
    await using host = await httpHost(officialApi(() => items));
    await using mirror = new Mirror(host);
    await mirror.pass();
    items = [item('b', 32)];
    mirror.now += FULL_PASS_MS - 1;
    expect(await mirror.pass()).toBeUndefined();
    mirror.now += 1;
    expect(await mirror.pass()).toEqual(['b']);
  });

  const timeless: Item = { ...item('b'), _meta: {} };
  test.each<[string, Item[], Item[], { incremental?: boolean; lost?: boolean }]>([
    [
      'the registry does not know of updated_since',
      [item('a', 1), item('b', 40)],
      [item('a', 1), item('b', 40), item('c', 41)],
      { incremental: false },
    ],
    ['an entry of the last seconds was removed without a word', [item('a', 1), item('b', 2)], [item('b', 2)], {}],
    ['an entry did not say when it changed', [item('a', 1), timeless], [item('a', 1), timeless, item('c', 9)], {}],
    ['an entry that is new does not', [item('a', 1)], [item('a', 1), timeless], {}],
    ['the data before are lost', [item('a', 1)], [item('a', 1), item('b', 9)], { lost: true }],
  ])('falls back to a full pass when %s', async (_, first, later, { incremental = true, lost = false }) => {
    let items = first;
    await using host = await httpHost(officialApi(() => items, { incremental }));
    await using mirror = new Mirror(host);
    await mirror.pass();
    items = later;
    expect(await mirror.pass({ lost })).toEqual(later.map(({ server }) => server.name.replace('io.test/', '')));
    expect(mirror.requests.at(-1)).toBe(LIST);
  });

  test('a registry that does not answer such questions any more is read as a whole', async () => {
    let isStrict = false;
    const api = officialApi(() => [item('a', 1)]);
    await using host = await httpHost((req, res) =>
      isStrict && req.url?.includes('updated_since') === true ? reply(res, 422) : api(req, res),
    );
    await using mirror = new Mirror(host);
    await mirror.pass();
    isStrict = true;
    expect(await mirror.pass()).toEqual(['a']);
  });
});

describe('a tag', () => {
  test('that every page has is that of the registry: one conditional request tells that nothing changed', async () => {
    let items = [item('a'), item('b'), item('c')];
    await using host = await httpHost(officialApi(() => items, { pageSize: 2, etag: () => `"${items.length}"` }));
    await using mirror = new Mirror(host);
    await mirror.pass();
    expect(await mirror.pass()).toBeUndefined();
    expect(mirror.requests).toEqual([LIST]);
    // Removed silently, and seen at once.
    items = [item('a'), item('b')];
    expect(await mirror.pass()).toEqual(['a', 'b']);
  });

  test('that differs by the encoding of pages only is that of the registry', async () => {
    const items = [item('a'), item('b'), item('c')];
    const etag = (start: number): string => (start === 0 ? '"3-gzip"' : '"3"');
    await using host = await httpHost(officialApi(() => items, { pageSize: 2, etag }));
    await using mirror = new Mirror(host);
    await mirror.pass();
    expect(await mirror.pass()).toBeUndefined();
    expect(mirror.requests).toEqual([LIST]);
  });

  test('that is another one for each page says nothing of the registry', async () => {
    let items = [item('a', 1), item('b', 2), item('c', 3)];
    await using host = await httpHost(officialApi(() => items, { pageSize: 2, etag: (cursor) => `"page ${cursor}"` }));
    await using mirror = new Mirror(host);
    await mirror.pass();
    items = [...items, item('d', 4)];
    expect(await mirror.pass()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('refuses a response that is not a registry, or a hostile one', () => {
  const json =
    (value: unknown): RequestListener =>
    (_, res) =>
      reply(res, 200, JSON.stringify(value), { 'content-type': 'application/json' });
  let page = 0;
  test.each<[string, RequestListener, object]>([
    [
      'nothing there',
      (_, res) => reply(res, 404),
      {
        reason: 'SourceNotFound',
        message: expect.stringMatching(/^no registry API found at .*v0.1\/servers, .*v0\/info, .*v0\/servers; correct registry.endpoint$/),
      },
    ],
    [
      'a page for people',
      (_, res) => reply(res, 200, '<p>canary</p>', { 'content-type': 'text/html' }),
      {
        reason: 'SourceUnreadable',
        message: expect.stringMatching(/v0.1\/servers did not return JSON \(text\/html\); correct registry.endpoint$/),
      },
    ],
    ['no JSON', (_, res) => reply(res, 200, '{"servers": [canary'), { reason: 'SourceUnreadable' }],
    ['no list', json({ servers: {} }), { reason: 'SourceUnreadable', message: expect.stringContaining('without a "servers" list') }],
    ['a number', json(7), { reason: 'SourceUnreadable' }],
    ['a fault', (_, res) => reply(res, 500), { reason: 'SourceUnreachable' }],
    [
      'a cursor that comes again',
      json({ servers: [], metadata: { nextCursor: 'x' } }),
      { reason: 'SourceUnreadable', message: expect.stringContaining('repeats a cursor') },
    ],
    [
      'a cursor that is none',
      json({ servers: [], metadata: { nextCursor: { $gt: '' } } }),
      { reason: 'SourceUnreadable', message: expect.stringContaining('a cursor that is not a string') },
    ],
    [
      'pages without end',
      (req, res) => json({ servers: [], metadata: { nextCursor: String((page += 1)) } })(req, res),
      { reason: 'SourceTooLarge', message: expect.stringContaining('more than 5000 pages') },
    ],
    [
      'entries without end',
      (req, res) => json({ servers: Array.from({ length: 9_000 }, () => 0), metadata: { nextCursor: String((page += 1)) } })(req, res),
      { reason: 'SourceTooLarge', message: expect.stringContaining('more than 100000 entries') },
    ],
    [
      'a page without end',
      (_, res) => reply(res, 200, `{"servers":["${'x'.repeat(9_000_000)}"]}`),
      { reason: 'SourceTooLarge', message: expect.stringContaining('more than 8388608 bytes') },
    ],
    ['an answer that it has the tag already', (_, res) => reply(res, 304), { reason: 'SourceUnreadable' }],
  ])('%s', async (_, listener, failure) => {
    await using host = await httpHost(listener);
    await using mirror = new Mirror(host, '/');
    const passing = mirror.pass();
    await expect(passing).rejects.toMatchObject(failure);
    await expect(passing).rejects.not.toThrow('canary');
  });

  test('keys such as __proto__ are data, and stay', async () => {
    await using host = await httpHost((_, res) => reply(res, 200, '{"servers":[{"server":{"__proto__":{"x":1}},"_meta":{}}]}'));
    const type = registryTypeWith({ clock: Date.now, sleep: () => Promise.resolve() });
    const source = type.create({ ...COMMON, type: 'registry', registry: { endpoint: `${host.url}/v0.1` } }, surroundingsOf());
    expect((await askSource(source)).saved).toContain('{"server":{"__proto__":{"x":1}},"_meta":{}}');
    await source.close?.();
  });
});
