import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { openSnapshot, type FilterRules } from '@toolhive-registry/catalog';
import { NOTHING_SERVED, temporaryFolder, type Folder } from '../../testing.ts';
import type { SourceRules } from '../../config/plan.ts';
import { runBuildJob, type BuildOutcome } from './build-job.ts';
import type { Candidate } from './candidates.ts';

const LENIENT = { format: 'auto', validation: 'lenient' } as const;

/** Runs a job over sources that are given as the contents of their candidates; all but the first were good before. */
async function run(
  folder: Folder,
  sources: Record<string, unknown[]>,
  options: Partial<Omit<SourceRules, 'filter'>> & { hash?: string; filter?: FilterRules; registryFilter?: FilterRules } = {},
): Promise<BuildOutcome> {
  const { registryFilter, hash, ...rules } = options;
  const job = Object.entries(sources).map(async ([name, contents]) => {
    const candidates = contents.map(async (content, index): Promise<Candidate> => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      return { path: await folder.write(`${name}.${index}`, text), fallback: index > 0, hash };
    });
    return { ...LENIENT, ...rules, name, rulesHash: '', candidates: await Promise.all(candidates) };
  });
  return runBuildJob(
    {
      registry: { name: 'r', namespace: 'n' },
      filter: registryFilter,
      sources: await Promise.all(job),
      now: 0,
    },
    NOTHING_SERVED,
  );
}

function served({ block }: BuildOutcome): string[] | undefined {
  if (block === undefined) return undefined;
  const { items } = openSnapshot(block, { verify: true }).list({ limit: 100 });
  const list = JSON.parse(`[${Buffer.concat(items).toString()}]`) as { server: { name: string; version: string } }[];
  return list.map(({ server }) => server.name);
}

function server(name: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { name, version: '1.0.0', description: `What ${name} does`, ...fields };
}

const BAD = { name: 'bad/one', version: '1' };

test('a broken source falls back on what it had and harms no other', async () => {
  await using folder = await temporaryFolder();
  const outcome = await run(folder, { broken: ['{', [server('a/b')]], gone: ['?'], good: [[server('c/d')]] });
  expect(served(outcome)).toEqual(['a/b', 'c/d']);
  expect(outcome.reports).toMatchObject([
    { name: 'broken', used: 1, refusal: { reason: 'DataInvalid', message: expect.stringContaining('not valid JSON') } },
    {
      name: 'gone',
      refusal: { reason: 'DataInvalid', message: expect.stringContaining('not valid JSON') },
    },
    { name: 'good', used: 0 },
  ]);
  expect(outcome.reports[1]?.used).toBeUndefined();
  expect(outcome.reports[2]?.refusal).toBeUndefined();
});

test('without a usable source there is no snapshot', async () => {
  await using folder = await temporaryFolder();
  const outcome = await run(folder, { a: ['?'] });
  expect(outcome.block).toBeUndefined();
  expect(outcome.reports[0]?.refusal?.message).toContain('not valid JSON');
});

test.each<[string, unknown[], string[]]>([
  ['a missing description', [{ name: 'a/b', version: '1' }, server('c/d')], []],
  ['a name with a space', [server('a b'), server('c/d')], []],
  ['a version called latest', [server('a/b', { version: 'latest' }), server('c/d')], []],
  ['an empty repository', [server('a/b', { repository: {} }), server('c/d')], ['repaired', 'schema']],
  ['an entry that breaks the schema', [server('a/b', { packages: 7 }), server('c/d')], ['schema']],
  ['a name that is a path', [server('../../a'), server('c/d')], ['name']],
])('strict and lenient: %s', async (_, file, servedWith) => {
  await using folder = await temporaryFolder();
  const lenient = await run(folder, { a: [file] });
  const { first, counts } = lenient.reports[0]?.found ?? {};
  expect(first?.filter((finding) => finding.served).map(({ rule }) => rule)).toEqual(servedWith);
  expect(counts?.leftOut).toBe(servedWith.length > 0 ? 0 : 1);
  expect(served(lenient)).toHaveLength(servedWith.length > 0 ? 2 : 1);
  const strict = await run(folder, { a: [file] }, { validation: 'strict' });
  expect(served(strict)).toEqual(servedWith.length > 0 ? served(lenient) : undefined);
});

test.each<[string, number, number]>([
  ['repaired ones before it', 2000, 2001],
  ['nothing before it', 0, 1],
])('strict finds the one bad entry: %s', async (_, before, count) => {
  await using folder = await temporaryFolder();
  const items = Array.from({ length: before }, (_item, index) => server(`a/b${index}`, { repository: {} }));
  const file = [...items, BAD, server('good/one')];
  const [lenient] = (await run(folder, { a: [file] })).reports;
  expect(lenient?.found).toMatchObject({ counts: { leftOut: 1, repaired: count - 1 } });
  expect(lenient?.found?.first[0]).toMatchObject({ entry: 'bad/one' });
  const [strict] = (await run(folder, { a: [file] }, { validation: 'strict' })).reports;
  expect(strict?.refusal?.message).toContain('bad/one/description is refused');
});

test('what was good before is read in any format and not judged again', async () => {
  await using folder = await temporaryFolder();
  const outcome = await run(folder, { a: ['{', [BAD, server('a/b')]] }, { validation: 'strict', format: 'toolhive' });
  expect(served(outcome)).toEqual(['a/b']);
  expect(outcome.reports).toMatchObject([
    { used: 1, refusal: { reason: 'DataInvalid', message: expect.stringContaining('not valid JSON') }, found: { counts: { leftOut: 1 } } },
  ]);
});

test('new data without a usable entry are refused, and what was good is served', async () => {
  await using folder = await temporaryFolder();
  const outcome = await run(folder, { a: [[BAD], [server('a/b')]] });
  expect(served(outcome)).toEqual(['a/b']);
  expect(outcome.reports).toMatchObject([
    { used: 1, refusal: { reason: 'DataInvalid', message: expect.stringContaining('no entry of the catalog can be used') } },
  ]);
});

test('an entry nested too deeply is left out and touches nothing else', async () => {
  await using folder = await temporaryFolder();
  const deep = `{"name":"a/deep","version":"1","description":"d","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const outcome = await run(folder, { a: [`[${deep},${JSON.stringify(server('a/b'))}]`], b: [[server('c/d')]] });
  expect(served(outcome)).toEqual(['a/b', 'c/d']);
  expect(outcome.reports[0]).toMatchObject({
    found: { first: [{ entry: 'a/deep', rule: 'invalid', served: false }], counts: { leftOut: 1 } },
  });
});

test('filters of the registry and of the source must both pass', async () => {
  await using folder = await temporaryFolder();
  const filters = { registryFilter: { names: { include: ['a/*'] } }, filter: { names: { exclude: ['*/c'] } } };
  const outcome = await run(folder, { s: [[server('a/b'), server('a/c'), server('d/e')]] }, filters);
  expect(served(outcome)).toEqual(['a/b']);
  expect(outcome.reports[0]?.found?.filtered).toBe(2);
});

test('a shadowed name is among the findings and not left out', async () => {
  await using folder = await temporaryFolder();
  const outcome = await run(folder, { first: [[server('a/b')]], second: [[server('a/b'), server('c/d')]] });
  expect(served(outcome)).toEqual(['a/b', 'c/d']);
  expect(outcome.reports[1]).toMatchObject({
    found: { first: [{ entry: 'a/b', rule: 'shadowed' }], counts: { leftOut: 0, shadowed: 1, repaired: 0 } },
  });
});

test('the hash that came with a candidate is taken over, one that did not is worked out', async () => {
  await using folder = await temporaryFolder();
  const given = await run(folder, { a: [[server('a/b')]] }, { hash: 'known' });
  const computed = await run(folder, { a: ['[]'] });
  expect(given.reports[0]?.hash).toBe('known');
  expect(computed.reports[0]?.hash).toBe(createHash('sha256').update('[]').digest('hex'));
});
