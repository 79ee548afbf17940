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
      pypi('mcp-server-git', { packageArguments: [{ type: 'named', name: '--repository', isRequired: true }] }),
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
          { type: 'named', name: '--mount', isRequired: true },
          { type: 'named', name: '-p', isRequired: true },
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

  test('a pinned version is that of the server', () => {
    expect(read({ command: 'npx', args: ['server@1.2.3'] }).entries[0]?.version).toBe('1.2.3');
    expect(read({ command: 'npx', args: ['server@next'] }).entries[0]?.version).toBe('1.0.0');
  });
});

describe('what may be a secret is not taken over', () => {
  const npx = (...args: string[]): JsonObject => ({ command: 'npx', args: ['-y', '@example/server', ...args] });
  const docker = (...args: string[]): JsonObject => ({ command: 'docker', args: ['run', '-i', ...args] });
  test.each<[string, JsonObject, string]>([
    ['a variable', { command: 'npx', args: ['x'], env: { API_KEY: 'S3CRET' } }, 'the values of "env"'],
    ['a variable whose name is one', { command: 'npx', args: ['x'], env: { 'Bearer S3CRET': 'x' } }, 'variables with invalid names'],
    ['a variable of docker', docker('-e', 'API_KEY=S3CRET', 'x'), 'the values of "-e"'],
    ['a variable of docker in one', docker('--env=API_KEY=S3CRET', 'x'), 'the values of "-e"'],
    ['a file of variables', docker('--env-file', '/home/S3CRET', 'x'), 'the flag --env-file'],
    ['a volume', docker('-v', '/home/S3CRET:/data', 'x'), 'values in "args"'],
    ['an argument of an image', docker('x', 'postgresql://me:S3CRET@host/db'), 'values in "args"'],
    ['a script for an image', docker('x', '-c', 'TOKEN=S3CRET run'), 'values in "args"'],
    ['an argument', npx('--api-key', 'S3CRET'), 'values in "args"'],
    ['an argument with =', npx('--token=S3CRET'), 'values in "args"'],
    ['a short flag', npx('-p', 'S3CRET'), 'values in "args"'],
    ['a short flag in one', npx('-pS3CRET'), 'values in "args"'],
    ['a header', npx('--header', 'Authorization: Bearer S3CRET'), 'values in "args"'],
    ['a header in one', npx('-HX-Api-Key: S3CRET'), 'values in "args"'],
    ['a header with =', npx('--header=Authorization:S3CRET'), 'values in "args"'],
    ['a URL', npx('https://me:S3CRET@example.com/mcp?key=S3CRET#S3CRET'), 'values in "args"'],
    ['a URL behind a flag', npx('--proxy', 'http://u:S3CRET@proxy'), 'values in "args"'],
    ['a name and a value', npx('API_KEY=S3CRET'), 'values in "args"'],
    ['a setting', npx('--set', 'auth.token=S3CRET'), 'values in "args"'],
    ['JSON', npx('--config', '{"apiKey":"S3CRET"}'), 'values in "args"'],
    ['JSON alone', npx('{"token":"S3CRET"}'), 'values in "args"'],
    ['a known form of token', npx('ghp_S3CRET'), 'values in "args"'],
    ['a key of many lines', npx('--private-key', '-----BEGIN\nS3CRET'), 'values in "args"'],
    ['two in one', npx('--token S3CRET'), 'values in "args"'],
    ['in the way of Windows', npx('/apikey:S3CRET'), 'values in "args"'],
    ['a registry of packages', { command: 'uvx', args: ['--index-url', 'https://u:S3CRET@pypi.example.com', 'x'] }, 'the flag --index-url'],
    ['a header of a remote', { url: 'https://example.com/mcp', headers: { Authorization: 'Bearer S3CRET' } }, 'the values of "headers"'],
    ['a header that is one', { url: 'https://example.com/mcp', headers: { 'Bearer S3CRET': 'x' } }, 'headers with invalid names'],
    ['a password', { url: 'https://me:S3CRET@example.com/mcp' }, 'parts of "url"'],
    ['a query', { url: 'https://example.com/mcp?key=S3CRET' }, 'parts of "url"'],
    ['a fragment', { url: 'https://example.com/mcp#S3CRET' }, 'parts of "url"'],
    ['a path', { url: 'https://example.com/api/S3CRETS3CRETS3CRET/mcp' }, 'parts of "url"'],
    ['a parameter of a path', { url: 'https://example.com/mcp;session=S3CRET' }, 'parts of "url"'],
  ])('%s', (_, server, expected) => {
    const { entries, findings } = read(server);
    expect(JSON.stringify([entries, findings.kept])).not.toContain('S3CRET');
    expect(entries).toHaveLength(1);
    expect(findings.kept).toEqual([
      expect.objectContaining({ entry: 'my server', rule: 'repaired', served: true, message: expect.stringContaining(expected) }),
    ]);
  });

  test.each<[string, Json]>([
    ['a command line', { command: 'npx -y x --token S3CRET' }],
    ['a command', { command: '/home/S3CRET/x y' }],
    ['a flag of npx', { command: 'npx', args: ['--token', 'S3CRET', 'x'] }],
    ['a package from anywhere', { command: 'uvx', args: ['--from', 'git+https://S3CRET@example.com/x', 'y'] }],
    ['a package that is a URL', { command: 'npx', args: ['https://me:S3CRET@example.com/x.tgz'] }],
    ['an image that is none', docker('me:S3CRET@example.com/x')],
    ['another program in an image', docker('--entrypoint', 'sh', 'x', '-c', 'S3CRET')],
    ['arguments that are a text', { command: 'npx', args: 'x --token S3CRET' }],
    ['an argument that is no text', { command: 'npx', args: ['x', { token: 'S3CRET' }] }],
    ['a URL of another kind', { url: 'S3CRET://x' }],
  ])('nor repeated if a server is left out: %s', (_, server) => {
    const { entries, findings } = read(server);
    expect(entries).toEqual([]);
    expect(findings.counts.leftOut).toBe(1);
    expect(JSON.stringify(findings.kept)).not.toContain('S3CRET');
  });

  test('a path segment that looks like a token becomes an input', () => {
    expect(read({ url: 'https://example.com/api/mcp/s/a1b2c3d4e5f6a7b8c9d0/mcp' }).entries[0]?.server['remotes']).toEqual([
      {
        type: 'streamable-http',
        url: 'https://example.com/api/mcp/s/{token}/mcp',
        variables: { token: { isRequired: true, isSecret: true } },
      },
    ]);
  });

  test('it becomes an input instead', () => {
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
  ['a package that is a path', { command: 'npx', args: ['./server'] }, 'a path or a URL is known on that machine only'],
  ['a package from anywhere', { command: 'uvx', args: ['--from', 'git+https://example.com/x', 'y'] }, 'a path or a URL'],
  ['a command line', { command: 'npx -y x' }, '"command" must be only the program'],
  ['arguments that are a text', { command: 'npx', args: '-y x' }, '"args" must be a list of texts'],
  ['npx alone', { command: 'npx', args: ['-y'] }, 'no package is named'],
  ['docker exec', { command: 'docker', args: ['exec', 'x'] }, 'the command is not "docker run"'],
  ['docker run alone', { command: 'docker', args: ['run', '-i'] }, 'there is no image'],
  ['another URL', { url: 'file:///etc/passwd' }, '"url" is not an http or https URL'],
])('%s is left out with a finding', (_, server, message) => {
  const { entries, findings } = read(server);
  expect(entries).toEqual([]);
  expect(findings.kept).toEqual([
    expect.objectContaining({ entry: 'my server', served: false, message: expect.stringContaining(message) }),
  ]);
});

describe('the configuration of other clients', () => {
  test.each<[string, Json]>([
    ['VS Code', { servers: { a: { type: 'stdio', command: 'npx', args: ['x'] } }, inputs: [{ id: 'key' }] }],
    ['VS Code with a URL', { servers: { a: { type: 'http', url: 'https://example.com/mcp' } } }],
    ['Windsurf', { mcpServers: { a: { serverUrl: 'https://example.com/mcp' } } }],
    ['Gemini', { mcpServers: { a: { httpUrl: 'https://example.com/mcp' } } }],
  ])('%s', (_, file) => {
    const { info, entries, findings } = readCatalog(json(file), 'auto');
    expect([info.format, entries.map(({ name }) => name), findings.kept]).toEqual(['client-configuration', ['local.mcp/a'], []]);
  });
});

test('other parts of a configuration are reported', () => {
  const { findings } = readCatalog(
    json({ mcpServers: { a: { url: 'https://example.com/', alwaysAllow: ['x'] } }, globalShortcut: 'x' }),
    'auto',
  );
  expect(findings.kept.map(({ pointer, rule }) => [pointer, rule])).toEqual([
    ['/mcpServers/a/alwaysAllow', 'not-read'],
    ['/globalShortcut', 'not-read'],
  ]);
});
