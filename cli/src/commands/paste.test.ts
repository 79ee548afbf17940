import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { load, loadAll } from 'js-yaml';
import { CLIENTS } from '@toolhive-registry/catalog/clients/names';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, expectFile, type Ended, type Program } from '../testing.ts';

const LEGACY = new URL('../../../catalog/testdata/toolhive-legacy-2025-10-22.json', import.meta.url);

/** Two versions of a server, and one that would do harm where it is pasted. */
const OWN = [
  { name: 'com.example/two', version: '1.0.0', description: 'Two', remotes: [{ type: 'sse', url: 'https://two.example.com/sse' }] },
  { name: 'com.example/two', version: '1.1.0', description: 'Two', remotes: [{ type: 'sse', url: 'https://other.example.com/sse' }] },
  {
    name: 'com.example/hostile',
    version: '1.0.0',
    description: "'; touch /tmp/owned; '",
    packages: [
      {
        registryType: 'oci',
        identifier: 'ghcr.io/example/hostile:1.0.0',
        transport: { type: 'stdio' },
        packageArguments: [
          { type: 'positional', value: "'; echo OWNED; '" },
          { type: 'named', name: '--x', value: '$(echo OWNED)' },
        ],
      },
    ],
  },
];

/** Entries whose texts are not part of a command, but shown beside it. */
const BESIDE = [
  {
    name: 'com.example/secret-in-text',
    version: '1.0.0',
    description: 'Has a secret with a text around it',
    remotes: [
      {
        type: 'streamable-http',
        url: 'https://example.com/mcp',
        headers: [{ name: 'X-A', value: 'Bearer $(echo OWNED >&2) {t} >&2', variables: { t: { isSecret: true, isRequired: true } } }],
      },
    ],
  },
  {
    name: 'com.example/listening',
    version: '1.0.0',
    description: 'Listens at a URL',
    packages: [
      {
        registryType: 'oci',
        identifier: 'ghcr.io/example/listening:1.0.0',
        transport: { type: 'streamable-http', url: 'http://localhost:8080/`echo$IFS@OWNED`' },
        environmentVariables: [{ name: 'TOKEN', description: '$(echo OWNED)', isSecret: true, isRequired: true }],
      },
    ],
  },
];

let program: Program;
let server: Awaited<ReturnType<typeof servingFiles>>;
beforeAll(async () => {
  [program, server] = await Promise.all([
    builtProgram(),
    servingFiles({ legacy: JSON.parse(readFileSync(LEGACY, 'utf8')) as object, own: [...OWN, ...BESIDE] }),
  ]);
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

function run(command: string, ...args: string[]): Promise<Ended> {
  return program.run([command, '--url', server.url, ...args]);
}

test.each(CLIENTS.map((client) => [client] as const))('how to add a server to %s', async (client) => {
  const found = await run('info', 'github', '--client', client, '--set', 'GITHUB_HOST=https://github.example.com');
  expect(found.code).toBe(0);
  expectFile(`client-${client}.txt`, `${found.stdout}--- said\n${found.stderr}`);
  const { ways } = JSON.parse((await run('info', 'github', '--client', client, '-o', 'json')).stdout) as { ways: object[] };
  expect(ways.length).toBeGreaterThan(0);
});

test('what is pasted into a shell is one command, whatever the catalog says', async () => {
  for (const client of ['thv', 'claude', 'codex', 'gemini']) {
    const found = await run('info', 'hostile', '--client', client, '-o', 'json');
    expect([client, found.code]).toEqual([client, 0]);
    const { ways } = JSON.parse(found.stdout) as { ways: { kind: string; text: string }[] };
    for (const { text } of ways.filter(({ kind }) => kind === 'command')) {
      // Every program of the command line is a function that shows what it was called with.
      const shell = spawnSync('sh', ['-c', `thv() { :; }; claude() { :; }; codex() { :; }; gemini() { :; }\n${text}`], {
        encoding: 'utf8',
      });
      expect([text, shell.stdout, shell.stderr]).toEqual([text, '', '']);
    }
  }
});

/**
 * What a shell says that takes `#` for the name of a command, as zsh does where someone types. Programs of the command line do nothing, and a command that
 * is unknown is identified by its name.
 */
function pasted(text: string): string {
  const programs = ['thv', 'claude', 'docker', 'env'].map((name) => `${name}() { :; }`).join('; ');
  const script = `${programs}; command_not_found_handle() { echo "RAN $1"; }\n${text}`;
  const shell = spawnSync('bash', ['--norc', '--noprofile', '+m', '-i', '+O', 'interactive_comments', '-c', script], {
    env: { PATH: '/usr/bin:/bin', HOME: '/', TERM: 'dumb' },
    encoding: 'utf8',
  });
  // Without a terminal an interactive shell says so first.
  return `${shell.stdout}${shell.stderr}`.replaceAll(
    /^bash: (cannot set terminal process group|no job control|initialize_job_control).*\n/gm,
    '',
  );
}

test('the check below sees what a shell without comments runs', () => {
  expect(pasted('# a $(echo OWNED >&2)\nclaude x\n')).toBe('RAN #\nOWNED\n');
});

test.each<[server: string, client: string, said: string]>([
  ['secret-in-text', 'thv', `note: Answer with the whole text: 'Bearer $(echo OWNED >&2) <t> >&2'.\n`],
  ['listening', 'docker', "note: The server listens at 'http://localhost:8080/`echo$IFS@OWNED`' until it is stopped.\n"],
  ['listening', 'thv', '  TOKEN (required; secret): $(echo OWNED)\n'],
])('the result of %s for %s has only commands, and the messages have the texts of the entry', async (name, client, said) => {
  const found = await run('info', name, '--client', client);
  expect([found.code, pasted(found.stdout)]).toEqual([0, '']);
  expect(found.stdout).toMatch(new RegExp(`^(${client} .*|env .*)\n(\n${client} .*\n)*$`));
  expect(found.stderr).toContain(said);
});

test('versions are shown with what they changed, what needs care first', async () => {
  const found = await run('info', 'two', '--versions', '-o', 'json');
  const { versions } = JSON.parse(found.stdout) as { versions: { version: string; changes: { attention: string; text: string }[] }[] };
  expect(versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
  expect(versions[0]?.changes[0]).toMatchObject({ attention: 'security', text: expect.stringContaining('other.example.com') as unknown });
  expect(versions[1]?.changes).toEqual([]);
  expect((await run('info', 'two', '--versions')).stdout).toMatch(/^1\.1\.0 {2}active, published .*\n {4}security {3}/);
});

test('a server becomes a manifest with the labels of its registry', async () => {
  const found = await run('template', 'github', '--into', 'servers', '--name', 'gh');
  expect(found.code).toBe(0);
  expectFile('template-toolhive.yaml', `${found.stdout}--- said\n${found.stderr}`);
  const [last] = (loadAll(found.stdout.split('--- said')[0] ?? '') as { metadata: object }[]).slice(-1);
  expect(last).toMatchObject({
    kind: 'MCPServer',
    metadata: {
      name: 'gh',
      namespace: 'servers',
      labels: { 'toolhive.stacklok.io/registry-name': 'test', 'toolhive.stacklok.io/registry-namespace': 'default' },
    },
  });
  const other = await run('template', 'apollo-mcp-server', '--kind', 'sig-apps', '-o', 'json');
  expect(load(other.stdout)).toMatchObject({ apiVersion: expect.stringMatching(/^mcp\.x-k8s\.io\//) as unknown, kind: 'MCPServer' });
});

test.each<[what: string, args: string[], code: number, said: string]>([
  [
    'a value that is not asked for',
    ['info', 'github', '--client', 'thv', '--set', 'GITHUB_HOTS=x'],
    2,
    'which is not asked for; did you mean GITHUB_HOST?',
  ],
  ['a value without a name', ['info', 'github', '--client', 'thv', '--set', 'x'], 2, '--set is "x"; write KEY=VALUE'],
  ['a client that there is not', ['info', 'github', '--client', 'emacs'], 2, '--client is "emacs"; use one of vscode, claude'],
  ['values without a client', ['info', 'github', '--set', 'a=b'], 2, '--set is for --client; add --client, or leave --set out'],
  ['a target without a client', ['info', 'github', '--target', 'packages/0'], 2, '--target is for --client; add --client'],
  ['a target that there is not', ['info', 'github', '--client', 'thv', '--target', 'nope'], 2, 'has no "nope"; it has packages/0'],
  ['a target of a manifest that there is not', ['template', 'github', '--target', 'nope'], 2, 'has no "nope"; it has packages/0'],
  ['a name that no object can have', ['template', 'github', '--name', 'A b'], 2, '--name is "A b"; use up to 52 lower-case letters'],
  ['a namespace that there cannot be', ['template', 'github', '--into', 'A b'], 2, '--into is "A b"; give it the name of one namespace'],
  ['a client without a server', ['info', '--client', 'thv'], 2, '--client is for servers only; write REGISTRY/SERVER'],
  ['a client that cannot', ['info', 'neon', '--client', 'claude-desktop'], 1, ''],
  ['a manifest of what has none', ['template', 'two', '--kind', 'sig-apps'], 1, ''],
])('%s: exit code and message', async (_, [command = '', ...args], code, said) => {
  const found = await run(command, ...args);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout, found.stderr === '']).toEqual([code, '', false]);
});
