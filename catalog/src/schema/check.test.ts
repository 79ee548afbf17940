import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { checkServerJson } from './check.ts';
import { generationOf, loadSchemaCheck, NEWEST_GENERATION, schemaUrl } from './generations.ts';

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
  // `repository: {}`, a package of version "latest", and arguments of no type that is known.
  [
    'official-registry-dump-2026-02-06.json',
    {
      'repository.url': 145,
      'packages[N].packageArguments[N].type': 2,
      'packages[N].version': 5,
      'packages[N].runtimeArguments[N].type': 1,
    },
  ],
])('real entries: %s', async (file, expected) => {
  expect(await failing(file)).toEqual(expected);
});

test.each([
  [schemaUrl('2025-12-11'), '2025-12-11'],
  [`${schemaUrl('2025-12-11')}#`, '2025-12-11'],
  [schemaUrl('2025-07-09'), undefined],
  ['', undefined],
])('%s is generation %s', (url, expected) => {
  expect(generationOf(url)).toBe(expected);
});

test('the newest generation is known, another one is refused', async () => {
  expect((await loadSchemaCheck(NEWEST_GENERATION))({})).toHaveLength(3);
  await expect(loadSchemaCheck('constructor')).rejects.toThrow('there is no schema of constructor; known are 2025-12-11');
});

test('a generated module imports nothing', () => {
  const source = readFileSync(new URL('2025-12-11.generated.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/^\s*import\b|= require\("/m);
});

test('a long text is checked in one go', async () => {
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
