import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between, toolhive, tool } from './testing.ts';

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['provenance', toolhive({}), toolhive({ provenance: { signer_identity: 'a' } }), ['behavior: provenance added']],
  ['no provenance', toolhive({ provenance: { signer_identity: 'a' } }), toolhive({}), ['security: provenance removed']],
  [
    'another signer',
    toolhive({ provenance: { signer_identity: 'a' } }),
    toolhive({ provenance: { signer_identity: 'b' } }),
    ['security: provenance changed: signer_identity (a → b)'],
  ],
  [
    'OAuth',
    toolhive({ oauth_config: { issuer: 'a', scopes: ['x'] } }),
    toolhive({ oauth_config: { issuer: 'b', scopes: ['x', 'y'] } }),
    ['security: OAuth setting changed: issuer (a → b)', 'security: OAuth setting added: 1 = y'],
  ],
  [
    'tools',
    toolhive({ tools: ['a', 'b'] }),
    toolhive({ tools: ['c', 'd', 'b'] }),
    ['behavior: tool removed: a', 'behavior: new tools: c, d'],
  ],
  [
    'a tool in the list and by its definition',
    toolhive({ tools: ['a'], tool_definitions: [{ name: 'a' }] }),
    toolhive({ tools: ['a', 'b'], tool_definitions: [{ name: 'a' }, { name: 'b' }] }),
    ['behavior: new tool: b'],
  ],
  [
    'definitions',
    toolhive({ tools: ['a'] }),
    toolhive({ tools: ['a'], tool_definitions: [{ name: 'a' }] }),
    ['behavior: definitions of tools added'],
  ],
  ['what a model reads', tool({ description: 'a' }), tool({ description: 'b' }), ['behavior: description of tool changed: t (a → b)']],
  ['no longer read-only', tool({ annotations: { readOnlyHint: true } }), tool({}), ['security: tool is no longer read-only: t']],
  [
    'read-only',
    tool({ annotations: { readOnlyHint: false } }),
    tool({ annotations: { readOnlyHint: true } }),
    ['behavior: tool changed: t'],
  ],
  [
    'destructive',
    tool({ annotations: { destructiveHint: false } }),
    tool({ annotations: {} }),
    ['security: tool may be destructive now: t'],
  ],
  ['parameters', tool({ inputSchema: { a: 1, b: 2 } }), tool({ inputSchema: { a: 2, c: 1 } }), ['behavior: tool changed: t']],
  [
    'tags and metadata',
    toolhive({ tags: ['a'], metadata: { stars: 1 } }),
    toolhive({ tags: ['b'], metadata: { stars: 2 } }),
    ['text: tag removed: a', 'text: new tag: b', 'text: metadata changed: stars (1 → 2)'],
  ],
  ['tier', toolhive({ tier: 'Official' }), toolhive({ tier: 'Community' }), ['behavior: tier changed: Official → Community']],
])('%s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});
