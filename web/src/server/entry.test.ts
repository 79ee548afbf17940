import { expect, test } from '@jest/globals';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import { entryOf } from './entry.ts';
import { needsOf } from './needed.ts';
import { packagesOf, remotesOf } from './runnable.ts';
import { toolsOf } from './tool.ts';

const PUBLISHER = 'io.modelcontextprotocol.registry/publisher-provided';
const OFFICIAL = 'io.modelcontextprotocol.registry/official';

function server(extension: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    name: 'io.example/one',
    version: '1.2.0',
    description: 'Does one thing',
    packages: [
      {
        registryType: 'oci',
        identifier: 'example.com/one:1',
        transport: { type: 'streamable-http', url: 'http://localhost:8080' },
        environmentVariables: [{ name: 'KEY', description: 'A key', isSecret: true, isRequired: true, default: 5, choices: ['a', 1, {}] }],
      },
    ],
    _meta: { [PUBLISHER]: { 'io.github.stacklok': { 'example.com/one:1': extension } } },
    ...more,
  };
}

test('what an entry says of itself', () => {
  const entry = entryOf({
    server: server({ tier: 'Official', tags: ['a', 1, 'b'], overview: '# One', license: 'MIT', metadata: { stars: 3 } }),
    _meta: { [OFFICIAL]: { status: 'deprecated', statusMessage: 'Use two', isLatest: true, publishedAt: '2026-01-01T00:00:00Z' } },
  });
  expect(entry).toMatchObject({
    name: 'io.example/one',
    title: 'one',
    status: 'deprecated',
    statusMessage: 'Use two',
    isLatest: true,
    tier: 'Official',
    tags: ['a', 'b'],
    readme: '# One',
    license: 'MIT',
    stars: 3,
  });
});

test.each<[what: string, github: JsonObject, license: string | undefined]>([
  ['a text', { license: 'Apache-2.0' }, 'Apache-2.0'],
  ['an object', { license: { spdx_id: 'MIT', name: 'MIT License' } }, 'MIT'],
  ['nothing', {}, undefined],
])("the license of a publisher's repository: %s", (_, github, license) => {
  const entry = entryOf({
    server: server({}, { _meta: { [PUBLISHER]: { github: { readme: 'Read me', stargazerCount: 7, ...github } } } }),
  });
  expect([entry.license, entry.readme, entry.stars]).toEqual([license, 'Read me', 7]);
});

test('what is of another type than it should be counts as absent', () => {
  const odd = { name: 1, title: {}, description: [], version: null, packages: 'x', remotes: [1, null], _meta: 3 } as unknown as JsonObject;
  expect(entryOf({ server: odd, _meta: { [OFFICIAL]: 'x' } })).toMatchObject({
    name: '',
    title: '',
    description: '',
    status: 'active',
    tags: [],
  });
  expect([packagesOf(odd), remotesOf(odd), toolsOf(odd)]).toEqual([[], [], []]);
  expect(needsOf(odd)).toEqual({ privileged: false, network: undefined, read: [], write: [], others: [], provenance: [] });
});

test('packages and remotes with all that is set for them', () => {
  const [one] = packagesOf(server());
  expect(one).toMatchObject({ kind: 'oci', identifier: 'example.com/one:1', transport: 'streamable-http' });
  expect(one?.facts).toEqual([['Listens at', 'http://localhost:8080']]);
  expect(one?.settings).toEqual([
    [
      'Environment',
      [{ name: 'KEY', description: 'A key', secret: true, required: true, value: undefined, preset: '5', choices: ['a', '1'] }],
    ],
  ]);
  const remotes = [{ type: 'sse', url: 'https://{t}.example', headers: [{ name: 'X' }], variables: { t: { description: 'Tenant' } } }];
  expect(remotesOf(server({}, { remotes }))[0]?.settings.map(([title]) => title)).toEqual(['Headers', 'Variables of the URL']);
});

test.each<[extension: JsonObject, names: string[]]>([
  [{ tools: ['b', 'a'], tool_definitions: [{ name: 'a', description: 'Does a' }] }, ['b', 'a']],
  [{ tool_definitions: [{ name: 'a' }, { name: 'c' }] }, ['a', 'c']],
  [{}, []],
])('tools of %j', (extension, names) => {
  expect(toolsOf(server(extension)).map(({ name }) => name)).toEqual(names);
});

test.each<[permissions: JsonObject, network: unknown]>([
  [{ network: { outbound: { insecure_allow_all: true } } }, { all: true, hosts: [], ports: [] }],
  [{ network: { outbound: { allow_host: ['.a.example'], allow_port: [443] } } }, { all: false, hosts: ['.a.example'], ports: ['443'] }],
  [{}, undefined],
])('the network of %j', (permissions, network) => {
  expect(needsOf(server({ permissions })).network).toEqual(network);
});

test('other permissions than the network are shown, privileged mode first', () => {
  const permissions = { privileged: true, read: ['/etc'], network: { mode: 'host', outbound: {} }, capabilities: ['SYS_ADMIN'] };
  expect(needsOf(server({ permissions }))).toMatchObject({
    privileged: true,
    read: ['/etc'],
    others: [
      ['capabilities', '["SYS_ADMIN"]'],
      ['mode', 'host'],
    ],
  });
});
