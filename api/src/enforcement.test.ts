import { expect, test } from '@jest/globals';
import { enforcementModeOf, judgeObject, requiredRegistries, type EnforcementMode, type EnforcingRegistries } from './enforcement.ts';
import { labels } from './group.ts';

/** Registries of namespace `prod`, each listing a reference named like the registry, and `all`. */
function namespace(enforce: readonly string[], audit: readonly string[] = [], idle: readonly string[] = []): EnforcingRegistries {
  return { registries: [...enforce, ...audit, ...idle], active: { enforce, audit } };
}
const lists = (registry: string, reference: string): boolean => reference === registry || reference === 'all';
const named = (name: string, of?: string): Record<string, string> => ({
  [labels.registryName]: name,
  ...(of === undefined ? {} : { [labels.registryNamespace]: of }),
});

test.each<
  [
    what: string,
    mode: EnforcementMode,
    registries: EnforcingRegistries,
    labels: Record<string, string>,
    reference: string,
    isLetIn: boolean,
  ]
>([
  ['nobody enforces', 'enforce', namespace([], ['a']), {}, 'x', true],
  ['nobody audits', 'audit', namespace(['a']), {}, 'x', true],
  ['any of those that enforce lists it', 'enforce', namespace(['a', 'b']), {}, 'b', true],
  ['none lists it', 'enforce', namespace(['a', 'b']), {}, 'x', false],
  ['one that only audits lists it', 'enforce', namespace(['a'], ['b']), {}, 'b', false],
  ['one that enforces lists it, for one that audits', 'audit', namespace(['a'], ['b']), {}, 'a', true],
  ['the label names another one that enforces', 'enforce', namespace(['a', 'b']), named('a'), 'b', false],
  ['the label names one that does not enforce', 'enforce', namespace(['a'], [], ['b']), named('b'), 'a', true],
  ['the label names none that exists', 'enforce', namespace(['a']), named('none'), 'a', false],
  ['the label names one of this namespace, in full', 'enforce', namespace(['a', 'b']), named('a', 'prod'), 'b', false],
  ['the label names one of another namespace', 'enforce', namespace(['a', 'b']), named('a', 'test'), 'b', true],
])('%s', (...[, mode, registries, own, reference, isLetIn]) => {
  const object = { metadata: { namespace: 'prod', labels: own }, references: [reference] };
  expect(judgeObject(mode, object, registries, lists) === undefined).toBe(isLetIn);
});

test("a verdict has the refused references, the registries, and a label's nonexistent registry", () => {
  const object = { metadata: { namespace: 'prod', labels: named('none') }, references: ['all', 'x'] };
  expect(judgeObject('enforce', object, namespace(['a', 'b']), lists)).toEqual({
    refused: ['x'],
    required: ['a', 'b'],
    unknownRegistry: 'none',
  });
  expect(judgeObject('enforce', { ...object, references: [] }, namespace(['a']), lists)).toBeUndefined();
});

test('in audit mode enforcing registries may list it, too', () => {
  const { active } = namespace(['a'], ['b']);
  expect([requiredRegistries('enforce', {}, active), requiredRegistries('audit', {}, active)]).toEqual([['a'], ['a', 'b']]);
});

test.each<[spec: unknown, deletionTimestamp: string | undefined, mode: EnforcementMode | undefined]>([
  [{ enforceServers: true }, undefined, 'enforce'],
  [{ enforceServers: true, enforcementMode: 'audit' }, undefined, 'audit'],
  [{ enforceServers: true, enforcementMode: 'of a later version' }, undefined, 'enforce'],
  [{ enforceServers: false, enforcementMode: 'enforce' }, undefined, undefined],
  [{}, undefined, undefined],
  ['broken', undefined, undefined],
  [{ enforceServers: true }, '2026-01-01T00:00:00Z', undefined],
])('how a registry with %j enforces', (spec, deletionTimestamp, mode) => {
  expect(enforcementModeOf({ metadata: { deletionTimestamp }, spec })).toBe(mode);
});
