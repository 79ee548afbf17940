import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between, toolhive, outbound } from './testing.ts';

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['host', outbound({ allow_host: ['a'] }), outbound({ allow_host: ['a', 'b'] }), ['security: new allowed host: b']],
  ['fewer hosts', outbound({ allow_host: ['a', 'b'] }), outbound({ allow_host: ['a'] }), ['behavior: allowed host removed: b']],
  [
    'no list of hosts',
    outbound({ allow_host: ['a'], allow_port: [443] }),
    outbound({ allow_port: [443] }),
    ['security: list of allowed hosts removed'],
  ],
  [
    'empty list of hosts',
    outbound({ allow_host: ['a'], allow_port: [443] }),
    outbound({ allow_host: [], allow_port: [443] }),
    ['security: list of allowed hosts removed'],
  ],
  ['order', outbound({ allow_host: ['a', 'b'] }), outbound({ allow_host: ['b', 'a'] }), ['text: order of allowed hosts changed']],
  ['port', outbound({ allow_port: [443] }), outbound({ allow_port: [443, 22] }), ['security: new allowed port: 22']],
  ['any host', outbound({}), outbound({ insecure_allow_all: true }), ['security: network access to any host allowed']],
  [
    'no longer any host',
    outbound({ insecure_allow_all: true }),
    outbound({ insecure_allow_all: false }),
    ['behavior: network access to any host no longer allowed'],
  ],
  ['none at all', outbound({ allow_host: ['a'] }), toolhive({}), ['security: permissions removed']],
  ['none of the network', outbound({ allow_host: ['a'] }), toolhive({ permissions: {} }), ['security: network permissions removed']],
  [
    'for the first time',
    toolhive({}),
    outbound({ allow_host: ['a', 'b'], insecure_allow_all: false }),
    ['security: new allowed hosts: a, b', 'behavior: permission added: insecure_allow_all = false'],
  ],
  [
    'network of the host',
    toolhive({ permissions: { network: {} } }),
    toolhive({ permissions: { network: { mode: 'host' } } }),
    ['security: network permissions added: mode = host'],
  ],
  [
    'paths',
    toolhive({ permissions: { read: ['/a'] } }),
    toolhive({ permissions: { read: ['/a', '/'], write: ['/b'] } }),
    ['security: new path that may be read: /', 'security: new path that may be written: /b'],
  ],
  [
    'privileged',
    toolhive({ permissions: {} }),
    toolhive({ permissions: { privileged: true } }),
    ['security: privileged container allowed'],
  ],
  [
    'one that nobody knows',
    toolhive({ permissions: {} }),
    toolhive({ permissions: { x: { y: 1 } } }),
    ['security: permission added: x = {"y":1}'],
  ],
])('%s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});
