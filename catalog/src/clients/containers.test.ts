import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import type { Answers } from './index.ts';
import { fileText, imageServer, packageServer, secretRemote, setupOf, sseRemote, stdioServer, waysOf } from './testing.ts';

describe('ToolHive', () => {
  test.each<[string, JsonObject, Answers, string[]]>([
    [
      'a package, its secret in the store',
      stdioServer,
      {},
      [
        'command thv secret set weather-api_key',
        'command thv run --name weather --transport stdio --secret weather-api_key,target=API_KEY --env LEVEL=info npx://@example/weather@1.2.3 -- --units metric',
      ],
    ],
    [
      'a secret that was answered',
      stdioServer,
      { API_KEY: 'k' },
      ['command thv run --name weather --transport stdio --env API_KEY=k --env LEVEL=info npx://@example/weather@1.2.3 -- --units metric'],
    ],
    [
      'a package of PyPI',
      packageServer({ registryType: 'pypi', identifier: 'weather', version: '1.0' }),
      {},
      ['command thv run --name weather --transport stdio uvx://weather@1.0'],
    ],
    [
      'an image that listens',
      imageServer({
        transport: { type: 'streamable-http', url: 'http://localhost:8080/mcp' },
        runtimeArguments: [
          { type: 'named', name: '-p', value: '8080:8000' },
          { type: 'named', name: '-v', value: 'data:/b:ro' },
        ],
      }),
      {},
      ['command thv run --name weather --transport streamable-http --target-port 8000 --volume data:/b:ro ghcr.io/example/weather:1.2.3'],
    ],
    [
      'a remote, its header in the store',
      secretRemote,
      {},
      [
        'command thv secret set weather-authorization',
        'command thv run --name weather --transport streamable-http --remote-forward-headers-secret Authorization=weather-authorization https://example.com/mcp',
      ],
    ],
    ['a remote of server-sent events', sseRemote, {}, ['command thv run --name weather --transport sse https://example.com/sse']],
  ])('%s', (_, server, answers, ways) => {
    expect(waysOf('thv', server, answers)).toEqual(ways);
  });

  test('explains the value of a secret with text around it', () => {
    expect(setupOf('thv', secretRemote).ways[0]).toEqual({
      kind: 'command',
      about: 'Asks for the secret Authorization. Do this first. For sh, bash, zsh and fish.',
      notes: ["Answer with the whole text: 'Bearer <token>'."],
      text: 'thv secret set weather-authorization',
    });
  });
});

describe('Docker', () => {
  test('an image, for the gateway and for docker run', () => {
    const server = imageServer({
      environmentVariables: [
        { name: 'API_KEY', isRequired: true, isSecret: true },
        { name: 'LEVEL', default: 'info' },
      ],
      runtimeArguments: [
        { type: 'named', name: '-v', value: 'data:/b' },
        { type: 'named', name: '--network', value: 'none' },
        { type: 'named', name: '--memory', value: '1g' },
      ],
      packageArguments: [{ type: 'positional', value: 'serve' }],
    });
    expect(waysOf('docker', server)).toEqual([
      `file weather.json ${fileText({
        name: 'weather',
        title: 'weather',
        type: 'server',
        description: 'io.example/weather, the image ghcr.io/example/weather:1.2.3',
        image: 'ghcr.io/example/weather:1.2.3',
        secrets: [{ name: 'weather.api_key', env: 'API_KEY' }],
        env: [{ name: 'LEVEL', value: 'info' }],
        command: ['serve'],
        volumes: ['data:/b'],
        disableNetwork: true,
      })}`,
      "command docker mcp secret set 'weather.api_key=<API_KEY>'",
      'command docker mcp profile create --name weather --server file://./weather.json',
      'command docker mcp gateway run --profile weather',
      "command env 'API_KEY=<API_KEY>' LEVEL=info docker run -i --rm -v data:/b --network none --memory 1g -e API_KEY -e LEVEL ghcr.io/example/weather:1.2.3 serve",
    ]);
    expect(setupOf('docker', server).warnings).toContain(
      'The gateway has nothing like --memory, which the entry has; only "docker run" is given them.',
    );
  });

  test('a remote', () => {
    expect(waysOf('docker', secretRemote)).toEqual([
      `file weather.json ${fileText({
        name: 'weather',
        title: 'weather',
        type: 'remote',
        description: 'io.example/weather, the remote https://example.com/mcp',
        remote: { url: 'https://example.com/mcp', transport_type: 'streamable-http', headers: { Authorization: '${AUTHORIZATION}' } },
        secrets: [{ name: 'weather.authorization', env: 'AUTHORIZATION' }],
      })}`,
      "command docker mcp secret set 'weather.authorization=Bearer <token>'",
      'command docker mcp profile create --name weather --server file://./weather.json',
      'command docker mcp gateway run --profile weather',
    ]);
  });

  test('an image that listens is only started', () => {
    const server = imageServer({ transport: { type: 'sse', url: 'http://localhost:8000/sse' } });
    expect(waysOf('docker', server)).toEqual(['command docker run -i --rm -p 127.0.0.1:8000:8000 ghcr.io/example/weather:1.2.3']);
  });
});

test.each([
  ['http://localhost:8080/mcp', false],
  ['http://localhost', true],
])('an image that listens at %s: a note says that its port is assumed: %s', (url, isAssumed) => {
  const [start] = setupOf('vscode', imageServer({ transport: { type: 'streamable-http', url } })).ways;
  const assumed = expect.stringContaining('The entry names no port');
  expect(start).toMatchObject({
    about: expect.stringContaining('Starts the server'),
    notes: [expect.anything(), ...(isAssumed ? [assumed] : [])],
  });
});
