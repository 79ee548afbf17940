import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { serverJson } from '../testing.ts';
import { clientSetup, type Answers } from './index.ts';
import { named, npmServer, positional, remoteServer, setupOf, commandLine } from './testing.ts';

const args = (...packageArguments: JsonObject[]): JsonObject => npmServer({ packageArguments });

describe('arguments', () => {
  test.each<[string, JsonObject, Answers, string]>([
    ['a value', args(positional({ value: 'serve' })), {}, 'serve'],
    ['a value that is asked for', args(positional({ valueHint: 'folder', isRequired: true })), {}, '<folder>'],
    ['the answer to it', args(positional({ valueHint: 'folder', isRequired: true })), { folder: '/data' }, '/data'],
    ['several answers', args(positional({ valueHint: 'folder', isRepeated: true })), { folder: ['/a', '/b'] }, '/a /b'],
    ['one answer, where there may be one', args(positional({ valueHint: 'folder' })), { folder: ['/a', '/b'] }, '/a'],
    ['an optional value', args(positional({ valueHint: 'folder', description: 'Where' })), {}, ''],
    ['a flag alone', args(named('--verbose')), {}, '--verbose'],
    ['a flag with a value', args(named('--port', { value: '80' })), {}, '--port 80'],
    ['a flag with a number', args(named('--port', { value: 80 })), {}, '--port 80'],
    ['a flag with a default', args(named('--port', { default: '80', description: 'Port' })), {}, '--port 80'],
    ['an answer in its place', args(named('--port', { default: '80' })), { port: '81' }, '--port 81'],
    ['an optional flag', args(named('--port', { description: 'Port' })), {}, ''],
    ['a repeated flag', args(named('--dir', { isRepeated: true, description: 'Folder' })), { dir: ['a', 'b'] }, '--dir a --dir b'],
    ['a switch', args(named('--debug', { format: 'boolean', description: 'More' })), {}, ''],
    ['a switch that is on', args(named('--debug', { format: 'boolean', description: 'More' })), { debug: 'true' }, '--debug'],
    ['a switch that is off', args(named('--debug', { format: 'boolean', default: 'true' })), { debug: 'false' }, ''],
    ['a switch that is fixed', args(named('--debug', { format: 'boolean', value: 'true' })), {}, '--debug'],
    [
      'variables in a value',
      args(named('--url', { value: 'https://{host}:{port}/', variables: { host: { isRequired: true }, port: { default: '80' } } })),
      { host: 'example.com' },
      '--url https://example.com:80/',
    ],
    ['a variable that is left out', args(positional({ value: 'x={x}', variables: { x: { description: 'Any' } } })), {}, ''],
    ['braces that are no variable', args(positional({ value: '{"a":1}' })), {}, '{"a":1}'],
    ['an empty answer is none', args(positional({ valueHint: 'folder', isRequired: true })), { folder: '' }, '<folder>'],
  ])('%s', (_, server, answers, line) => {
    expect(commandLine(server, answers)).toBe(`npx -y @example/weather@1.2.3${line === '' ? '' : ` ${line}`}`);
  });
});

describe('remotes', () => {
  const header = (fields: JsonObject): JsonObject => remoteServer({ headers: [{ name: 'Authorization', ...fields }] });
  test.each<[string, JsonObject, Answers, string]>([
    ['a URL', remoteServer(), {}, 'https://example.com/mcp'],
    ['a required header', header({ isRequired: true }), {}, 'https://example.com/mcp Authorization=<Authorization>'],
    ['an optional header', header({ description: 'Any' }), {}, 'https://example.com/mcp'],
    [
      'a variable in a header',
      header({ value: 'Bearer {t}', variables: { t: { isRequired: true } } }),
      { t: 'x' },
      'https://example.com/mcp Authorization=Bearer x',
    ],
    [
      'one that is not declared',
      header({ value: 'Bearer {token}', isSecret: true }),
      {},
      'https://example.com/mcp Authorization=Bearer <token>',
    ],
    [
      'a variable in the URL',
      remoteServer({ url: 'https://{tenant}.example.com/mcp', variables: { tenant: {} } }),
      {},
      'https://<tenant>.example.com/mcp',
    ],
    ['its answer', remoteServer({ url: 'https://{tenant}.example.com/mcp' }), { tenant: 'acme' }, 'https://acme.example.com/mcp'],
    ['a URL that is an answer', remoteServer({ url: '{base}/mcp' }), { base: 'https://example.org' }, 'https://example.org/mcp'],
  ])('%s', (_, server, answers, line) => {
    expect(commandLine(server, answers)).toBe(line);
  });

  test('streamable HTTP comes before server-sent events, and both before packages', () => {
    const server = serverJson('io.example/weather', {
      packages: [{ registryType: 'npm', identifier: 'weather', transport: { type: 'stdio' } }],
      remotes: [
        { type: 'sse', url: 'https://example.com/sse' },
        { type: 'streamable-http', url: 'https://example.com/mcp' },
      ],
    });
    expect(setupOf('json', server).targets).toEqual([
      { id: 'remotes/1', about: 'the remote https://example.com/mcp' },
      { id: 'remotes/0', about: 'the remote https://example.com/sse' },
      { id: 'packages/0', about: 'the npm package weather' },
    ]);
    expect(clientSetup(server, 'json', { target: 'packages/0' })).toMatchObject({ available: true, target: 'packages/0' });
    expect(clientSetup(server, 'json', { target: 'packages/9' })).toEqual({
      available: false,
      client: 'json',
      reason: 'nothing',
      message: 'The entry has no "packages/9"; it has remotes/1, remotes/0, packages/0.',
      remedy: 'Name one that it has.',
    });
  });
});

describe('inputs', () => {
  test('have everything that a form needs, required ones first', () => {
    const server = npmServer({
      environmentVariables: [
        { name: 'LEVEL', description: 'How\n much ', choices: ['info', 'debug'], default: 'info' },
        { name: 'API_KEY', description: 'Key', isRequired: true, isSecret: true, placeholder: 'sk-1' },
      ],
    });
    expect(setupOf('json', server).inputs).toEqual([
      {
        key: 'API_KEY',
        label: 'API_KEY',
        description: 'Key',
        secret: true,
        required: true,
        format: 'string',
        placeholder: 'sk-1',
        choices: [],
        repeated: false,
      },
      {
        key: 'LEVEL',
        label: 'LEVEL',
        description: 'How much',
        secret: false,
        required: false,
        format: 'string',
        default: 'info',
        choices: ['info', 'debug'],
        repeated: false,
      },
    ]);
  });

  test('of the same name are merged if equal, and otherwise have separate keys', () => {
    const host = { isRequired: true, description: 'Host' };
    const server = args(
      positional({ value: 'a={host}', variables: { host } }),
      positional({ value: 'b={host}', variables: { host } }),
      positional({ value: 'c={host}', variables: { host: { isRequired: true } } }),
    );
    expect(setupOf('json', server).inputs.map(({ key }) => key)).toEqual(['host', 'host-2']);
    expect(commandLine(server, { host: '1', 'host-2': '2' })).toMatch(/ a=1 b=1 c=2$/);
  });

  test('names of the prototype are ordinary names', () => {
    const server = npmServer({
      environmentVariables: [
        { name: '__proto__', isRequired: true },
        { name: 'constructor', isRequired: true },
      ],
    });
    expect(setupOf('json', server).inputs.map(({ key }) => key)).toEqual(['__proto__', 'constructor']);
    expect(setupOf('json', server).ways[0]?.text).toContain('"__proto__": "<__proto__>"');
  });
});

describe('warnings', () => {
  const server = npmServer({
    environmentVariables: [
      { name: 'API_KEY', isRequired: true, isSecret: true },
      { name: 'LEVEL', choices: ['info', 'debug'] },
    ],
  });
  test.each<[string, Answers, string[]]>([
    ['what has to be replaced', {}, ['Put your own values in place of <API_KEY>.']],
    [
      'a secret that is shown',
      { API_KEY: 's3cret' },
      ['What is shown has API_KEY in it: do not share it, and keep it out of version control.'],
    ],
    [
      'an answer that is none of the choices',
      { API_KEY: '', LEVEL: 'loud' },
      ['Put your own values in place of <API_KEY>.', '"loud" is not one of the choices of LEVEL: info, debug.'],
    ],
    [
      'an answer to nothing',
      { KEY: 'x' },
      ['Put your own values in place of <API_KEY>.', 'There is no input "KEY"; the inputs are API_KEY, LEVEL.'],
    ],
  ])('%s', (_, answers, warnings) => {
    expect(setupOf('json', server, answers).warnings).toEqual(warnings);
  });

  test('another runtime than the one used', () => {
    expect(setupOf('json', npmServer({ runtimeHint: 'bun' })).warnings).toEqual(['The entry asks for bun to run it; npx is used.']);
  });
});

describe('values that result in a URL which no client should use', () => {
  const server = remoteServer({ url: 'https://example.com/{t}', variables: { t: { default: 'a b' } } });
  const remote = (url: string): string => `The remote ${url}: `;
  test.each<[string, JsonObject, Answers, string, string]>([
    [
      'a default',
      server,
      {},
      `${remote('https://example.com/{t}')}With "a b", the default of t, its URL "https://example.com/a b" has a space or a backslash in it.`,
      'Give a value of your own for t.',
    ],
    [
      'one of two defaults',
      remoteServer({ url: 'https://{host}/{t}', variables: { host: { default: 'example.com' }, t: { default: 'a b' } } }),
      {},
      `${remote('https://{host}/{t}')}With "a b", the default of t, its URL "https://example.com/a b" has a space or a backslash in it.`,
      'Give a value of your own for t.',
    ],
    [
      'two defaults',
      remoteServer({ url: 'https://{host}/{t}', variables: { host: { default: 'x@example.com' }, t: { default: 'a b' } } }),
      {},
      `${remote('https://{host}/{t}')}With "x@example.com", the default of host, its URL "https://x@example.com/a b" has a space or a backslash in it.`,
      'Give a value of your own for host.',
    ],
    [
      'an answer',
      server,
      { t: 'c d' },
      `${remote('https://example.com/{t}')}With "c d" for t its URL "https://example.com/c d" has a space or a backslash in it.`,
      'Correct the answers.',
    ],
  ])('%s', (_, entry, answers, message, remedy) => {
    expect(clientSetup(entry, 'json', { answers })).toMatchObject({ available: false, reason: 'url', message, remedy });
  });

  test('an answer replaces a default', () => {
    expect(commandLine(server, { t: 'abc' })).toBe('https://example.com/abc');
  });
});
