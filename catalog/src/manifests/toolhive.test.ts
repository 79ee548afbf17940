import { describe, expect, test } from '@jest/globals';
import { imageServer, remoteServer } from '../clients/testing.ts';
import { asText, at, type Json, type JsonObject } from '../json.ts';
import { serverJson } from '../testing.ts';
import { inputs, listens, made, metadata, refused } from './testing.ts';

const OPEN =
  'The proxy authenticates nobody: whoever reaches its port can use the server. Set "spec.oidcConfigRef" where that is not enough.';

describe('ToolHive', () => {
  test('an image that speaks stdio, each secret in its own Secret', () => {
    expect(made(imageServer(inputs), { namespace: 'tools' })).toMatchObject({
      name: 'weather',
      target: 'packages/0',
      manifests: [
        {
          apiVersion: 'toolhive.stacklok.dev/v1beta1',
          kind: 'MCPServer',
          metadata: metadata({ namespace: 'tools' }),
          spec: {
            image: 'ghcr.io/example/weather:1.2.3',
            transport: 'stdio',
            proxyPort: 8080,
            args: ['--units', 'metric'],
            env: [
              { name: 'REGION', value: '<REGION>' },
              { name: 'LEVEL', value: 'info' },
            ],
            secrets: [
              { name: 'weather-api-key', key: 'API_KEY', targetEnvName: 'API_KEY' },
              { name: 'weather-dsn', key: 'DSN', targetEnvName: 'DSN' },
            ],
          },
        },
      ],
      preparations: [
        { text: "kubectl create secret generic weather-api-key --namespace tools '--from-literal=API_KEY=<API_KEY>'" },
        { text: "kubectl create secret generic weather-dsn --namespace tools '--from-literal=DSN=db://<user>:<password>@db'" },
      ],
      warnings: [OPEN, 'Put your own values in place of <API_KEY>, <user>, <password>, <REGION>.'],
    });
  });

  test('answers are in the manifest, except secrets', () => {
    const { manifests, preparations, warnings } = made(imageServer(inputs), {
      answers: { API_KEY: 's3cret', REGION: 'eu', user: 'me', password: 's3cret', nope: '' },
    });
    expect(JSON.stringify([manifests, preparations])).not.toContain('s3cret');
    expect(at(manifests[0], 'spec', 'env')).toContainEqual({ name: 'REGION', value: 'eu' });
    expect(preparations[1]?.text).toBe("kubectl create secret generic weather-dsn '--from-literal=DSN=db://me:<password>@db'");
    expect(warnings).toEqual([
      OPEN,
      'Put your own values in place of <API_KEY>, <password>.',
      'There is no input "nope"; the inputs are API_KEY, user, password, REGION, LEVEL, OTHER, units.',
    ]);
  });

  test('an optional secret is included if it was answered', () => {
    const server = imageServer({ environmentVariables: [{ name: 'KEY', isSecret: true }] });
    const secrets = (answers: Record<string, string>): Json | undefined => at(made(server, { answers }).manifests[0], 'spec', 'secrets');
    expect([secrets({}), secrets({ KEY: 'x' })]).toEqual([undefined, [{ name: 'weather-key', key: 'KEY', targetEnvName: 'KEY' }]]);
  });

  test.each<[string, JsonObject, JsonObject, string[]]>([
    ['streams HTTP', imageServer(listens), { transport: 'streamable-http', mcpPort: 8000 }, []],
    [
      'sends events',
      imageServer({ transport: { type: 'sse', url: 'http://localhost:8000/sse' } }),
      { transport: 'sse', mcpPort: 8000 },
      [],
    ],
    [
      'publishes another port',
      imageServer({ ...listens, runtimeArguments: [{ type: 'named', name: '-p', value: '8000:9000/tcp' }] }),
      { transport: 'streamable-http', mcpPort: 9000 },
      [],
    ],
    [
      'has a port that is not known',
      imageServer({ transport: { type: 'streamable-http', url: 'http://localhost:{PORT}/mcp' } }),
      { transport: 'streamable-http' },
      ['The port that the server listens on is not known: set it in the manifest.'],
    ],
    [
      'is given a mount',
      imageServer({ runtimeArguments: [{ type: 'named', name: '-v', value: '/a:/b' }] }),
      { transport: 'stdio' },
      ['The options -v of the entry are left out: set in the manifest what the server needs of them.'],
    ],
    [
      'takes a secret as an argument',
      imageServer({ packageArguments: [{ type: 'named', name: '--key', isRequired: true, isSecret: true }] }),
      { transport: 'stdio', args: ['--key', '<key>'] },
      [
        'The server takes key as an argument, which everybody can read who may read the manifest.',
        'Put your own values in place of <key>.',
      ],
    ],
  ])('an image that %s', (_, server, spec, warnings) => {
    const found = made(server);
    expect(found.manifests[0]).toMatchObject({
      kind: 'MCPServer',
      spec: { image: 'ghcr.io/example/weather:1.2.3', proxyPort: 8080, ...spec },
    });
    expect(found.warnings.filter((warning) => warning !== OPEN)).toEqual(warnings);
  });

  test('a remote, its secrets in one Secret', () => {
    const server = remoteServer({
      url: 'https://{tenant}.example.com/mcp',
      headers: [
        { name: 'Authorization', value: 'Bearer {token}', isSecret: true },
        { name: 'X-Key', isRequired: true, isSecret: true },
        { name: 'X-Region', default: 'eu' },
      ],
    });
    expect(made(server, { answers: { tenant: 'acme' } })).toMatchObject({
      target: 'remotes/0',
      manifests: [
        {
          apiVersion: 'toolhive.stacklok.dev/v1beta1',
          kind: 'MCPRemoteProxy',
          metadata: metadata(),
          spec: {
            remoteUrl: 'https://acme.example.com/mcp',
            transport: 'streamable-http',
            proxyPort: 8080,
            headerForward: {
              addPlaintextHeaders: { 'X-Region': 'eu' },
              addHeadersFromSecret: [
                { headerName: 'Authorization', valueSecretRef: { name: 'weather-headers', key: 'Authorization' } },
                { headerName: 'X-Key', valueSecretRef: { name: 'weather-headers', key: 'X-Key' } },
              ],
            },
          },
        },
      ],
      preparations: [
        {
          text: "kubectl create secret generic weather-headers '--from-literal=Authorization=Bearer <token>' '--from-literal=X-Key=<X-Key>'",
        },
      ],
    });
  });

  test('an image comes before a remote, and either can be chosen', () => {
    const server = serverJson('io.example/weather', { ...remoteServer(), ...imageServer() });
    expect(made(server).targets).toEqual([
      { id: 'packages/0', about: 'the image ghcr.io/example/weather:1.2.3' },
      { id: 'remotes/0', about: 'the remote https://example.com/mcp' },
    ]);
    expect(made(server, { target: 'remotes/0' }).manifests[0]).toMatchObject({ kind: 'MCPRemoteProxy' });
    expect(refused(server, { target: 'packages/1' })).toMatchObject({
      reason: 'nothing',
      message: 'The entry has no "packages/1"; it has packages/0, remotes/0.',
    });
  });

  const permitted = (permissions: JsonObject, image = 'ghcr.io/example/weather:1.2.3'): JsonObject => ({
    ...imageServer(),
    _meta: { 'io.modelcontextprotocol.registry/publisher-provided': { 'io.github.stacklok': { [image]: { permissions } } } },
  });
  const FILES = 'The entry asks for files of the machine, or for all of it: that part of its permissions is left out.';

  test.each<[string, JsonObject, Json | undefined, string[]]>([
    ['says nothing', imageServer(), undefined, []],
    ['needs no network', permitted({ network: { outbound: {} } }), { type: 'builtin', name: 'none' }, []],
    ['needs any host', permitted({ network: { outbound: { insecure_allow_all: true } } }), { type: 'builtin', name: 'network' }, []],
    ['needs files', permitted({ read: ['/etc'] }), { type: 'builtin', name: 'none' }, [FILES]],
    ['needs all of the machine', permitted({ privileged: true }), { type: 'builtin', name: 'none' }, [FILES]],
    ['speaks of another image', permitted({ network: { outbound: {} } }, 'ghcr.io/example/other:1'), undefined, []],
  ])('an entry that %s', (_, server, profile, warnings) => {
    const found = made(server);
    expect([found.manifests.length, at(found.manifests[0], 'spec', 'permissionProfile')]).toEqual([1, profile]);
    expect(found.warnings.filter((warning) => warning !== OPEN)).toEqual(warnings);
  });

  test('an entry that needs certain hosts, with a ConfigMap before it', () => {
    const outbound = { allow_host: ['.example.com'], allow_port: [443] };
    const { manifests } = made(permitted({ network: { outbound } }), { namespace: 'tools' });
    expect(manifests.map(({ kind }) => kind)).toEqual(['ConfigMap', 'MCPServer']);
    expect(manifests[0]).toMatchObject({ metadata: { name: 'weather-permissions', namespace: 'tools' } });
    expect(JSON.parse(asText(at(manifests[0], 'data', 'profile.json')) ?? '')).toEqual({
      network: { outbound: { insecure_allow_all: false, ...outbound } },
    });
    expect(at(manifests[1], 'spec', 'permissionProfile')).toEqual({ type: 'configmap', name: 'weather-permissions', key: 'profile.json' });
  });
});
