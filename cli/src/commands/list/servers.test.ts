import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, expectFile, type Ended, type Program } from '../../testing.ts';

const LEGACY = new URL('../../../../catalog/testdata/toolhive-legacy-2025-10-22.json', import.meta.url);

/** What a source could try: to write on the terminal, to turn text around, to look like more than one line, to take the width. */
const HOSTILE = [
  {
    name: 'com.example/hostile',
    version: '1.0.0',
    description: 'first\u001b[2J\u001b]0;owned\u0007 line\nsecond \u202egnp.exe\u200b',
    packages: [{ registryType: 'npm\u001b[31m', identifier: 'x', transport: { type: 'stdio' } }],
  },
  { name: 'com.example/wide', version: '1.0.0', description: '東京の天気を調べます 🙂' },
];

let program: Program;
let server: Awaited<ReturnType<typeof servingFiles>>;

beforeAll(async () => {
  [program, server] = await Promise.all([
    builtProgram(),
    servingFiles({ legacy: JSON.parse(readFileSync(LEGACY, 'utf8')) as object, hostile: HOSTILE }),
  ]);
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

function list(...args: string[]): Promise<Ended> {
  return program.run(['list', '--url', server.url, ...args]);
}

/** The day of the first sync. */
const DAY = [/\d{4}-\d\d-\d\d/, 'YYYY-MM-DD'] as const;

test.each<[file: string, args: string[]]>([
  ['list-table.txt', ['--tag', 'database']],
  ['list-wide.txt', ['--tag', 'database', '--limit', '3', '-o', 'wide']],
  ['list-search.txt', ['--search', 'query a database', '--limit', '5']],
  ['list-name.txt', ['--type', 'remote', '-o', 'name']],
  ['list-stars.txt', ['--sort', 'stars', '--limit', '3', '--no-headers']],
  ['list-reverse.txt', ['--tier', 'Official', '--reverse', '--limit', '3']],
  [
    'list-jsonpath.txt',
    ['--limit', '2', '-o', 'jsonpath={range .servers[*]}{.server.name}{"\\t"}{.server.packages[0].registryType}{"\\n"}{end}'],
  ],
  ['list-yaml.txt', ['--search', 'io.github.stacklok/fetch', '--limit', '1', '-o', 'yaml']],
])('%s', async (file, args) => {
  const { code, stdout, stderr } = await list(...args);
  expect([code, stderr]).toEqual([0, '']);
  expectFile(file, stdout, [DAY, [/T\d\d:\d\d:\d\d\.\d+Z/, 'Thh:mm:ss.sssZ']]);
});

test('every server is listed, over as many pages as there are', async () => {
  const { stdout } = await list('-o', 'json');
  const { servers, metadata } = JSON.parse(stdout) as { servers: { server: { name: string } }[]; metadata: { count: number } };
  expect(metadata.count).toBe(servers.length);
  const names = (await list('-o', 'name')).stdout.trimEnd().split('\n');
  expect(names).toEqual(servers.map((item) => item.server.name));
  expect(names).toHaveLength(90);
});

test('nothing of a catalog reaches the terminal as anything but text', async () => {
  for (const output of ['table', 'wide', 'name', 'json', 'yaml', 'jsonpath={.servers[*].server}']) {
    const found = await program.onTerminal(['list', '--url', server.url, '--search', 'hostile', '-o', output, '--no-pager'], {
      env: { NO_COLOR: '1' },
    });
    const shown = found.stdout.replaceAll('\r\n', '\n');
    expect(shown).toContain('hostile');
    // eslint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
  }
});

test('JSON in a pipe has every character of the catalog', async () => {
  const { stdout } = await list('--search', 'com.example/hostile', '--limit', '1', '-o', 'jsonpath={.servers[0].server.description}');
  expect(stdout).toBe(HOSTILE[0]?.description);
  const { servers } = JSON.parse((await list('--search', 'com.example/hostile', '-o', 'json')).stdout) as {
    servers: { server: unknown }[];
  };
  expect(servers[0]?.server).toEqual(HOSTILE[0]);
});

test('on a terminal a description takes one line, with wide characters counted', async () => {
  const { stdout } = await program.onTerminal(['list', '--url', server.url, '--search', 'com.example/wide', '--no-pager'], {
    env: { NO_COLOR: '1' },
  });
  expect(stdout.replaceAll('\r', '')).toMatch(/^com\.example\/wide +1\.0\.0/m);
  for (const line of stdout.replaceAll('\r', '').split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

describe('colors', () => {
  const ESCAPE = '\u001b[';
  test.each<[what: string, terminal: boolean, env: Record<string, string>, colored: boolean]>([
    ['on a terminal', true, {}, true],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
    ['not in a pipe', false, {}, false],
    ['in a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ])('%s', async (_, terminal, env, colored) => {
    const args = ['list', '--url', server.url, '--limit', '2', '--no-pager'];
    const { stdout } = await (terminal ? program.onTerminal(args, { env }) : program.run(args, { env }));
    expect(stdout.includes(ESCAPE)).toBe(colored);
  });
});

describe('the pager', () => {
  const MARKS = 'sed s/^/paged:/';
  test.each<[what: string, env: Record<string, string>, args: string[], paged: boolean]>([
    ['gets a long list on a terminal', { TOOLHIVE_REGISTRY_PAGER: MARKS }, [], true],
    ['is that of PAGER otherwise', { PAGER: MARKS }, [], true],
    ['does not get what fits on the screen', { PAGER: MARKS }, ['--limit', '10'], false],
    ['is not started with --no-pager', { PAGER: MARKS }, ['--no-pager'], false],
    ['is not started for cat', { TOOLHIVE_REGISTRY_PAGER: 'cat', PAGER: MARKS }, [], false],
    ['is not started on a dumb terminal', { PAGER: MARKS, TERM: 'dumb' }, [], false],
    ['is not started where the terminal is not known', { PAGER: MARKS, TERM: '' }, [], false],
    ['that is not there is done without', { PAGER: 'no-such-pager' }, [], false],
    ['that fails at once is done without', { PAGER: 'false' }, [], false],
    ['that fails when it has read is done without', { PAGER: 'cat > /dev/null; exit 3' }, [], false],
  ])('%s', async (_, env, args, isPaged) => {
    const { code, stdout } = await program.onTerminal(['list', '--url', server.url, ...args], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('com.example/hostile');
    expect(stdout.includes('paged:')).toBe(isPaged);
  });

  test('may be left before the end', async () => {
    const { code } = await program.onTerminal(['list', '--url', server.url], { env: { PAGER: 'head -n 1' } });
    expect(code).toBe(0);
  });

  test('of info can be turned off', async () => {
    const shown = async (...more: string[]): Promise<boolean> => {
      const started = { env: { PAGER: MARKS }, screen: { columns: 100, rows: 1 } };
      return (await program.onTerminal(['info', 'com.example/wide', '--url', server.url, ...more], started)).stdout.includes('paged:');
    };
    expect([await shown(), await shown('--no-pager')]).toEqual([true, false]);
  });
});

test.each([[60], [80], [100], [132]])('on a terminal of %i columns every line of a list fits', async (columns) => {
  const { stdout } = await program.onTerminal(['list', '--url', server.url, '--no-pager'], {
    env: { NO_COLOR: '1' },
    screen: { columns, rows: 40 },
  });
  const lines = stdout.replaceAll('\r', '').trimEnd().split('\n');
  expect(lines).toHaveLength(91);
  // The wide characters of this one take two columns each.
  for (const line of lines.filter((one) => !one.startsWith('com.example/wide'))) expect(line.length).toBeLessThanOrEqual(columns);
});

test.each<[what: string, args: string[], code: number, said: string]>([
  ['a registry and a URL', ['x'], 2, `error: a registry is named twice: "x" and --url`],
  ['a form that there is not', ['-o', 'xml'], 2, 'error: --output is "xml"; use one of table, wide, json, yaml, name, jsonpath=TEMPLATE'],
  ['an order that there is not', ['--sort', 'size'], 2, 'error: --sort is "size"; use one of name, updated, published, stars'],
  ['a limit that is none', ['--limit', '0'], 2, 'error: --limit is "0"; give it a whole number of at least 1'],
  ['a template that breaks off', ['-o', 'jsonpath={.servers'], 2, 'has a { without a }'],
  ['a flag that there is not', ['--tags', 'x'], 2, "error: unknown option '--tags'"],
  ['nothing found', ['--search', 'xyzzyx'], 0, 'No servers found.'],
])('%s: exit code and message', async (_, args, code, said) => {
  const found = await list(...args);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout]).toEqual([code, '']);
});

test.each<[url: string, code: number, said: string]>([
  ['ftp://example.com', 2, 'error: --url is "ftp://example.com"; write the base URL of a registry, such as http://127.0.0.1:8080'],
  ['http://127.0.0.1:1', 1, 'nothing listens there; check the address and whether it runs'],
  ['http://nobody.invalid', 1, 'error: no answer from http://nobody.invalid'],
])('the address %s', async (url, code, said) => {
  const found = await program.run(['list', '--url', url]);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout]).toEqual([code, '']);
});

test('the address of the API, or of its list, is one of the registry', async () => {
  for (const path of ['/', '/v0.1', '/v0.1/servers', '/v0/servers/'])
    expect((await program.run(['list', '--url', `${server.url}${path}`, '--limit', '1'])).code).toBe(0);
});
