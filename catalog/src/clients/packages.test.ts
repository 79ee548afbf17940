import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import type { Answers } from './index.ts';
import { imageServer, named, npmServer, packageServer, positional, setupOf, commandLine } from './testing.ts';

describe('what runs a package', () => {
  test.each<[string, JsonObject, string]>([
    ['npm', npmServer(), 'npx -y @example/weather@1.2.3'],
    ['npm without a version', packageServer({ registryType: 'npm', identifier: 'weather' }), 'npx -y weather'],
    ['the public index of npm', npmServer({ registryBaseUrl: 'https://any.npmjs.org' }), 'npx -y @example/weather@1.2.3'],
    [
      'another index of npm',
      npmServer({ registryBaseUrl: 'https://npm.example.com/' }),
      'npx -y --registry=https://npm.example.com/ @example/weather@1.2.3',
    ],
    ['PyPI', packageServer({ registryType: 'pypi', identifier: 'weather', version: '1.0' }), 'uvx weather@1.0'],
    [
      'another index of Python',
      packageServer({ registryType: 'pypi', identifier: 'weather', registryBaseUrl: 'https://py.example.com/simple' }),
      'uvx --default-index https://py.example.com/simple weather',
    ],
    ['an image', imageServer(), 'docker run -i --rm ghcr.io/example/weather:1.2.3'],
    [
      'an image with its version apart',
      packageServer({ registryType: 'oci', identifier: 'example/weather', version: '2', registryBaseUrl: 'https://ghcr.io' }),
      'docker run -i --rm ghcr.io/example/weather:2',
    ],
    [
      'NuGet',
      packageServer({
        registryType: 'nuget',
        identifier: 'Example.Weather',
        version: '1.0.0-beta',
        packageArguments: [positional({ value: 'start' })],
      }),
      'dnx Example.Weather@1.0.0-beta --yes -- start',
    ],
    [
      'fields with underscores, from before September 2025',
      packageServer({
        registry_type: 'npm',
        identifier: 'weather',
        package_arguments: [named('--port', { is_required: true, default: '80' })],
        environment_variables: [{ name: 'API_KEY', is_required: true, is_secret: true }],
      }),
      'API_KEY=<API_KEY> npx -y weather --port 80',
    ],
    [
      'arguments of an image in the extension of ToolHive',
      {
        ...imageServer(),
        _meta: {
          'io.modelcontextprotocol.registry/publisher-provided': {
            'io.github.stacklok': {
              'ghcr.io/example/other:1': { args: ['no'] },
              'ghcr.io/example/weather:1.2.3': { args: ['--transport', 'stdio'] },
            },
          },
        },
      },
      'docker run -i --rm ghcr.io/example/weather:1.2.3 --transport stdio',
    ],
  ])('%s', (_, server, line) => {
    expect(commandLine(server)).toBe(line);
  });
});

const docker = (...runtimeArguments: JsonObject[]): JsonObject => imageServer({ runtimeHint: 'docker', runtimeArguments });

test.each<[type: string, said: string]>([
  ['npm', 'the npm registry'],
  ['pypi', 'the Python Package Index'],
  ['nuget', 'NuGet'],
])('another index of %s causes a warning with its host', (registryType, whose) => {
  const server = packageServer({ registryType, identifier: 'weather', registryBaseUrl: 'https://evil.example:8443/x' });
  expect(setupOf('claude', server).warnings).toEqual([
    `The package comes from the index at evil.example:8443, not from ${whose}: whoever runs that index decides what is run.`,
  ]);
});

describe('options of docker', () => {
  test.each<[string, JsonObject, string]>([
    [
      'options that a client sets itself',
      docker(positional({ value: 'run' }), named('-i'), named('--rm'), named('--name', { value: 'x' })),
      '',
    ],
    [
      'a mount',
      docker(named('--mount', { value: 'type=bind,src={dir},dst=/d', variables: { dir: { isRequired: true } } })),
      '--mount type=bind,src=<dir>,dst=/d ',
    ],
    ['a mount with its value behind it', docker(named('-v', { description: 'Data' }), positional({ value: 'data:/b' })), '-v data:/b '],
    ['a limit in one word', docker(positional({ value: '--memory=1g' })), '--memory 1g '],
    ['the whole command', docker(named('-v', { value: 'data:/b' }), positional({ value: 'ghcr.io/example/weather' })), '-v data:/b '],
    ['a mount that is optional', docker(named('-v', { description: 'Data', valueHint: 'volume' })), ''],
  ])('%s', (_, server, options) => {
    expect(commandLine(server)).toBe(`docker run -i --rm ${options}ghcr.io/example/weather:1.2.3`);
  });

  test('variables among them are those of the environment', () => {
    const server = imageServer({
      environmentVariables: [{ name: 'LISTED', isRequired: true }],
      runtimeArguments: [
        named('-e', { value: 'LEVEL=info' }),
        named('-e', { value: 'TOKEN={token}', variables: { token: { isRequired: true, isSecret: true } } }),
        named('-e', { description: 'Set a variable' }),
        positional({ value: 'API_KEY' }),
        named('-e', { value: 'LISTED=other' }),
        named('-e', { value: '--unknown' }),
      ],
    });
    expect(commandLine(server)).toBe(
      'LISTED=<LISTED> LEVEL=info TOKEN=<token> API_KEY=<API_KEY> docker run -i --rm -e LISTED -e LEVEL -e TOKEN -e API_KEY ghcr.io/example/weather:1.2.3',
    );
    expect(setupOf('json', server).inputs.map(({ key, secret }) => [key, secret])).toEqual([
      ['LISTED', false],
      ['token', true],
      ['API_KEY', true],
    ]);
  });

  test('an unknown option without value is left out with a warning', () => {
    expect(setupOf('json', docker(named('--unknown'))).warnings).toEqual(['The option --unknown of the entry is not passed on to docker.']);
    expect(setupOf('json', docker(named('-v', { value: 'data:/data' }))).warnings).toEqual([
      'The container is given more than its own file system and network, by -v: read these options.',
    ]);
  });
});

describe('a package that listens', () => {
  const listens = (fields: JsonObject): JsonObject => ({
    transport: { type: 'streamable-http', url: 'http://localhost:{PORT}/mcp' },
    ...fields,
  });

  test.each<[string, JsonObject, Answers, string]>([
    [
      'npm',
      npmServer(listens({ environmentVariables: [{ name: 'PORT', default: '3000' }] })),
      { PORT: '4000' },
      'env PORT=4000 npx -y @example/weather@1.2.3',
    ],
    [
      'an image, reached from this machine only',
      imageServer(listens({ environmentVariables: [{ name: 'PORT', default: '3000' }] })),
      {},
      'env PORT=3000 docker run -i --rm -p 127.0.0.1:3000:3000 -e PORT ghcr.io/example/weather:1.2.3',
    ],
    [
      'an image with its own mapping of ports',
      imageServer(listens({ runtimeArguments: [named('-p', { value: '{PORT}:8000' })] })),
      { PORT: '4000' },
      'docker run -i --rm -p 4000:8000 ghcr.io/example/weather:1.2.3',
    ],
    [
      'the port by a flag',
      npmServer(
        listens({
          transport: { type: 'sse', url: 'http://127.0.0.1:{port}/sse' },
          packageArguments: [named('--port', { default: '3000' })],
        }),
      ),
      {},
      'npx -y @example/weather@1.2.3 --port 3000',
    ],
  ])('%s', (_, server, answers, line) => {
    const { ways, inputs } = setupOf('json', server, answers);
    expect([ways[0]?.kind, ways[0]?.text, inputs.length]).toEqual(['command', line, 1]);
    expect(commandLine(server, answers)).toMatch(/^http:\/\/(localhost|127\.0\.0\.1):[34]000\/(mcp|sse)$/);
  });
});
