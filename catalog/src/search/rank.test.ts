import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { restoreSnapshot } from '../build/restore.ts';
import type { JsonObject } from '../json.ts';
import { labelOf } from '../entry/labels.ts';
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import { draft, json, snapshotOf } from '../testing.ts';
import type { RankQuery } from '../snapshot/ranked.ts';

interface Facts {
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly tools?: readonly string[];
  readonly definitions?: readonly { readonly name: string; readonly description: string }[];
  readonly package?: string;
  readonly version?: string;
}

function server(name: string, facts: Facts): JsonObject & { readonly name: string } {
  const { title, description = 'What it does', tags = [], tools = [], definitions = [], version = '1.0.0' } = facts;
  const identifier = facts.package ?? 'example.com/image:1';
  const extension = { tags: [...tags], tools: [...tools], tool_definitions: definitions.map((one) => ({ ...one })) };
  return {
    name,
    ...(title === undefined ? {} : { title }),
    description,
    version,
    packages: [{ registryType: 'oci', identifier, transport: { type: 'stdio' } }],
    _meta: { 'io.modelcontextprotocol.registry/publisher-provided': { 'io.github.stacklok': { [identifier]: extension } } },
  };
}

function catalogOf(servers: readonly JsonObject[]): Snapshot {
  return snapshotOf([draft('s', json(servers))]);
}

const SERVERS = [
  server('io.github.example/weather', { description: 'Forecasts for any place', tools: ['get_forecast'], tags: ['weather', 'maps'] }),
  server('io.github.example/mailer', { title: 'Post Office', description: 'Sends emails', tools: ['sendEmail', 'list_drafts'] }),
  server('com.example/db', { description: 'Queries Postgres databases', package: 'ghcr.io/example/pg-bridge:2.1.0' }),
  server('com.example/files', { definitions: [{ name: 'read_file', description: 'Reads one document from the disk' }] }),
  server('com.example/tokyo', { title: '天気予報サーバー', description: '東京の天気を調べます' }),
  server('com.example/cafe', { description: 'Réservations au café' }),
  server('org.example/postgres', { description: 'Postgres, the database' }),
  server('org.example/many', { description: 'weather weather weather and much more about many other things, postgres among them' }),
];
const catalog = catalogOf(SERVERS);

function found(question: string, query: Partial<RankQuery> = {}, snapshot = catalog): string[] {
  const { hits } = snapshot.rank({ question, limit: 20, order: 'relevance', ...query });
  return hits.map(({ row }) => snapshot.keyAt(row).name);
}

function why(question: string, name: string): unknown {
  const { hits } = catalog.rank({ question, limit: 20, order: 'relevance' });
  return hits.find(({ row }) => catalog.keyAt(row).name === name)?.matched;
}

test('a rare word that only unwanted rows have hides nothing', () => {
  const many = Array.from({ length: 60 }, (_, place) => server(`com.example/s${place}`, { description: 'Reads issues', tags: ['wanted'] }));
  const snapshot = catalogOf([...many, server('com.example/other', { description: 'A tracker', tags: ['other'] })]);
  const labels = [[labelOf('tag', 'wanted')]];
  const question = 'issue tracker';
  expect(snapshot.rank({ question, limit: 5, order: 'relevance', labels }).total).toBe(60);
  expect(snapshot.rank({ question, limit: 100, order: 'relevance' }).hits.map(({ row }) => snapshot.keyAt(row).name)[0]).toBe(
    'com.example/other',
  );
});

describe('what is found, the best first', () => {
  test.each<[what: string, question: string, names: string[]]>([
    ['a name before a description', 'weather', ['io.github.example/weather', 'org.example/many']],
    ['all words before some', 'postgres queries', ['com.example/db', 'org.example/postgres', 'org.example/many']],
    ['a title', 'post office', ['io.github.example/mailer', 'org.example/postgres', 'com.example/db', 'org.example/many']],
    ['a tool by its whole name', 'sendEmail', ['io.github.example/mailer']],
    ['a tool by its words', 'send email', ['io.github.example/mailer']],
    ['a tool in another spelling', 'get-forecast', ['io.github.example/weather']],
    ["a tool's description", 'document', ['com.example/files']],
    ['a tag', 'maps', ['io.github.example/weather']],
    ['a package, without its host and version', 'pg-bridge', ['com.example/db']],
    ['a package as it is written', 'ghcr.io/example/pg-bridge:2.1.0', ['com.example/db']],
    ['plurals and other forms', 'forecasting email', ['io.github.example/weather', 'io.github.example/mailer']],
    ['the beginning of a word', 'forec', ['io.github.example/weather']],
    ['a letter too few', 'forcast', ['io.github.example/weather']],
    ['a letter too many', 'emaiil', ['io.github.example/mailer']],
    ['another letter', 'wezther', ['io.github.example/weather', 'org.example/many']],
    ["two letters in each other's place", 'pgosters', []],
    ["neighbors in each other's place", 'psotgres', ['org.example/postgres', 'com.example/db', 'org.example/many']],
    ['a slip in the first letter', 'qostgres', ['org.example/postgres', 'com.example/db', 'org.example/many']],
    ['no slip in words of three letters', 'maqs', ['io.github.example/weather']],
    ['upper case', 'WEATHER', ['io.github.example/weather', 'org.example/many']],
    ['small words left out', 'how do I get the weather', ['io.github.example/weather', 'org.example/many']],
    ['a word with accents', 'café', ['com.example/cafe']],
    ['a part of what has no spaces', '天気', ['com.example/tokyo']],
    ['nothing', 'zzzzzz', []],
    ['nothing of what has no word', ' ?! … ', []],
    ['nothing of words that only a namespace has', 'stacklok', []],
    ['lone surrogates and control characters', '\ud800\u0000\u0007', []],
    ['words of JavaScript', '__proto__ constructor toString', []],
  ])('%s: %s', (_what, question, names) => {
    expect(found(question)).toEqual(names);
  });

  test('a server with the full name comes first, whatever else has its words', () => {
    for (const { name } of SERVERS) expect(found(name)[0]).toBe(name);
  });

  test('a word that everything has finds everything by itself, and adds nothing to another one', () => {
    const servers = Array.from({ length: 60 }, (_, index) =>
      server(`com.example/s${index}`, { description: `A server of kind k${index}` }),
    );
    const snapshot = catalogOf(servers);
    expect(found('server', { limit: 100 }, snapshot)).toHaveLength(60);
    expect(found('server k7', { limit: 100 }, snapshot)).toEqual(['com.example/s7']);
  });

  test('only the latest versions', () => {
    const versions = ['1.0.0', '2.0.0'].map((version) => server('a/b', { description: `apples ${version}`, version }));
    const snapshot = catalogOf([...versions, server('a/c', { description: 'apples' })]);
    expect(found('apples', {}, snapshot)).toEqual(['a/c', 'a/b']);
    const { hits } = snapshot.rank({ question: 'apples', limit: 5, order: 'relevance' });
    expect(hits.map(({ row }) => snapshot.keyAt(row).version)).toEqual(['1.0.0', '2.0.0']);
  });
});

describe('why', () => {
  test.each<[question: string, name: string, matched: object[]]>([
    [
      'weather forecast',
      'io.github.example/weather',
      [
        { field: 'name', words: ['weather'] },
        { field: 'tag', words: ['weather'] },
        { field: 'tool', words: ['forecast'] },
        { field: 'description', words: ['forecasts'] },
      ],
    ],
    ['forcast', 'io.github.example/weather', [{ field: 'tool', words: ['forecast'] }]],
    ['docu', 'com.example/files', [{ field: 'tool_description', words: ['document'] }]],
    ['bridge', 'com.example/db', [{ field: 'package', words: ['bridge'] }]],
    [
      '天気',
      'com.example/tokyo',
      [
        { field: 'title', words: ['天気予報サーバー'] },
        { field: 'description', words: ['東京の天気を調べます'] },
      ],
    ],
  ])('%s: %s', (question, name, matched) => {
    expect(why(question, name)).toEqual(matched);
  });
});

describe('order and pages', () => {
  const names = SERVERS.map(({ name }) => name).sort();

  test('pages by relevance and by name have every answer once, whatever their length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('weather postgres', 'e', 'example', 'po ex', '天気'),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('relevance' as const, 'name' as const),
        (question, limit, order) => {
          const whole = catalog.rank({ question, order, limit: 100 });
          const seen: number[] = [];
          let after: RankQuery['after'];
          do {
            const page = catalog.rank({ question, order, limit, after });
            expect(page.total).toBe(whole.total);
            seen.push(...page.hits.map(({ row }) => row));
            after = page.next;
          } while (after !== undefined);
          expect(seen).toEqual(whole.hits.map(({ row }) => row));
        },
      ),
    );
  });

  test('by name the order is that of the list', () => {
    const byName = found('weather postgres email', { order: 'name' });
    expect(byName).toEqual(names.filter((name) => byName.includes(name)));
    expect(byName.length).toBeGreaterThan(3);
  });

  test('equally good ones are ordered by name', () => {
    const same = ['c/x', 'a/x', 'b/x'].map((name) => server(name, { description: 'apples' }));
    expect(found('apples', {}, catalogOf(same))).toEqual(['a/x', 'b/x', 'c/x']);
  });

  test('the same question gives the same answer, before and after others, in a copy and in a restored snapshot', () => {
    const questions = ['weather', 'postgrse', 'emails of the post office', '天気', 'zzz', 'e'];
    const answers = questions.map((question) => catalog.rank({ question, limit: 5, order: 'relevance' }));
    for (const snapshot of [catalog, openSnapshot(new Uint8Array(catalog.block), { verify: true })]) {
      expect(questions.map((question) => snapshot.rank({ question, limit: 5, order: 'relevance' }))).toEqual(answers);
    }
    const now = Date.UTC(2026, 5, 1);
    const block = restoreSnapshot({ stored: catalog, filtersOf: () => [], previous: catalogOf(SERVERS.slice(1)), now });
    const restored = openSnapshot(block, { verify: true });
    expect(questions.map((question) => found(question, {}, restored))).toEqual(questions.map((question) => found(question)));
  });
});

test('filters: an answer has to pass all of them', () => {
  expect(found('weather', { labels: [['tag:maps']] })).toEqual(['io.github.example/weather']);
  expect(found('weather', { labels: [['tag:none']] })).toEqual([]);
  expect(found('weather', { search: 'many' })).toEqual(['org.example/many']);
  expect(found('weather', { search: 'zzz' })).toEqual([]);
  expect(found('weather', { search: 'many', labels: [['tag:weather', 'tag:x']] })).toEqual([]);
});

test('one typo is found wherever it is', () => {
  const words = ['elephant', 'kubernetes', 'mail', 'postgresql', 'übermut'];
  const snapshot = catalogOf(words.map((word, index) => server(`a/s${index}`, { description: `the ${word} one` })));
  const slip = fc.constantFrom(...[...words.keys()].slice(0, 4)).chain((index) => {
    const word = words[index] ?? '';
    return fc.record({
      index: fc.constant(index),
      at: fc.integer({ min: 0, max: word.length - 2 }),
      kind: fc.constantFrom('less', 'more', 'other', 'swap'),
      letter: fc.constantFrom('q', 'x', '7'),
    });
  });
  fc.assert(
    fc.property(slip, ({ index, at, kind, letter }) => {
      const word = words[index] ?? '';
      const [before, here, next, rest] = [word.slice(0, at), word[at] ?? '', word[at + 1] ?? '', word.slice(at + 2)];
      const kinds: Record<string, string> = {
        less: before + next + rest,
        more: before + letter + here + next + rest,
        other: before + letter + next + rest,
        swap: before + next + here + rest,
      };
      const asked = kinds[kind] ?? '';
      if (asked.length >= 4) expect(found(asked, {}, snapshot)).toContain(`a/s${index}`);
    }),
    { numRuns: 300 },
  );
});

test('no question is too much for it', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 500 }),
    fc
      .array(fc.constantFrom('weather', 'the', 'e', 'po', 'a/b', '@x/', '.', 'ex', '天', 'postgers'), { maxLength: 120 })
      .map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(hostile, (question) => {
      const { hits, total } = catalog.rank({ question, limit: 3, order: 'relevance' });
      expect(hits.length).toBe(Math.min(total, 3));
      for (const { matched } of hits) expect(matched).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});
