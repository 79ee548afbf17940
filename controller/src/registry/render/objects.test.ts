import { expect, test } from '@jest/globals';
import { renderObjects } from './objects.ts';
import { validRegistry } from './testing.ts';

const pods = { serverImage: 'registry.example.com/server:1' };
const networkPolicy = { scraperNamespaces: [] };
const OTHERS = ['ConfigMap a-config', 'ServiceAccount a-api', 'Service a-api', 'Service a-int'];

test.each<[string, Parameters<typeof renderObjects>[1], string[]]>([
  ['with a NetworkPolicy', { pods, networkPolicy }, [...OTHERS, 'NetworkPolicy a-int']],
  ['without one', { pods }, OTHERS],
])('a registry %s: everything it is made of, the Deployment in a stage of its own after the others', (_, settings, others) => {
  const objects = renderObjects(validRegistry(), settings).map(({ kind, object, stage = 0 }) => ({
    kind: kind.kind,
    what: `${object.kind} ${object.metadata.name}`,
    stage,
  }));
  expect(objects.filter(({ stage }) => stage === 0).map(({ what }) => what)).toEqual(others);
  expect(objects.filter(({ stage }) => stage > 0)).toEqual([{ kind: 'Deployment', what: 'Deployment a-api', stage: 1 }]);
});
