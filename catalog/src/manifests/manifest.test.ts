import { expect, test } from '@jest/globals';
import { imageServer, npmServer, packageServer, remoteServer, shellWords } from '../clients/testing.ts';
import { at, type JsonObject } from '../json.ts';
import { serverJson } from '../testing.ts';
import type { ManifestKind } from './index.ts';
import { inputs, listens, made, ownership, refused } from './testing.ts';

test.each<[ManifestKind, JsonObject, string, string]>([
  ['toolhive', npmServer(), 'registry', 'is not an image'],
  ['toolhive', serverJson('io.example/weather'), 'nothing', 'neither packages nor remotes'],
  ['toolhive', packageServer({ registryType: 'mcpb', identifier: 'https://example.com/x.mcpb' }), 'registry', 'is not an image'],
  ['toolhive', imageServer({ identifier: '--privileged' }), 'name', 'is no name'],
  ['toolhive', remoteServer({ url: 'javascript:alert(1)' }), 'url', 'does not begin with'],
  ['sig-apps', imageServer(), 'transport', 'speaks stdio'],
  ['sig-apps', remoteServer(), 'transport', 'is run by somebody else'],
  ['sig-apps', npmServer(listens), 'registry', 'is not an image'],
])('%s: %#', (kind, server, reason, part) => {
  const { message, remedy, ...rest } = refused(server, { kind });
  expect(rest).toEqual({ available: false, reason });
  expect(message).toContain(part);
  expect(remedy).toMatch(/^[A-Z].*\.$/);
});

test.each<[string, string, string | undefined]>([
  ['io.example/weather', 'weather', 'io.example.weather'],
  ['io.example/My_Weather.v2', 'my-weather-v2', 'io.example.My_Weather.v2'],
  ['io.example/2fast', 'mcp-2fast', 'io.example.2fast'],
  ['io.example/--', 'mcp-server', undefined],
  ['', 'mcp-server', undefined],
  [`${'a'.repeat(60)}.com/weather`, 'weather', 'weather'],
  [`io.example/${'w'.repeat(60)}`, 'w'.repeat(52), 'w'.repeat(60)],
  [`io.example/${'w'.repeat(51)}-x`, 'w'.repeat(51), `${'w'.repeat(51)}-x`],
  [`io.example/${'w'.repeat(70)}`, 'w'.repeat(52), undefined],
  ['a/evil\n---\nkind: Pod', 'evil-kind-pod', undefined],
])('%j is object %s with label %s', (name, object, label) => {
  const { name: given, manifests, warnings } = made(remoteServer({}, name));
  expect([given, at(manifests[0], 'metadata', 'labels', ownership.labels.serverName)]).toEqual([object, label]);
  expect(warnings.some((warning) => warning.includes(ownership.labels.serverName))).toBe(label === undefined);
});

test.each(['Weather', 'a_b', '-a', 'a-', '1a', '', 'x'.repeat(53), 'a\nb'])('the name %j is refused', (name) => {
  expect(refused(remoteServer(), { name })).toMatchObject({ reason: 'name', remedy: 'Name it otherwise.' });
});

test('the object gets the given name', () => {
  const { manifests, preparations } = made(imageServer(inputs), { name: 'w' });
  expect(manifests[0]).toMatchObject({ metadata: { name: 'w' }, spec: { secrets: [{ name: 'w-api-key' }, { name: 'w-dsn' }] } });
  expect(preparations[0]?.text).toContain(' generic w-api-key ');
});

test('commands are quoted', () => {
  const server = imageServer({
    environmentVariables: [{ name: 'KEY', value: `'; touch /tmp/owned #{key}`, variables: { key: { isRequired: true, isSecret: true } } }],
  });
  const { preparations } = made(server, { namespace: '$(id)' });
  expect(shellWords(preparations.map(({ text }) => text))).toEqual([
    ['kubectl', 'create', 'secret', 'generic', 'weather-key', '--namespace', '$(id)', "--from-literal=KEY='; touch /tmp/owned #<key>"],
  ]);
});

test('an answer of several lines does not add a line to a command', () => {
  const { preparations } = made(imageServer(inputs), { answers: { user: 'a\nkubectl delete namespace prod' } });
  expect(preparations[1]?.text).toBe(
    "kubectl create secret generic weather-dsn '--from-literal=DSN=db://a kubectl delete namespace prod:<password>@db'",
  );
});
