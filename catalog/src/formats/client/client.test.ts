import { describe, expect, test } from '@jest/globals';
import { at, type Json, type JsonObject } from '../../json.ts';
import { json } from '../../testing.ts';
import { readCatalog } from '../read.ts';

function read(server: Json): ReturnType<typeof readCatalog> {
  return readCatalog(json({ mcpServers: { 'my server': server } }), 'auto');
}

const stdio = { transport: { type: 'stdio' } };
const npm = (identifier: string, fields: JsonObject = {}): JsonObject => ({
  registryType: 'npm',
  identifier,
  runtimeHint: 'npx',
  ...stdio,
  ...fields,
});
const pypi = (identifier: string, fields: JsonObject = {}): JsonObject => ({
  registryType: 'pypi',
  identifier,
  runtimeHint: 'uvx',
  ...stdio,
  ...fields,
});

describe('what a command starts becomes a package', () => {
  test.each<[string, JsonObject]>([
    ['npx -y @example/server', npm('@example/server')],
    ['npx @example/server@1.2.3', npm('@example/server', { version: '1.2.3' })],
    ['npx -y server@latest --flag', npm('server', { packageArguments: [{ type: 'named', name: '--flag' }] })],
    ['npx --package=@example/server -y run x', npm('@example/server', { packageArguments: [{ type: 'positional', value: 'x' }] })],
    ['/usr/local/bin/npx server', npm('server')],
    ['C:\\Node\\npx.cmd server', npm('server')],
    ['cmd /c npx -y server', npm('server')],
    ['pnpm dlx server', npm('server')],
    ['bunx server', npm('server')],
    ['uvx mcp-server-git==0.6.2', pypi('mcp-server-git', { version: '0.6.2' })],
    ['uvx mcp-server-git@0.6.2', pypi('mcp-server-git', { version: '0.6.2' })],
    [
      'uvx --from mcp-server-git mcp-git --repository /x',
      pypi('mcp-server-git', { packageArguments: [{ type: 'named', name: '--repository', value: '/x' }] }),
    ],
    ['uv tool run mcp-server-git', pypi('mcp-server-git')],
    ['pipx run mcp-server-git', pypi('mcp-server-git')],
    [
      'dnx Example.Server --yes',
      {
        registryType: 'nuget',
        identifier: 'Example.Server',
        runtimeHint: 'dnx',
        ...stdio,
        packageArguments: [{ type: 'named', name: '--yes' }],
      },
    ],
    ['docker run -i --rm mcp/git', { registryType: 'oci', identifier: 'mcp/git', ...stdio }],
    [
      'podman run -it mcp/git:1 serve',
      { registryType: 'oci', identifier: 'mcp/git:1', ...stdio, packageArguments: [{ type: 'positional', value: 'serve' }] },
    ],
    [
      'docker container run --mount type=bind,src=/a,dst=/b --name x -p=8080:8080 mcp/git',
      {
        registryType: 'oci',
        identifier: 'mcp/git',
        ...stdio,
        runtimeArguments: [
          { type: 'named', name: '--mount', value: 'type=bind,src=/a,dst=/b' },
          { type: 'named', name: '-p', value: '8080:8080' },
        ],
      },
    ],
  ])('%s', (line, wanted) => {
    const [command = '', ...args] = line.split(' ');
    const { entries } = read({ command, args });
    expect(entries.map(({ name, alias, server }) => [name, alias, server['packages']])).toEqual([
      ['local.mcp/my-server', 'my server', [wanted]],
    ]);
  });

  test('a version that is pinned is that of the server', () => {
    expect(read({ command: 'npx', args: ['server@1.2.3'] }).entries[0]?.version).toBe('1.2.3');
    expect(read({ command: 'npx', args: ['server@next'] }).entries[0]?.version).toBe('1.0.0');
  });
});

describe('what may be a secret is not taken over', () => {
  test.each<[string, JsonObject, string]>([
    ['a variable', { command: 'npx', args: ['x'], env: { API_KEY: 'S3CRET' } }, 'the values of "env"'],
    ['a variable of docker', { command: 'docker', args: ['run', '-e', 'API_KEY=S3CRET', 'x'] }, 'the values of "-e"'],
    ['an argument', { command: 'npx', args: ['x', '--api-key', 'S3CRET'] }, 'the values of secret arguments'],
    ['an argument with =', { command: 'npx', args: ['x', '--token=S3CRET'] }, 'the values of secret arguments'],
    ['a header', { url: 'https://example.com/mcp', headers: { Authorization: 'Bearer S3CRET' } }, 'the values of "headers"'],
    ['a password', { url: 'https://me:S3CRET@example.com/mcp' }, 'password'],
    ['a query', { url: 'https://example.com/mcp?key=S3CRET' }, 'query'],
  ])('%s', (_, server, told) => {
    const { entries, findings } = read(server);
    expect(JSON.stringify([entries, findings.kept])).not.toContain('S3CRET');
    expect(entries).toHaveLength(1);
    expect(findings.kept).toEqual([
      expect.objectContaining({ entry: 'my server', rule: 'repaired', served: true, message: expect.stringContaining(told) }),
    ]);
  });

  test('it is asked for instead', () => {
    const { entries } = read({ command: 'docker', args: ['run', '-e', 'API_KEY', 'x'], env: { API_KEY: 'a', MODE: 'b' } });
    expect(at(entries[0]?.server, 'packages')).toEqual([
      {
        registryType: 'oci',
        identifier: 'x',
        ...stdio,
        runtimeArguments: [
          { type: 'named', name: '-e', value: 'API_KEY={API_KEY}', variables: { API_KEY: { isRequired: true, isSecret: true } } },
        ],
        environmentVariables: [
          { name: 'API_KEY', isRequired: true, isSecret: true },
          { name: 'MODE', isRequired: true },
        ],
      },
    ]);
  });
});

test.each<[string, JsonObject, JsonObject]>([
  ['a URL', { url: 'https://example.com/mcp' }, { type: 'streamable-http', url: 'https://example.com/mcp' }],
  ['one of SSE', { url: 'https://example.com/sse' }, { type: 'sse', url: 'https://example.com/sse' }],
  ['a type', { type: 'sse', url: 'http://example.com/x' }, { type: 'sse', url: 'http://example.com/x' }],
])('%s becomes a remote', (_, server, wanted) => {
  expect(read(server).entries[0]?.server['remotes']).toEqual([wanted]);
});

test.each<[string, Json, string]>([
  ['no object', 'x', 'must be an object'],
  ['nothing to start', {}, 'neither "command" nor "url" is a text'],
  ['a script', { command: 'node', args: ['/home/me/server.js'] }, 'what "node" runs is known on that machine only'],
  ['a package that is a path', { command: 'npx', args: ['./server'] }, 'is a path or a URL'],
  ['a package from anywhere', { command: 'uvx', args: ['--from', 'git+https://example.com/x', 'y'] }, 'is a path or a URL'],
  ['npx alone', { command: 'npx', args: ['-y'] }, 'no package is named'],
  ['docker exec', { command: 'docker', args: ['exec', 'x'] }, 'the command is not "docker run"'],
  ['docker run alone', { command: 'docker', args: ['run', '-i'] }, 'there is no image'],
  ['another URL', { url: 'file:///etc/passwd' }, '"url" is no http or https URL'],
])('%s is left out with a finding', (_, server, message) => {
  const { entries, findings } = read(server);
  expect(entries).toEqual([]);
  expect(findings.kept).toEqual([
    expect.objectContaining({ entry: 'my server', served: false, message: expect.stringContaining(message) }),
  ]);
});

test('what else a configuration has is told', () => {
  const { findings } = readCatalog(
    json({ mcpServers: { a: { url: 'https://example.com/', alwaysAllow: ['x'] } }, globalShortcut: 'x' }),
    'auto',
  );
  expect(findings.kept.map(({ pointer, rule }) => [pointer, rule])).toEqual([
    ['/mcpServers/a/alwaysAllow', 'not-read'],
    ['/globalShortcut', 'not-read'],
  ]);
});
