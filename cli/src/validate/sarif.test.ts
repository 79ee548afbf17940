import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { RULES, type RuleId } from './rules.ts';
import { sarifReport } from './sarif.ts';
import { checked, FILES } from './testing.ts';

interface Result {
  readonly ruleId: RuleId;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

interface Log {
  readonly runs: [{ readonly tool: { driver: { rules: { id: string }[] } }; readonly results: Result[] }];
}

/** SARIF's schema is of draft 4: of what has another meaning by now it has nothing but `id`. */
const {
  id: _id,
  $schema: _draft,
  ...schema
} = JSON.parse(readFileSync(new URL('../../testdata/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

async function report(files: Readonly<Record<string, string>>): Promise<Log> {
  const log: unknown = JSON.parse(sarifReport(await checked(files), { version: '1.2.3' }));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log as Log;
}

/** The results of files, as `rule level uri:line`. */
async function resultsOf(files: Readonly<Record<string, string>>): Promise<Result[]> {
  return (await report(files)).runs[0].results;
}

test('the schema finds what is wrong', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});

test('files with and without findings keep to the schema, and each result names its rule', async () => {
  const { runs } = await report(FILES);
  const [{ tool, results }] = runs;
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(
    results.map(({ ruleId, level, locations: [location] }) => {
      const { artifactLocation, region } = location?.physicalLocation ?? {};
      return `${ruleId} ${level} ${artifactLocation?.uri}:${region?.startLine}`;
    }),
  ).toEqual([
    'missing error servers.json:4',
    'duplicate warning servers.json:5',
    'repaired warning servers.json:6',
    'schema warning servers.json:6',
    'schema warning servers.json:6',
    'not-read note servers.json:8',
    'unreadable error broken.json:2',
  ]);
});

test('a result has its place, the entry, and where the other one of a double is', async () => {
  const [, double] = await resultsOf(FILES);
  const artifactLocation = { uri: 'servers.json', uriBaseId: '%SRCROOT%' };
  expect(double).toEqual({
    ruleId: 'duplicate',
    ruleIndex: 4,
    level: 'warning',
    message: { text: 'com.example/good@1.0.0 /version: version 1.0.0 occurs twice; the first one is served' },
    locations: [
      {
        physicalLocation: { artifactLocation, region: { startLine: 5, startColumn: 55 } },
        logicalLocations: [{ fullyQualifiedName: '/servers/2/version' }, { name: 'com.example/good' }],
      },
    ],
    relatedLocations: [
      { message: { text: 'the one that is served' }, physicalLocation: { artifactLocation, region: { startLine: 3, startColumn: 55 } } },
    ],
    partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
  });
});

test.each([
  ['a b/ü#?%.json', 'a%20b/%C3%BC%23%3F%25.json'],
  ['a:b.json', 'a%3Ab.json'],
  ['/tmp/a b.json', 'file:///tmp/a%20b.json'],
  ['a\ud800.json', 'a%EF%BF%BD.json'],
  ['stdin', 'stdin'],
])('the URI of %j is %s', async (name, uri) => {
  const [result] = await resultsOf({ [name]: '1' });
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
});

test('content of a catalog does not become a link', async () => {
  const [result] = await resultsOf({ 'a.json': '{"servers": {"[click](https://evil.example)": {}}}' });
  expect(result?.message.text).toContain(String.raw`\[click\](https://evil.example)`);
});

test('fingerprints stay when lines move and entries change places, and are of one finding each', async () => {
  const entries = ['{"name": "a/a"}', '{"name": "a/b"}', '{"name": "a/b"}', '{"name": "a/b", "version": "1"}'];
  const before = await resultsOf({ 'a.json': `[${entries.join(',')}]` });
  const after = await resultsOf({ 'a.json': `[\n\n\n${entries.toReversed().join(',\n')}]` });
  const prints = (results: readonly Result[]): string[] =>
    results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash).toSorted();
  expect(before.length).toBeGreaterThan(4);
  expect(prints(after)).toEqual(prints(before));
  expect(new Set(prints(before)).size).toBe(before.length);
});

test('no character of a catalog changes how the report is shown', async () => {
  const text = sarifReport(await checked({ 'a.json': '{"servers": {"\\u202e\\u001b\\u007f": {}}}' }), { version: '1' });
  expect(text).toMatch(/^[\n\P{C}]*$/u);
});
