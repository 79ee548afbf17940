import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { servingFiles, temporaryFolder, type Folder } from '@toolhive-registry/registry-server/testing';
import { builtProgram, type Ended, type Program } from '../../testing.ts';

const weather = {
  name: 'com.example/weather',
  version: '1.0.0',
  description: 'Weather',
  packages: [{ registryType: 'oci', identifier: 'ghcr.io/example/weather:1.0.0', transport: { type: 'stdio' } }],
};
const GOOD = manifest('good', 'ghcr.io/example/weather:1.0.0');
const BAD = manifest('bad', 'ghcr.io/example/weather:2.0.0');

let program: Program;
let enforcing: Awaited<ReturnType<typeof servingFiles>>;
let auditing: Awaited<ReturnType<typeof servingFiles>>;
let idle: Awaited<ReturnType<typeof servingFiles>>;
let folder: Folder;

beforeAll(async () => {
  program = await builtProgram();
  const files = { data: { data: { servers: [weather] } } };
  [enforcing, auditing, idle, folder] = await Promise.all([
    servingFiles(files, { enforceServers: true }),
    servingFiles(files, { enforceServers: true, enforcementMode: 'audit' }),
    servingFiles(files),
    temporaryFolder(),
  ]);
  await folder.write('good.yaml', GOOD);
  await folder.write('deep/er/bad.json', JSON.stringify({ ...object('bad', 'ghcr.io/example/weather:2.0.0') }));
  await folder.write('deep/notes.txt', 'no manifest');
  await folder.write('chart/templates/server.yaml', 'image: {{ .Values.image }}\n');
  await folder.write('empty/notes.txt', 'no manifest');
});
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
  for (const one of [enforcing, auditing, idle, folder]) await one?.[Symbol.asyncDispose]();
});

/** Runs the program, which knows no cluster but the one that is given. */
function runCli(
  args: readonly string[],
  { kubeconfig, input }: { readonly kubeconfig?: string; readonly input?: string } = {},
): Promise<Ended> {
  return program.run(args, { env: kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }, ...(input === undefined ? {} : { input }) });
}

function object(name: string, image: string): object {
  return { apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer', metadata: { name }, spec: { image } };
}

/** JSON is YAML, too. */
function manifest(name: string, image: string): string {
  return JSON.stringify(object(name, image));
}

const both = `${GOOD}\n---\n${BAD}\n`;

test.each<[what: string, registry: () => string, input: string, flags: string[], code: number, texts: string[]]>([
  [
    'something would be refused',
    () => enforcing.url,
    both,
    [],
    1,
    [
      'allowed       MCPServer default/good (standard input)',
      'refused       MCPServer default/bad',
      'the tag differs: it is 2.0.0, and the catalog has :1.0.0 (otherTag)',
      'did you mean ghcr.io/example/weather:1.0.0?',
      '2 MCP servers: 1 refused, 1 allowed.',
    ],
  ],
  [
    'nothing would be refused',
    () => enforcing.url,
    GOOD,
    [],
    0,
    ['by com.example/weather 1.0.0 of source "data" (listed)', '1 MCP server: 1 allowed.'],
  ],
  ['something would be warned of', () => auditing.url, both, [], 0, ['audited       MCPServer default/bad', '1 audited, 1 allowed']],
  [
    'nobody enforces',
    () => idle.url,
    BAD,
    [],
    0,
    ['not enforced  MCPServer default/bad', 'none of the registries that were asked has enforceServers set'],
  ],
  ['judged as if somebody did', () => idle.url, BAD, ['--as-enforced'], 1, ['refused       MCPServer default/bad']],
  [
    'no MCP server',
    () => enforcing.url,
    '{"apiVersion": "v1", "kind": "Pod"}',
    [],
    0,
    ['There is no MCP server in the manifests; 1 other object was not looked at.'],
  ],
  ['the registry is away', () => 'http://127.0.0.1:1', BAD, [], 1, ['error: no answer from http://127.0.0.1:1']],
  ['a namespace of its own', () => enforcing.url, GOOD, ['--namespace', 'prod'], 0, ['MCPServer prod/good']],
])('%s', async (...[, registry, input, flags, code, texts]) => {
  const ended = await runCli(['enforce', 'check', '-f', '-', '--url', registry(), ...flags], { input });
  for (const text of texts) expect(`${ended.stdout}${ended.stderr}`).toContain(text);
  expect(ended.code).toBe(code);
});

test.each<[what: string, args: (path: string) => string[], code: number, text: string]>([
  ['a folder', (path) => ['-f', path], 0, '1 MCP server: 1 allowed.'],
  ['a folder with its folders', (path) => ['-f', `${path}/deep`, '-R'], 1, '1 MCP server: 1 refused.'],
  [
    'files that a shell has listed',
    (path) => ['-f', `${path}/good.yaml`, `${path}/deep/er/bad.json`],
    1,
    '2 MCP servers: 1 refused, 1 allowed.',
  ],
  ['no file', () => [], 2, 'error: no manifest is named; name files or folders with -f, or - for standard input'],
  ['a file that is not there', (path) => ['-f', `${path}/none.yaml`], 2, 'none.yaml; correct the path'],
  ['a folder without manifests', (path) => ['-f', `${path}/empty`], 2, 'has no manifests (.yaml, .yml or .json)'],
  ['a template', (path) => ['-f', `${path}/chart/templates`], 2, 'server.yaml is a template: it contains {{ … }}'],
  ['a URL', () => ['-f', 'https://example.com/servers.yaml'], 2, 'is a URL; fetch it first'],
  ['standard input twice', () => ['-f', '-', '-f', '-'], 2, 'standard input is named twice'],
  ['two ways to name a registry', (path) => ['-f', path, '--registry', 'team'], 2, '--url and --registry both name registries'],
  ['an unknown format', (path) => ['-f', path, '-o', 'wide'], 2, '--output is "wide"; use one of table, json, yaml, jsonpath=TEMPLATE'],
])('%s', async (_, args, code, text) => {
  const ended = await runCli(['enforce', 'check', '--url', enforcing.url, ...args(folder.path)]);
  expect(ended.stderr).toContain(text);
  expect(ended.code).toBe(code);
});

test('the result for programs', async () => {
  const run = (format: string): Promise<Ended> =>
    runCli(['enforce', 'check', '-q', '-f', '-', '--url', enforcing.url, '-o', format], {
      input: `${both}---\n{"apiVersion": "v1", "kind": "Pod"}\n`,
    });
  const { stdout, stderr } = await run('json');
  expect(JSON.parse(stdout)).toEqual({
    summary: { servers: 2, outcomes: { refused: 1, unknown: 0, audited: 0, allowed: 1, notEnforced: 0 }, otherObjects: 1 },
    servers: [
      expect.objectContaining({
        name: 'good',
        outcome: 'allowed',
        mode: 'enforce',
        reasons: [expect.objectContaining({ rule: 'listed' })],
      }),
      {
        file: 'standard input',
        apiVersion: 'toolhive.stacklok.dev/v1beta1',
        kind: 'MCPServer',
        namespace: 'default',
        name: 'bad',
        outcome: 'refused',
        mode: 'enforce',
        reasons: [
          {
            allowed: false,
            registry: 'test',
            rule: 'otherTag',
            sentence: expect.stringContaining('the tag differs'),
            nearest: ['ghcr.io/example/weather:1.0.0'],
          },
        ],
      },
    ],
  });
  expect(stderr).toBe('');
  expect((await run('jsonpath={.servers[?(@.outcome=="refused")].name}')).stdout).toBe('bad');
});
