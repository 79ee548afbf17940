import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import type { Json } from '../json.ts';
import { checkServerJson } from './check.ts';
import { generationOf, KNOWN_GENERATIONS, loadSchemaCheck, schemaUrl } from './generations.ts';

const testdata = new URL('../../testdata/', import.meta.url);

/** Items of a file of testdata that have at least one error, by the first path that is wrong, without numbers. */
async function failing(file: string): Promise<Record<string, number>> {
  const document = JSON.parse(readFileSync(new URL(file, testdata), 'utf8')) as { servers?: []; data?: { servers: [] } } & [];
  const found: Record<string, number> = {};
  for (const item of document.data?.servers ?? document.servers ?? document) {
    const first = (await checkServerJson(item)).issues.find(({ severity }) => severity === 'error');
    if (first === undefined) continue;
    const place = first.path.replaceAll(/\d+/g, 'N');
    found[place] = (found[place] ?? 0) + 1;
  }
  return found;
}

test.each<[string, Record<string, number>]>([
  ['trs-example-upstream-registry.json', {}],
  // `repository: {}`, packages without a version or of version "latest", and arguments of no type that is known.
  [
    'official-registry-dump-2026-02-06.json',
    {
      'repository.url': 145,
      'packages[N].packageArguments[N].type': 2,
      'packages[N].version': 33,
      'packages[N].runtimeArguments[N].type': 1,
    },
  ],
])('real entries: %s', async (file, expected) => {
  expect(await failing(file)).toEqual(expected);
});

test.each([
  [schemaUrl('2025-12-11'), '2025-12-11'],
  [`${schemaUrl('2025-12-11')}#`, '2025-12-11'],
  [schemaUrl('2025-07-09'), '2025-07-09'],
  [schemaUrl('2025-10-11'), '2025-10-11'],
  [`${schemaUrl('2025-12-11')}#/definitions/ServerDetail`, '2025-12-11'],
  [`${schemaUrl('2025-12-11')}#/definitions/Package`, undefined],
  [schemaUrl('2025-01-01'), undefined],
  ['', undefined],
])('%s is generation %s', (url, expected) => {
  expect(generationOf(url)).toBe(expected);
});

test('an unknown generation is refused', async () => {
  await expect(loadSchemaCheck('constructor')).rejects.toThrow(
    'there is no schema of constructor; known are 2025-07-09, 2025-09-16, 2025-09-29, 2025-10-11, 2025-10-17, 2025-12-11',
  );
});

/** Documents with one value of another, at every place in turn. */
function* damaged(document: Json): Generator<Json> {
  for (const value of [null, 1, '', 'x y', {}, [], true]) yield value;
  if (typeof document !== 'object' || document === null) return;
  for (const key of Object.keys(document)) {
    const members = document as Record<string, Json>;
    for (const value of damaged(members[key] ?? null)) {
      yield Array.isArray(document) ? document.with(Number(key), value) : { ...document, [key]: value };
    }
    if (!Array.isArray(document)) yield Object.fromEntries(Object.entries(document).filter(([other]) => other !== key));
  }
}

test.each(KNOWN_GENERATIONS)('%s: the check that stops at the first error agrees with the complete one', async (date) => {
  const check = await loadSchemaCheck(date);
  const document = JSON.parse(readFileSync(new URL('official-registry-dump-2026-02-06.json', testdata), 'utf8')) as
    { readonly server: Json }[] | { readonly servers: { readonly server: Json }[] };
  const items = 'servers' in document ? document.servers : document;
  const outcomes = new Set<boolean>();
  for (const { server } of items.filter((_, index) => index % 100 === 0)) {
    for (const one of [server, ...damaged(server)]) {
      const valid = check.isValid(one);
      outcomes.add(valid);
      if (valid !== (check.errorsOf(one).length === 0)) throw new Error(`they disagree about ${JSON.stringify(one)}`);
    }
  }
  expect(outcomes.size).toBe(2);
});

test.each(readdirSync(new URL('./', import.meta.url)).filter((name) => name.endsWith('.generated.ts')))('%s imports nothing', (name) => {
  expect(readFileSync(new URL(name, import.meta.url), 'utf8')).not.toMatch(/^\s*import\b|= require\("/m);
});

test('a long text is checked in linear time', async () => {
  // With a pattern that tries again from every place this takes a minute; the limit of the test is five seconds.
  const long = `http://${'a'.repeat(300_000)} `;
  const { issues } = await checkServerJson({
    name: 'a/b',
    description: 'd',
    version: '1',
    websiteUrl: long,
    remotes: [{ type: 'sse', url: long }],
  });
  expect(issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['websiteUrl']));
});
