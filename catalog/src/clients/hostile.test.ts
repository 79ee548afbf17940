import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { CLIENTS, clientSetup, type Answers, type Client, type ClientSetup } from './index.ts';
import { imageServer, npmServer, packageServer, remoteServer, shellWords, configurationsIn } from './testing.ts';

/** Texts that would do something where they are not quoted. */
const HOSTILE = [
  `'; touch /tmp/owned; '`,
  String.raw`\'; touch /tmp/owned; #`,
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  '"; touch /tmp/owned; "',
  '" && touch /tmp/owned',
  '| touch /tmp/owned',
  '"]\\u000acommand = "touch',
  '"}},"x":{"command":"touch',
  '&config=e30=',
  '%27%3B touch',
  '--privileged',
  '-c',
  '*',
  '!!',
  '#',
  '</script><script>',
];
/** The same, where they may stand as they are: no client replaces them. */
const servers = HOSTILE.map((text) =>
  npmServer({
    environmentVariables: [{ name: 'A', value: text }],
    packageArguments: [
      { type: 'positional', value: text },
      { type: 'named', name: text, value: text },
    ],
  }),
);

function available(server: JsonObject, client: Client, answers: Answers = {}): ClientSetup[] {
  const found = clientSetup(server, client, { answers });
  return found.available ? [found] : [];
}

function reasonsOf(server: JsonObject, answers: Answers = {}): string[] {
  return [
    ...new Set(CLIENTS.map((client) => clientSetup(server, client, { answers })).map((one) => (one.available ? 'available' : one.reason))),
  ].sort();
}

describe('hostile texts arrive unchanged, without side effects', () => {
  // Whether `$(…)` and backticks may stand in a file is a matter of the client: none of those here replaces them.
  test.each<Client>(['vscode', 'claude', 'claude-desktop', 'cursor', 'codex', 'gemini', 'json'])('%s', (client) => {
    const setups = servers.flatMap((server) => available(server, client));
    const settings = configurationsIn(setups).map((ways) => ways.map(({ command, values }) => [command, values]));
    expect(settings).toEqual(
      HOSTILE.map((text, index) =>
        (setups[index]?.ways ?? []).map(() => [['npx', '-y', '@example/weather@1.2.3', text, text, text], { A: text }]),
      ),
    );
  });

  test('thv and docker run', () => {
    const images = HOSTILE.map((text) =>
      imageServer({ environmentVariables: [{ name: 'A', value: text }], packageArguments: [{ type: 'positional', value: text }] }),
    );
    const last = (client: Client): string[] =>
      images.flatMap((server) => available(server, client)).map(({ ways }) => ways.at(-1)?.text ?? '');
    expect(shellWords(last('thv'))).toEqual(
      HOSTILE.map((text) => [
        'thv',
        'run',
        '--name',
        'weather',
        '--transport',
        'stdio',
        '--env',
        `A=${text}`,
        'ghcr.io/example/weather:1.2.3',
        '--',
        text,
      ]),
    );
    expect(shellWords(last('docker'))).toEqual(
      HOSTILE.map((text) => ['env', `A=${text}`, 'docker', 'run', '-i', '--rm', '-e', 'A', 'ghcr.io/example/weather:1.2.3', text]),
    );
  });

  test('headers and answers', () => {
    const server = remoteServer({ headers: [{ name: 'X-Key', isRequired: true }] });
    const clients = CLIENTS.filter((client) => !['claude-desktop', 'thv', 'docker'].includes(client));
    const setups = clients.flatMap((client) => HOSTILE.flatMap((text) => available(server, client, { 'X-Key': text })));
    const values = configurationsIn(setups).map((ways) => ways.map(({ url, values }) => [url, values['X-Key']]));
    expect(values).toEqual(
      clients.flatMap(() => HOSTILE).map((text, index) => (setups[index]?.ways ?? []).map(() => ['https://example.com/mcp', text])),
    );
  });

  test('descriptions, in the inputs of VS Code', () => {
    const [found] = available(
      npmServer({ environmentVariables: [{ name: 'A', isRequired: true, description: 'a\n\u202eb ${command:x} "\'' }] }),
      'vscode',
    );
    const { inputs } = JSON.parse(found?.ways.at(-1)?.text ?? '') as { inputs: { description: string }[] };
    expect(inputs.map(({ description }) => description)).toEqual([`A: a b {command:x} "'`]);
    expect(shellWords([found?.ways[1]?.text ?? ''])[0]?.length).toBe(3);
  });
});

describe('descriptions and links contain no text of an entry that a shell would interpret', () => {
  const ACTIVE = /[$`'";&|<>(){}!*~\\\s]/;
  test.each(HOSTILE.map((text) => [text]))('%s', (text) => {
    const url = `http://localhost:8080/${text.replaceAll(/[\s\\]/g, '')}`;
    const setups = [
      npmServer({ environmentVariables: [{ name: 'A', value: `${text}{t}`, variables: { t: { isSecret: true, isRequired: true } } }] }),
      imageServer({ transport: { type: 'streamable-http', url } }),
      remoteServer({ url: url.replace('localhost:8080', 'example.com'), headers: [{ name: 'X-A', value: `${text}{t}`, isSecret: true }] }),
      packageServer({ registryType: 'mcpb', identifier: `https://example.com/${text}` }),
    ].flatMap((server) => CLIENTS.flatMap((client) => available(server, client)));
    const ways = setups.flatMap((setup) => setup.ways);
    expect(ways.filter(({ about }) => [text, url].some((one) => about.includes(one)))).toEqual([]);
    const links = ways.filter(({ kind }) => kind === 'link').map((link) => link.text.replace('&config=', ''));
    expect([links.length > 0, links.filter((link) => ACTIVE.test(link))]).toEqual([true, []]);
    const notes = ways.flatMap((way) => way.notes ?? []);
    // 'Answer with the whole text: …', 'The server listens at … until it is stopped.'
    expect(new Set(shellWords(notes).map((words) => words.length))).toEqual(new Set([6, 9]));
  });
});

describe('what a client would substitute is refused: it could read variables, or run commands', () => {
  test.each<[string, Client[]]>([
    ['${env:AWS_SECRET_ACCESS_KEY}', ['vscode', 'claude', 'cursor', 'docker', 'gemini', 'json']],
    ['${command:workbench.action.quit}', ['vscode', 'claude', 'cursor', 'docker', 'gemini', 'json']],
    ['$AWS_SECRET_ACCESS_KEY', ['gemini']],
    ['{{ github.token }}', ['docker']],
    ['100 $', []],
  ])('%s', (text, clients) => {
    const places: [JsonObject, readonly Client[]][] = [
      [remoteServer({ headers: [{ name: 'X-Key', value: text }] }), ['claude-desktop']],
      [imageServer({ environmentVariables: [{ name: 'A', default: text }] }), []],
      [imageServer({ packageArguments: [{ type: 'positional', value: text }] }), []],
      // Put together of two defaults, neither of which is one.
      [
        imageServer({
          packageArguments: [
            { type: 'positional', value: '{a}{b}', variables: { a: { default: text.slice(0, 1) }, b: { default: text.slice(1) } } },
          ],
        }),
        [],
      ],
    ];
    for (const [server, others] of places) {
      const refused = CLIENTS.filter((client) => !others.includes(client)).filter((client) => !clientSetup(server, client).available);
      expect(refused).toEqual(CLIENTS.filter((client) => clients.includes(client)));
    }
  });

  test("answers are up to the user, unless they are the entry's default", () => {
    const server = remoteServer({ headers: [{ name: 'X-Key', isRequired: true }] });
    expect(available(server, 'cursor', { 'X-Key': '${env:MY_KEY}' }).length).toBe(1);
    const preset = remoteServer({ headers: [{ name: 'X-Key', default: '${env:MY_KEY}' }] });
    expect(available(preset, 'cursor', { 'X-Key': '${env:MY_KEY}' }).length).toBe(0);
  });
});

describe('invisible characters are refused', () => {
  const unseen = ['a\nb', 'a\rb', 'a\u0000b', 'a\u001b[2Kb', 'a\u009bb', 'a\u2028b', 'a\u202eb', 'a\u200bb', 'a\ufeffb', 'a\ud800b'];
  test.each(unseen.map((text) => [JSON.stringify(text), text]))('%s', (_, text) => {
    const places = [
      npmServer({ packageArguments: [{ type: 'positional', value: text }] }),
      npmServer({ packageArguments: [{ type: 'named', name: text, value: 'x' }] }),
      npmServer({ environmentVariables: [{ name: 'A', default: text }] }),
      npmServer({ environmentVariables: [{ name: text, isRequired: true }] }),
      npmServer({ version: text }),
      npmServer({ identifier: text }),
      imageServer({ identifier: text }),
      remoteServer({ url: `https://example.com/${text}` }),
      remoteServer({ headers: [{ name: 'A', value: text }] }),
    ];
    expect(places.map((server) => reasonsOf(server)).filter((reasons) => reasons.includes('available'))).toEqual([]);
  });

  test('an answer of several lines is allowed in files, and in commands only as JSON', () => {
    const server = npmServer({ environmentVariables: [{ name: 'KEY', isRequired: true }] });
    const kinds = (client: Client): string[] =>
      available(server, client, { KEY: 'a\nb' }).flatMap(({ ways }) => ways.map(({ kind }) => kind));
    expect([kinds('claude'), kinds('codex'), kinds('gemini'), kinds('cursor')]).toEqual([
      ['command', 'file'],
      ['file'],
      ['file'],
      ['link', 'file'],
    ]);
    expect(clientSetup(server, 'thv', { answers: { KEY: 'a\nb' } })).toMatchObject({
      available: false,
      reason: 'text',
      remedy: 'Answer with one line.',
    });
  });
});

describe('what would run something else is refused', () => {
  const runtime = (...runtimeArguments: JsonObject[]): JsonObject => ({ runtimeArguments });
  test.each<[string, JsonObject, string]>([
    ['an option for a name', npmServer({ identifier: '--package=evil', version: '1' }), 'name'],
    ['a folder', npmServer({ identifier: './evil' }), 'name'],
    ['a repository', packageServer({ registryType: 'npm', identifier: 'github:evil/x' }), 'name'],
    ['an archive', packageServer({ registryType: 'npm', identifier: 'evil.tgz' }), 'name'],
    ['an alias', npmServer({ version: 'npm:evil' }), 'name'],
    ['a repository for uvx', packageServer({ registryType: 'pypi', identifier: 'git+https://evil.com/x' }), 'name'],
    ['an option for an image', packageServer({ registryType: 'oci', identifier: '--privileged' }), 'name'],
    ['an option for a version', packageServer({ registryType: 'nuget', identifier: 'X', version: '--source' }), 'name'],
    ['another package', npmServer(runtime({ type: 'positional', value: 'evil' })), 'options'],
    ['another package behind a switch', npmServer(runtime({ type: 'named', name: '-y', value: 'evil' })), 'options'],
    ['another package by a flag', npmServer(runtime({ type: 'named', name: '--package', value: 'evil' })), 'options'],
    ['another image', imageServer(runtime({ type: 'positional', value: 'evil/image' })), 'options'],
    ['another image behind a switch', imageServer(runtime({ type: 'named', name: '-i', value: 'evil/image' })), 'options'],
    [
      'the same image behind an option',
      imageServer(runtime({ type: 'named', name: '--privileged' }, { type: 'positional', value: 'ghcr.io/example/weather' })),
      'options',
    ],
    ['another program in the image', imageServer(runtime({ type: 'named', name: '--entrypoint', value: 'sh' })), 'options'],
    ['a device', imageServer(runtime({ type: 'named', name: '--device', value: '/dev/sda' })), 'options'],
    [
      'another index, by a variable',
      npmServer({ environmentVariables: [{ name: 'npm_config_registry', value: 'https://evil.com' }] }),
      'options',
    ],
    ['code for node, by a variable', npmServer({ environmentVariables: [{ name: 'NODE_OPTIONS', default: '--require evil' }] }), 'options'],
    [
      'another host for docker, by a variable',
      imageServer({ environmentVariables: [{ name: 'DOCKER_HOST', value: 'tcp://evil' }] }),
      'options',
    ],
    ['a URL of another scheme', remoteServer({ url: 'javascript:alert(1)' }), 'url'],
    ['a file', remoteServer({ url: 'file:///etc/passwd' }), 'url'],
    ['a URL with a user', remoteServer({ url: 'https://example.com@evil.com/mcp' }), 'url'],
    ['a URL with a backslash', remoteServer({ url: String.raw`https://example.com\@evil.com` }), 'url'],
    ['a URL with a space', remoteServer({ url: 'https://example.com/ --header x' }), 'url'],
    ['an index of another scheme', npmServer({ registryBaseUrl: 'file:///tmp/x' }), 'index'],
    ['a required header without a name', remoteServer({ headers: [{ name: 'a: b\r\nc', isRequired: true }] }), 'text'],
    ['a required variable with a bad name', npmServer({ environmentVariables: [{ name: '--privileged', isRequired: true }] }), 'text'],
  ])('%s', (_, server, reason) => {
    expect(reasonsOf(server)).toEqual([reason]);
  });

  test('a default that results in a URL with a user', () => {
    const server = remoteServer({ url: 'https://{host}/mcp', variables: { host: { default: 'x@evil.com' } } });
    // Claude Desktop takes no remote at all.
    expect(reasonsOf(server)).toEqual(['transport', 'url']);
  });

  test('a variable that affects what is run may be an input', () => {
    expect(available(npmServer({ environmentVariables: [{ name: 'NODE_OPTIONS', description: 'Any' }] }), 'json').length).toBe(1);
  });

  test('an optional variable or header with a bad name is left out with a warning', () => {
    const [found] = available(npmServer({ environmentVariables: [{ name: '--privileged' }, { name: '' }] }), 'json');
    expect(found?.warnings).toEqual([
      'The environment variable "--privileged" is left out: no environment variable has such a name.',
      'The environment variable "" is left out: no environment variable has such a name.',
    ]);
  });

  test('an answer cannot change the scheme of a URL', () => {
    const server = remoteServer({ url: '{base}/mcp' });
    expect(clientSetup(server, 'json', { answers: { base: 'javascript:alert(1)//' } })).toMatchObject({
      available: false,
      reason: 'url',
      remedy: 'Correct the answers.',
    });
  });
});

describe('entries of any shape are read', () => {
  test.each<[string, JsonObject]>([
    ['lists that are none', { packages: 'x', remotes: { url: 'y' } }],
    ['members that are none', { packages: [null, 1, 'x', []], remotes: [false] }],
    ['empty objects', { packages: [{}], remotes: [{}] }],
    [
      'fields of other types',
      { packages: [{ registryType: ['npm'], identifier: 5, version: {}, transport: 'stdio', packageArguments: 7 }] },
    ],
    [
      'inputs of other types',
      {
        packages: [
          {
            registryType: 'npm',
            identifier: 'x',
            environmentVariables: [
              { name: 5, default: [] },
              { name: 'A', choices: 'x', variables: [] },
            ],
          },
        ],
      },
    ],
    ['a transport of another type', { packages: [{ registryType: 'npm', identifier: 'x', transport: { type: 5, url: [] } }] }],
    ['a name of another type', { name: 7, remotes: [{ type: 'sse', url: 'https://example.com' }] }],
    [
      'keys of the prototype',
      { packages: [{ registryType: '__proto__', identifier: 'constructor' }], remotes: [{ type: 'toString', url: 'x' }] },
    ],
  ])('%s', (_, server) => {
    for (const client of CLIENTS) expect(typeof clientSetup(server, client).available).toBe('boolean');
  });
});
