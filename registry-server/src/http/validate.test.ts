import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testPort, type TestPort } from './testing.ts';

const GOOD = {
  $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  name: 'com.example/weather',
  description: 'Forecasts',
  version: '1.0.0',
  packages: [{ registryType: 'npm', identifier: '@example/weather', version: '1.0.0', transport: { type: 'stdio' } }],
};

let port: TestPort;

beforeAll(async () => {
  port = await testPort();
});

afterAll(async () => {
  await port[Symbol.asyncDispose]();
});

interface Issue {
  readonly type: string;
  readonly path: string;
  readonly message: string;
  readonly severity: string;
  readonly reference: string;
}

async function validate(body: string, path = '/v0.1/validate'): Promise<{ status: number; answer: { valid: boolean; issues: Issue[] } }> {
  const response = await fetch(`${port.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return { status: response.status, answer: (await response.json()) as { valid: boolean; issues: Issue[] } };
}

test.each<[string, unknown, string[]]>([
  ['a server.json', GOOD, []],
  ['an item of the API', { server: GOOD, _meta: {} }, []],
  ['fields that nobody knows', { ...GOOD, somethingElse: { a: 1 }, _meta: { 'com.example': { b: [1, 2] } } }, []],
  ['a URL with variables', { ...GOOD, remotes: [{ type: 'sse', url: 'https://{tenant}.example.com/mcp' }] }, []],
  ['no generation', { ...GOOD, $schema: undefined }, ['warning schema $schema: is missing; it was checked by https://static']],
  ['another generation', { ...GOOD, $schema: 'https://example.com/x' }, ['warning schema $schema: names no schema that is known here']],
  ['no object', [1], ['error schema : must be an object']],
  ['null', null, ['error schema : must be an object']],
  [
    'nothing of what is needed',
    { $schema: GOOD.$schema },
    ['error schema name: is missing', 'error schema description: is missing', 'error schema version: is missing'],
  ],
  ['a name without a namespace', { ...GOOD, name: 'weather' }, ['error schema name: must match ^[']],
  ['a description that is long', { ...GOOD, description: 'x'.repeat(101) }, ['error schema description: must have at most 100 characters']],
  ['a description of spaces', { ...GOOD, description: ' ' }, ['error semantic description: "description" is empty']],
  ['the version "latest"', { ...GOOD, version: 'latest' }, ['error semantic version: "latest" is reserved by the API']],
  ['a version with a space', { ...GOOD, version: '1 0' }, ['error semantic version: a version has at most 255 printable']],
  [
    'an empty repository',
    { ...GOOD, repository: {} },
    [
      'error schema repository.url: is missing',
      'error schema repository.source: is missing',
      'warning semantic repository: a repository without',
    ],
  ],
  ['a repository that is no URL', { ...GOOD, repository: { url: 'here', source: 'x' } }, ['error schema repository.url: must be a URI']],
  [
    'a package without a transport',
    { ...GOOD, packages: [GOOD.packages[0], { registryType: 'npm', identifier: 'a' }] },
    ['error schema packages[1].transport: is missing'],
  ],
  [
    'a remote without a URL: what its type decides',
    { ...GOOD, remotes: [{ type: 'sse' }] },
    ['error schema remotes[0].url: is missing', 'error schema remotes[0]: is of none of the types that the schema allows'],
  ],
  [
    'a remote of no type that is known',
    { ...GOOD, remotes: [{ type: 'stdio', url: 'https://example.com' }] },
    [
      'error schema remotes[0].type: must be one of "streamable-http"',
      'error schema remotes[0].type: must be one of "sse"',
      'error schema remotes[0]: is of none of the types that the schema allows',
    ],
  ],
  [
    'the package version "latest"',
    { ...GOOD, packages: [{ ...GOOD.packages[0], version: 'latest' }] },
    ['error schema packages[0].version: is a value that the schema forbids'],
  ],
  [
    'written for the API before September 2025',
    { ...GOOD, version: undefined, version_detail: { version: '1.0.0' } },
    ['error schema version: is missing'],
  ],
])('%s', async (_, document, expected) => {
  const { status, answer } = await validate(JSON.stringify(document));
  expect(status).toBe(200);
  const lines = answer.issues.map(({ severity, type, path, message }) => `${severity} ${type} ${path}: ${message}`);
  expect(lines).toEqual(expected.map((line) => expect.stringContaining(line)));
  expect(answer.valid).toBe(!expected.some((line) => line.startsWith('error')));
});

const schemaOf = (date: string): string => `https://static.modelcontextprotocol.io/schemas/${date}/server.schema.json`;
const PACKAGE = { identifier: 'weather', version: '1.0.0', transport: { type: 'stdio' } };

test.each<[date: string, good: object, bad: object, path: string, reference: string]>([
  ['2025-07-09', { registry_type: 'npm' }, { registryType: 'npm' }, 'packages[0].registry_type', '#/definitions/Package/required'],
  ['2025-09-16', { registryType: 'npm' }, { registry_type: 'npm' }, 'packages[0].registryType', '#/definitions/Package/required'],
  [
    '2025-09-29',
    { registryType: 'npm' },
    { registryType: 'npm', version: 'latest' },
    'packages[0].version',
    '#/definitions/Package/properties/version/not',
  ],
  ['2025-10-11', { registryType: 'npm', version: undefined }, {}, 'packages[0].registryType', '#/definitions/Package/required'],
  ['2025-10-17', { registryType: 'npm', version: undefined }, {}, 'packages[0].registryType', '#/definitions/Package/required'],
  ['2025-12-11', { registryType: 'npm', anything: 1 }, {}, 'packages[0].registryType', '#/definitions/Package/required'],
])('a server.json is checked by the generation that it names: %s', async (date, good, bad, path, reference) => {
  const document = (fields: object): string => JSON.stringify({ ...GOOD, $schema: schemaOf(date), packages: [{ ...PACKAGE, ...fields }] });
  expect((await validate(document(good))).answer).toEqual({ valid: true, issues: [] });
  const { answer } = await validate(document(bad));
  expect(answer.valid).toBe(false);
  expect(answer.issues).toContainEqual(expect.objectContaining({ type: 'schema', path, reference }));
});

test('one that names none is checked by the generation whose fields it has', async () => {
  const document = { ...GOOD, $schema: undefined, packages: [{ ...PACKAGE, registry_type: 'npm' }] };
  const { answer } = await validate(JSON.stringify(document));
  expect(answer.valid).toBe(true);
  expect(answer.issues.map(({ message }) => message)).toEqual([`is missing; it was checked by ${schemaOf('2025-07-09')}`]);
});

test('an issue names the rule by its place in the schema', async () => {
  const transport = { type: 'streamable-http' };
  const { answer } = await validate(JSON.stringify({ ...GOOD, packages: [{ ...GOOD.packages[0], transport }] }));
  expect(answer.issues).toContainEqual({
    type: 'schema',
    path: 'packages[0].transport.url',
    message: 'is missing',
    severity: 'error',
    reference: '#/definitions/StreamableHttpTransport/required',
  });
});

test.each(['/v0/validate', '/registry/test/v0.1/validate', '/v0.1/validate/'])('%s does the same', async (path) => {
  expect(await validate(JSON.stringify(GOOD), path)).toEqual({ status: 200, answer: { valid: true, issues: [] } });
});

test('a document of almost 1 MiB is read, a larger one is refused, and other routes take no more for it', async () => {
  const readme = (length: number): string => JSON.stringify({ ...GOOD, _meta: { 'com.example': { readme: 'x'.repeat(length) } } });
  expect(await validate(readme(1_040_000))).toEqual({ status: 200, answer: { valid: true, issues: [] } });
  expect(await validate(readme(1_050_000))).toMatchObject({
    status: 413,
    answer: { detail: 'the body has more than 1048576 bytes; send less' },
  });
});

test.each<[string, string]>([
  ['many wrong values', JSON.stringify({ ...GOOD, packages: Array.from({ length: 2000 }, () => ({})) })],
  ['more values than are looked at', JSON.stringify({ ...GOOD, packages: Array(100_000).fill(0) })],
  ['deep nesting', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['keys of the prototype', '{"__proto__":{"name":"a/b"},"constructor":1,"toString":1}'],
])('%s: the answer is bounded, and comes soon', async (_, body) => {
  const begun = performance.now();
  const { status, answer } = await validate(body);
  expect([status, answer.valid]).toEqual([200, false]);
  expect(answer.issues.length).toBeLessThanOrEqual(100);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test('what is not JSON is refused', async () => {
  expect(await validate('{')).toMatchObject({ status: 400, answer: { detail: expect.stringContaining('the body is not JSON') } });
});
