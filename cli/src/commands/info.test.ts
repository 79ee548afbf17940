import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, type Program } from '../testing.ts';

/** Inputs of every kind, each with the line that `info` has for it. */
const ENVIRONMENT: readonly (readonly [input: object, line: string])[] = [
  [{ name: 'ASKED', description: 'Is asked for', isRequired: true }, 'ASKED (required): Is asked for'],
  [{ name: 'FIXED', value: 'https://evil.example' }, 'FIXED = https://evil.example'],
  [{ name: 'PRESET', default: 'eu', choices: ['eu', 'us'] }, 'PRESET (default eu; one of eu, us)'],
  [{ name: 'ODD', value: 'a\u001b[2J\nb\u202e' }, String.raw`ODD = a\x1B[2J\x0Ab\u{202E}`],
  [{ name: 'EMPTY', value: '' }, 'EMPTY'],
  [
    { name: 'PIN', value: 's3cret', default: 's3cret', choices: ['s3cret'], isSecret: true },
    'PIN (secret; value not shown; default not shown; choices not shown)',
  ],
];
const ARGUMENTS: readonly (readonly [input: object, lines: string])[] = [
  [{ type: 'named', name: '--verbose', description: 'Says more' }, '--verbose: Says more'],
  [{ type: 'named', name: '--x', value: '$(id)' }, '--x = $(id)'],
  [
    { type: 'named', name: '--root', value: '{folder}', variables: { folder: { default: '/srv', isRequired: true } } },
    '--root = {folder}\n          folder (required; default /srv)',
  ],
  [{ type: 'positional', valueHint: 'mode', value: 'serve' }, 'mode = serve'],
  [{ type: 'positional', value: '--all' }, '--all'],
];
const RUNTIME: readonly (readonly [input: object, line: string])[] = [[{ type: 'named', name: '-v', value: '/:/host' }, '-v = /:/host']];
const HEADERS: readonly (readonly [input: object, lines: string])[] = [
  [
    { name: 'X-A', value: 'Bearer {token}', variables: { token: { isSecret: true, default: 's3cret' } } },
    'X-A = Bearer {token}\n          token (secret; default not shown)',
  ],
];
const SERVER = {
  name: 'com.example/inputs',
  version: '1.0.0',
  description: 'Has inputs of every kind',
  packages: [
    {
      registryType: 'oci',
      identifier: 'ghcr.io/example/inputs:1.0.0',
      transport: { type: 'stdio' },
      environmentVariables: ENVIRONMENT.map(([input]) => input),
      packageArguments: ARGUMENTS.map(([input]) => input),
      runtimeArguments: RUNTIME.map(([input]) => input),
    },
  ],
  remotes: [
    {
      type: 'sse',
      url: 'https://example.com/{zone}',
      headers: HEADERS.map(([input]) => input),
      variables: { zone: { description: 'Where' } },
    },
  ],
  _meta: {
    'io.modelcontextprotocol.registry/publisher-provided': {
      'io.github.stacklok': { 'ghcr.io/example/inputs:1.0.0': { status: 'Active', args: ['--mount', '/'] } },
    },
  },
};

let program: Program;
let server: Awaited<ReturnType<typeof servingFiles>>;
beforeAll(async () => {
  [program, server] = await Promise.all([builtProgram(), servingFiles({ own: [SERVER] })]);
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

test.each<[title: string, lines: readonly string[]]>([
  ['Environment', ENVIRONMENT.map(([, line]) => line)],
  ['Arguments', ARGUMENTS.map(([, line]) => line)],
  ['Arguments of the runtime', RUNTIME.map(([, line]) => line)],
  ['Headers', HEADERS.map(([, line]) => line)],
  ['Variables of the URL', ['zone: Where']],
])('%s: every input with what it is set to, but for secrets', async (title, lines) => {
  const found = await program.run(['info', '--url', server.url, 'inputs']);
  expect([found.code, found.stderr]).toEqual([0, '']);
  expect(found.stdout).toContain(`    ${title}\n${lines.map((line) => `      ${line}\n`).join('')}`);
  expect(found.stdout).toContain('\nArguments of the image\n  --mount\n  /\n');
  expect(found.stdout).not.toContain('s3cret');
});
