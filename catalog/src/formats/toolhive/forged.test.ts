import { describe, expect, test } from '@jest/globals';
import { writeCatalog } from '../../files/write.ts';
import { ORIGIN_META, PUBLISHER_META, TOOLHIVE_EXTENSION, type CatalogEntry } from '../../entry/entry.ts';
import { at, isObject, type Json, type JsonObject } from '../../json.ts';
import { draft, json, serverJson, snapshotOf } from '../../testing.ts';
import { CARRIED_META } from '../carry.ts';
import { readCatalog } from '../read.ts';
import { toToolhive } from './write.ts';

const GOOD = { registryType: 'oci', identifier: 'example.com/good:1', transport: { type: 'stdio' } };
const EVIL = { registryType: 'oci', identifier: 'example.com/evil:1', transport: { type: 'stdio' } };
const OFFICIAL = 'io.modelcontextprotocol.registry/official';

function read(file: Json): { entries: readonly CatalogEntry[]; rules: string[] } {
  const { entries, findings } = readCatalog(json(file), 'auto');
  return { entries, rules: findings.kept.map(({ rule }) => rule) };
}

describe('a forged origin cannot show anything but what is served', () => {
  const [honest] = read({ servers: { a: { image: 'example.com/good:1', description: 'd', custom: 1 } } }).entries;
  const origin = at(honest?.meta, ORIGIN_META);

  test.each<[string, Json]>([
    ['another image', { image: 'example.com/evil:1' }],
    ['arguments', { args: ['--evil'] }],
    ['a description', { description: 'another' }],
    ['a name', { name: 'com.example/other' }],
    ['permissions', { permissions: { network: { outbound: { insecure_allow_all: true } } } }],
  ])('%s', (_, patch) => {
    const meta = { ...honest?.meta, [ORIGIN_META]: { ...(isObject(origin) ? origin : {}), carried: { ...carriedOf(origin), patch } } };
    const [forged] = read({ servers: [{ server: honest?.server ?? null, _meta: meta }] }).entries;
    expect(forged === undefined ? undefined : toToolhive(forged)?.value).toMatchObject({
      image: 'example.com/good:1',
      description: 'd',
    });
    expect(JSON.stringify(forged === undefined ? undefined : toToolhive(forged)?.value)).not.toMatch(/evil|another|other|insecure/);
  });

  test('a command in the catalog for Docker', () => {
    const [docker] = readCatalog(
      json({ registry: { abc: { image: 'mcp/good', title: 'A', description: 'd', unknown: 1 } } }),
      'auto',
    ).entries;
    const from = at(docker?.meta, ORIGIN_META);
    const carried = { ...carriedOf(from), patch: { image: 'mcp/evil', command: ['rm'] } };
    const item = { server: docker?.server ?? null, _meta: { [ORIGIN_META]: { ...(isObject(from) ? from : {}), carried } } };
    const snapshot = snapshotOf([draft('s', json({ servers: [item] }))]);
    const text = Buffer.concat([...writeCatalog(snapshot, 'docker')].flatMap((piece) => piece ?? [])).toString();
    expect(text).toContain('mcp/good');
    expect(text).not.toMatch(/evil|rm/);
  });

  test('the short name of another', () => {
    const meta = { [ORIGIN_META]: { format: 'toolhive', kind: 'server', key: 'fetch' } };
    expect(
      read({ servers: [{ server: serverJson('evil.example/zzz', { packages: [GOOD] }), _meta: meta }] }).entries[0]?.alias,
    ).toBeUndefined();
  });

  test('a section to which it does not belong', () => {
    const meta = { [ORIGIN_META]: { format: 'toolhive', kind: 'remote_server', key: 'abc' } };
    const [entry] = read({ servers: [{ server: serverJson('com.example/abc', { packages: [GOOD] }), _meta: meta }] }).entries;
    expect(entry === undefined ? undefined : toToolhive(entry)).toMatchObject({ kind: 'server', value: { image: 'example.com/good:1' } });
  });
});

describe('carried parts of a ToolHive server are used only if they belong to its visible text', () => {
  const written = Buffer.concat(
    [
      ...writeCatalog(snapshotOf([draft('s', json([serverJson('com.example/abc', { version: '2.0.0', packages: [GOOD] })]))]), 'toolhive'),
    ].flatMap((piece) => piece ?? []),
  );
  const file = JSON.parse(written.toString()) as JsonObject;
  const carried = at(file, 'servers', 'abc', 'custom_metadata', CARRIED_META);

  function forged(patch: JsonObject): ReturnType<typeof read> {
    const server = at(file, 'servers', 'abc');
    const change = { ...(isObject(carried) ? carried : {}), patch: merged(isObject(carried) ? (carried['patch'] ?? {}) : {}, patch) };
    return read({ servers: { abc: { ...(isObject(server) ? server : {}), custom_metadata: { [CARRIED_META]: change } } } });
  }

  test('as it was written', () => {
    const { entries, rules } = forged({});
    expect([entries.map(({ name, version }) => `${name}@${version}`), rules]).toEqual([['com.example/abc@2.0.0'], []]);
  });

  test.each<[string, JsonObject]>([
    ['another image', { server: { packages: [EVIL] } }],
    ['another name', { server: { name: 'com.example/other' } }],
    ['a server that is deleted', { meta: { [OFFICIAL]: { status: 'deleted' } } }],
    ['no server', { server: null }],
    ['a server that is a list', { server: [1] }],
    ['another server as a version', { versions: [{ server: serverJson('com.example/victim', { version: '9.9.9', packages: [EVIL] }) }] }],
    ['a later version', { versions: [{ server: serverJson('com.example/abc', { version: '9.9.9', packages: [EVIL] }) }] }],
    ['a version that is none', { versions: [7] }],
    ['a remote', { server: { remotes: [{ type: 'sse', url: 'https://example.com/evil' }] } }],
    [
      'permissions',
      { server: { _meta: { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: { 'example.com/good:1': { permissions: { x: 1 } } } } } } },
    ],
  ])('not for %s', (_, patch) => {
    const { entries, rules } = forged(patch);
    expect(entries.map(({ name, server }) => [name, at(server, 'packages')])).toEqual([['com.example/abc', [GOOD]]]);
    expect(rules).toEqual(['not-read']);
  });

  test('an earlier version', () => {
    const { entries, rules } = forged({ versions: [{ server: serverJson('com.example/abc', { version: '1.0.0', packages: [GOOD] }) }] });
    expect([entries.map(({ version }) => version), rules]).toEqual([['2.0.0', '1.0.0'], []]);
  });
});

test.each<[string, Json]>([
  ['nothing', {}],
  ['a text', 'x'],
  ['another object', { patch: { a: 1 } }],
  ['a _meta that is none', { meta: 1 }],
])('another value under the key of carried parts stays in a server.json: %s', (_, carried) => {
  const server = serverJson('com.example/a', { _meta: { [CARRIED_META]: carried } });
  expect(read([server]).entries.map((entry) => [entry.server, entry.meta])).toEqual([[server, {}]]);
});

function carriedOf(origin: Json | undefined): JsonObject {
  const carried = at(origin, 'carried');
  return isObject(carried) ? carried : {};
}

function merged(a: Json, b: Json): Json {
  if (!isObject(a) || !isObject(b)) return b;
  return { ...a, ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, merged(a[key] ?? {}, value)])) };
}
