import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between, remote } from './testing.ts';

test.each<[string, JsonObject, JsonObject, string[]]>([
  [
    'new',
    {},
    remote({ headers: [{ name: 'Authorization', isSecret: true, isRequired: true }] }),
    ['security: new remote URL: https://a.example/mcp (sse)', 'security: new header: Authorization (secret, required)'],
  ],
  [
    'one more',
    remote({}),
    {
      remotes: [
        { type: 'sse', url: 'https://b.example' },
        { type: 'sse', url: 'https://a.example/mcp' },
      ],
    },
    ['security: new remote URL: https://b.example (sse)'],
  ],
  ['gone', remote({}), {}, ['behavior: remote URL removed: https://a.example/mcp']],
  [
    'another host',
    remote({}),
    remote({ url: 'https://b.example/mcp' }),
    ['security: remote URL leads to another host: https://a.example/mcp → https://b.example/mcp'],
  ],
  [
    'no longer encrypted',
    remote({}),
    remote({ url: 'http://a.example/mcp' }),
    ['security: remote URL is no longer encrypted: https://a.example/mcp → http://a.example/mcp'],
  ],
  [
    'another path',
    remote({}),
    remote({ url: 'https://a.example/v2' }),
    ['behavior: remote URL changed: https://a.example/mcp → https://a.example/v2'],
  ],
  [
    'transport',
    remote({}),
    remote({ type: 'streamable-http' }),
    ['behavior: transport changed: https://a.example/mcp (sse → streamable-http)'],
  ],
  [
    'variable of its URL',
    remote({ variables: { host: { default: 'a' } } }),
    remote({ variables: { host: { default: 'b' } } }),
    ['behavior: default of variable of URL changed: host (a → b)'],
  ],
  ['type that is none', {}, remote({ type: '@everyone' }), ['security: new remote URL: https://a.example/mcp']],
])('%s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});
