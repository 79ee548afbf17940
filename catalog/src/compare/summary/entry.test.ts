import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between } from './testing.ts';

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['version', { version: '1.0.0' }, { version: '1.1.0' }, ['behavior: version changed: 1.0.0 → 1.1.0']],
  ['title', {}, { title: 'A' }, ['text: title added: A']],
  ['description', { description: 'a' }, { description: 'b' }, ['text: description changed: a → b']],
  ['icons', { icons: [{ src: 'a' }, { src: 'b' }] }, { icons: [{ src: 'c', theme: 'dark' }] }, ['text: icons changed']],
  [
    'source',
    { repository: { url: 'https://a', source: 'github' } },
    { repository: { url: 'https://b', source: 'github' } },
    ['security: source repository changed: https://a → https://b'],
  ],
  ['source that is gone', { repository: { url: 'https://a' } }, {}, ['security: source repository removed: was https://a']],
  [
    'source recreated',
    { repository: { url: 'a', id: '1' } },
    { repository: { url: 'a', id: '2' } },
    ['security: ID of source repository changed: 1 → 2'],
  ],
  [
    'a field that nobody knows',
    { x: { y: 1 } },
    { x: { y: 2, z: [] } },
    ['behavior: field changed: x / y (1 → 2)', 'behavior: field added: x / z = []'],
  ],
  [
    "other publishers' words",
    { _meta: { 'com.example': { a: 1 } } },
    { _meta: { 'com.example': { a: 2 } } },
    ["text: publisher's metadata changed: a (1 → 2)"],
  ],
])('%s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});
