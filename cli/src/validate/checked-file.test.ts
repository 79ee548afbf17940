import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { loadSchemaChecks } from '@toolhive-registry/catalog';
import { checkFile, type CheckedFile } from './checked-file.ts';
import { linkOf } from './words.ts';

const schemas = await loadSchemaChecks();

function check(name: string, text: string | Uint8Array, inFolder = false): CheckedFile {
  return checkFile({ name, bytes: Buffer.from(text), inFolder }, { schemas });
}

/** `line:column severity rule`, and for a double where the first one is. */
function found({ findings }: CheckedFile): string[] {
  return findings.map(({ position, severity, rule, firstPosition }) => {
    const first = firstPosition === undefined ? '' : linkOf(' first', firstPosition);
    return `${linkOf('', position).slice(1)} ${severity} ${rule}${first}`;
  });
}

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

test.each<[what: string, text: string, findings: string[]]>([
  [
    'a server.json',
    `{\n  "$schema": "${SCHEMA}",\n  "name": "a/b",\n  "description": "d",\n  "version": "latest",\n  "packages": [\n    { "registryType": 1 }\n  ]\n}`,
    ['5:3 error invalid', '7:5 error schema', '7:5 error schema', '7:7 error schema'],
  ],
  [
    'an item of the official API',
    `{\n  "server": {\n    "name": "a/b",\n    "version": "1"\n  },\n  "other": 1\n}`,
    ['2:3 error missing', '2:3 warning schema', '6:3 note not-read'],
  ],
  [
    'a list',
    `[\n  {"$schema": "${SCHEMA}", "name": "a/b", "description": "d", "version": "1"},\n  7,\n  {"name": "abc", "description": "d",\n    "version": "1", "repository": {}},\n  {"$schema": "${SCHEMA}", "name": "a/b", "description": "d", "version": "1"}\n]`,
    [
      '3:3 error not-an-object',
      '4:4 warning name',
      '5:21 warning repaired',
      '5:21 warning schema',
      '5:21 warning schema',
      `6:${`  {"$schema": "${SCHEMA}", "name": "a/b", "description": "d", `.length + 1} warning duplicate first:2:${`  {"$schema": "${SCHEMA}", "name": "a/b", "description": "d", `.length + 1}`,
    ],
  ],
  [
    'an upstream file',
    `{"data": {"servers": [],\n "groups": [{\n  "name": "g",\n  "servers": [\n   {"name": "a b", "version": "1", "description": "d"}]}]}}`,
    ['5:5 error invalid'],
  ],
  ['a ToolHive catalog', `servers:\n  one:\n    image: img\n    description: ''\n  two: {}\n`, ['4:5 error invalid', '5:3 error missing']],
  ['a Docker catalog', `registry:\n  one:\n    description: d\n    title: t\nother: 1\n`, ['2:3 error missing', '5:1 note not-read']],
  ['a client configuration', `{"mcpServers": {\n  "one": {\n    "command": "node", "args": ["x.js"]}}}`, ['3:5 error invalid']],
  [
    'several documents',
    `name: a/b\nversion: '1'\nremotes: []\n---\n---\nservers:\n  k: {image: i}\n`,
    ['1:1 error missing', '1:1 warning schema', '7:3 error missing'],
  ],
  ['JSON that is none', `{\n  "servers": [\n    {"a" 1}\n  ]\n}`, ['3:10 error unreadable']],
  ['JSON of which JSON.parse does not say where', `{\n  "servers": [\n    tru\n  ]\n}`, ['3:5 error unreadable']],
  ['YAML that is none', `servers:\n  a: 1\n b: 2\n`, ['3:2 error unreadable']],
  ['a byte order mark and CRLF', `\ufeff{\r\n  "servers": {\r\n\t"x": {}}}`, ['3:2 error missing']],
  ['another form', `\n{"kind": "Pod"}`, ['2:1 error unreadable']],
])('%s', (_, text, findings) => {
  expect(found(check('x', text))).toEqual(findings);
});

test('a file of a folder is recognized by its name, and skipped if it is not a catalog', () => {
  const skipped = 'is not a catalog in any known form';
  expect(check('a.json', '{"name": "x"}', true)).toEqual({ name: 'a.json', skipped, read: 0, served: 0, omitted: 0, findings: [] });
  expect(check('a.json', '{"name": "x"}').findings).toHaveLength(1);
  expect(check('a.yaml', '{servers: {}}', true)).toMatchObject({ format: 'toolhive', findings: [] });
  expect(found(check('a.json', 'servers: {}', true))).toEqual(['1:1 error unreadable']);
});

test('what could not be read is one finding', () => {
  expect(checkFile({ name: 'a.json', problem: 'does not exist' }, { schemas })).toMatchObject({
    name: 'a.json',
    findings: [{ rule: 'unreadable', severity: 'error', message: 'does not exist', position: { line: 1, column: 1 } }],
  });
});

test.each([
  ['toolhive-legacy-2025-10-22.json', 88, 88],
  ['mcp-registry-seed-2025-08-06.json', 396, 329],
  ['docker/custom.yaml', 1, 1],
])('%s: every finding of an entry is where the entry is', (name, read, served) => {
  const bytes = readFileSync(new URL(`../../../catalog/testdata/${name}`, import.meta.url));
  const file = check(name, bytes);
  expect(file).toMatchObject({ read, served });
  const lines = bytes.toString().split('\n');
  for (const { position, rule } of file.findings) {
    expect(rule).toBe('invalid');
    expect(lines[position.line - 1]?.slice(position.column - 1)).toBe('"description": "",');
  }
});

test('a catalog of 16 MB with something wrong in every entry', () => {
  const text = JSON.stringify(
    { servers: Array.from({ length: 30_000 }, (_, index) => ({ name: `a/b${index}`, version: '1', x: 'x'.repeat(500) })) },
    undefined,
    1,
  );
  expect(text.length).toBeGreaterThan(16 * 1024 * 1024);
  const file = check('big.json', text);
  expect(file).toMatchObject({ read: 30_000, served: 0 });
  expect(file.findings.at(-1)?.position.column).toBe(3);
});
