import { expect, test } from '@jest/globals';
import { readCatalog } from './read.ts';

const SERVER = 'name: com.example/a\ndescription: A\nversion: 1.0.0\npackages: []\n';

test.each<[string, string, string, string[]]>([
  ['a catalog of ToolHive', 'servers:\n  abc:\n    image: x\n    description: d\n', 'toolhive', ['io.github.stacklok/abc']],
  ['a list', `- ${SERVER.replaceAll('\n', '\n  ').trimEnd()}\n`, 'upstream-array', ['com.example/a']],
  ['one server', SERVER, 'upstream-list', ['com.example/a']],
  ['several documents', `${SERVER}---\n${SERVER.replace('/a', '/b')}`, 'files', ['com.example/a', 'com.example/b']],
  ['a comment and a marker before it', `# A catalog\n---\n${SERVER}`, 'upstream-list', ['com.example/a']],
  ['a byte order mark', `\uFEFF${SERVER}`, 'upstream-list', ['com.example/a']],
  ['a client configuration', 'mcpServers:\n  a: {command: npx, args: [x]}\n', 'client-configuration', ['local.mcp/a']],
])('%s in YAML', (_, text, format, names) => {
  const { info, entries } = readCatalog(Buffer.from(text), 'auto');
  expect([info.format, entries.map(({ name }) => name)]).toEqual([format, names]);
});

test('a version that looks like a number has to be quoted', () => {
  const { entries, findings } = readCatalog(Buffer.from(SERVER.replace('1.0.0', '1.0')), 'auto');
  expect(entries).toEqual([]);
  expect(findings.kept).toEqual([expect.objectContaining({ pointer: '/version', rule: 'missing' })]);
});
