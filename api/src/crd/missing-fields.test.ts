import { expect, test } from '@jest/globals';
import { rootSchema } from './definition.ts';
import { missingFields } from './missing-fields.ts';

const texts = (...names: string[]): object => ({ properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) });

test.each<[what: string, schema: unknown, wanted: unknown, missing: string[]]>([
  ['the same', texts('a'), texts('a'), []],
  ['more', texts('a', 'b'), texts('a'), []],
  ['a field', texts('a'), texts('a', 'b'), ['b']],
  ['a field below another', { properties: { spec: texts('a') } }, { properties: { spec: texts('a', 'b') } }, ['spec.b']],
  ['all below a missing one', {}, { properties: { spec: texts('a', 'b') } }, ['spec']],
  ['a field of items', { properties: { list: { items: texts('a') } } }, { properties: { list: { items: texts('a', 'b') } } }, ['list[].b']],
  [
    'a field of values',
    { properties: { map: { additionalProperties: texts() } } },
    { properties: { map: { additionalProperties: texts('a') } } },
    ['map.*.a'],
  ],
  ['a name of the prototype', texts(), texts('constructor'), ['constructor']],
  ['no schema at all', undefined, texts('a'), ['a']],
])('%s', (_, schema, wanted, missing) => {
  expect(missingFields(schema, wanted)).toEqual(missing);
});

test('a field that a version of ours lacks is found', () => {
  const ours = rootSchema();
  const { enforceServers: _taken, ...rest } = ours.properties?.['spec']?.properties ?? {};
  const older = { ...ours, properties: { ...ours.properties, spec: { ...ours.properties?.['spec'], properties: rest } } };
  expect(missingFields(ours, ours)).toEqual([]);
  expect(missingFields(older, ours)).toEqual(['spec.enforceServers']);
});
