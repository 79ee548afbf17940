import { expect, test } from '@jest/globals';
import { renderObjects } from './objects.ts';
import { validRegistry } from './testing.ts';

const pods = { serverImage: 'registry.example.com/server:1', ui: true };
const networkPolicy = { scraperNamespaces: [] };
const installation = 'toolhive-system/registries';
const OTHERS = ['ConfigMap a-config', 'ServiceAccount a-api', 'Service a-api', 'Service a-int'];

test.each<[string, Parameters<typeof renderObjects>[2], number, string[]]>([
  ['with a NetworkPolicy', { pods, installation, networkPolicy }, 1, [...OTHERS, 'NetworkPolicy a-int']],
  ['without one', { pods, installation }, 1, OTHERS],
  ['of two pods', { pods, installation }, 2, [...OTHERS, 'PodDisruptionBudget a-api']],
  ['scaled to zero', { pods, installation }, 0, OTHERS],
])('a registry %s: all its objects, with the Deployment in a stage after the others', (_, settings, replicas, others) => {
  const objects = renderObjects(validRegistry(), { replicas }, settings).map(({ kind, object, stage = 0 }) => ({
    kind: kind.kind,
    what: `${object.kind} ${object.metadata.name}`,
    stage,
  }));
  expect(objects.filter(({ stage }) => stage === 0).map(({ what }) => what)).toEqual(others);
  expect(objects.filter(({ stage }) => stage > 0)).toEqual([{ kind: 'Deployment', what: 'Deployment a-api', stage: 1 }]);
});

test('every object says which installation wrote it, beside the annotations that it has', () => {
  const spec = { service: { annotations: { 'example.com/team': 'tools' } } };
  const objects = renderObjects(validRegistry(spec), { replicas: 1 }, { pods, installation, networkPolicy });
  const notes = objects.map(({ object }) => object.metadata.annotations);
  expect(notes.every((annotations) => annotations?.['toolhive.stacklok.dev/installation'] === installation)).toBe(true);
  expect(notes.filter((annotations) => annotations?.['example.com/team'] === 'tools')).toHaveLength(1);
});
