import { expect, test } from '@jest/globals';
import { detectEra, type Migration } from './index.ts';
import { manifest } from './testing.ts';

const configMap = { configMapRef: { name: 'a', key: 'b' } };

test.each<[string, unknown, Migration['era']]>([
  ['one source', { source: {} }, 'source'],
  ['registries', { registries: [{ name: 'a', ...configMap }] }, 'registries'],
  ['sources and registries', { sources: [{ name: 'a' }], registries: [] }, 'sources'],
  ['sources with a ConfigMap of ToolHive', { sources: [{ name: 'a', ...configMap }] }, 'sources'],
  ['sources with a URL in an object', { sources: [{ name: 'a', url: { endpoint: 'https://a' } }] }, 'sources'],
  ['configYAML', { configYAML: '' }, 'configYAML'],
  ['configYAML beside the fields that it replaced', { configYAML: 'x', sources: [], registries: [] }, 'configYAML'],
  ['our sources', { sources: [{ name: 'a', configmap: { name: 'b' } }] }, 'current'],
  ['a field without a value', { configYAML: null, source: {} }, 'source'],
  ['none of them', { displayName: 'a' }, undefined],
  ['no object', 'text', undefined],
])('the era of a spec with %s', (_, spec, era) => {
  expect(detectEra(manifest(spec))).toBe(era);
});

test.each([undefined, null, 'text', 3, [], {}])('%j has no era', (value) => {
  expect(detectEra(value)).toBeUndefined();
});
