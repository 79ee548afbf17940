import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { KubeObject } from '../objects.ts';
import { hashOf, sameJson, withoutNulls } from './json.ts';
import { needsApply } from './needs-apply.ts';

/** A Deployment as the server shows it after our apply: with defaults, and with what an autoscaler and the kubelet's controllers own. */
function live(change: (object: Live) => void = () => undefined): KubeObject {
  const object: Live = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'd',
      namespace: 'n',
      uid: 'u',
      resourceVersion: '7',
      labels: { app: 'x', theirs: 'y' },
      finalizers: ['ours/finalizer', 'theirs/finalizer'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Owner', name: 'o', uid: 'o1', controller: true }],
      managedFields: [
        { manager: 'kubectl', operation: 'Update', apiVersion: 'apps/v1', fieldsV1: { 'f:metadata': { 'f:labels': { 'f:theirs': {} } } } },
        { manager: 'me', operation: 'Apply', apiVersion: 'apps/v1', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } },
        {
          manager: 'me',
          operation: 'Apply',
          apiVersion: 'apps/v1',
          fieldsV1: {
            'f:metadata': {
              'f:labels': { 'f:app': {} },
              'f:finalizers': { 'v:"ours/finalizer"': {} },
              'f:ownerReferences': { 'k:{"uid":"o1"}': {} },
            },
            'f:spec': {
              'f:selector': {},
              'f:template': {
                'f:spec': {
                  'f:containers': {
                    'k:{"name":"c"}': {
                      '.': {},
                      'f:name': {},
                      'f:image': {},
                      'f:args': {},
                      'f:env': {
                        'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} },
                        'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} },
                      },
                      'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
                    },
                  },
                  'f:volumes': { 'k:{"name":"data"}': { '.': {}, 'f:name': {}, 'f:emptyDir': {} } },
                },
              },
            },
          },
        },
      ],
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'x' } },
      template: {
        spec: {
          containers: [
            { name: 'injected', image: 'proxy' },
            {
              name: 'c',
              image: 'i:1',
              args: ['a', 'b'],
              env: [
                { name: 'A', value: '1' },
                { name: 'B', value: '2' },
              ],
              ports: [{ containerPort: 80, protocol: 'TCP' }],
              imagePullPolicy: 'Always',
            },
          ],
          volumes: [{ name: 'data', emptyDir: {} }],
          restartPolicy: 'Always',
        },
      },
    },
    status: { phase: 'Running' },
  };
  change(object);
  return object;
}

type Live = KubeObject & { spec: { replicas: number; selector: unknown; template: { spec: PodSpec } }; status: unknown };
type PodSpec = { containers: Container[]; volumes: Record<string, unknown>[]; restartPolicy?: string };
type Container = { name: string; image: string; args?: string[]; env?: object[]; ports?: object[]; imagePullPolicy?: string };
type Desired = {
  metadata: { labels: Record<string, string | undefined>; finalizers: string[]; annotations?: Record<string, string> };
  spec: { replicas?: number; selector: unknown; template: { spec: PodSpec } };
};

function desired(change: (object: Desired, container: Container) => void = () => undefined): KubeObject {
  const container: Container = {
    name: 'c',
    image: 'i:1',
    args: ['a', 'b'],
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    ports: [{ containerPort: 80 }],
  };
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'd',
      namespace: 'n',
      labels: { app: 'x', absent: undefined },
      finalizers: ['ours/finalizer'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Owner', name: 'o', uid: 'o1', controller: true }],
    },
    spec: {
      selector: { matchLabels: { app: 'x' } },
      template: { spec: { containers: [container], volumes: [{ name: 'data', emptyDir: {} }] } },
    },
  };
  change(object, container);
  return object as unknown as KubeObject;
}

test('nothing has to be done when every wanted field is owned and present', () => {
  expect(needsApply(desired(), live(), 'me')).toEqual({ needed: false });
});

const wishes: readonly { name: string; change: (object: Desired, container: Container) => void; reason: string; path: string }[] = [
  { name: 'a new field', change: (d) => (d.spec.replicas = 3), reason: 'not owned', path: '.spec.replicas' },
  { name: 'a new map', change: (d) => (d.metadata.annotations = { a: 'b' }), reason: 'not owned', path: '.metadata.annotations' },
  { name: 'another value', change: (_, c) => (c.image = 'i:2'), reason: 'differs', path: '.spec.template.spec.containers[c].image' },
  { name: 'another atomic list', change: (_, c) => (c.args = ['a']), reason: 'differs', path: '.spec.template.spec.containers[c].args' },
  { name: 'a label less', change: (d) => delete d.metadata.labels['app'], reason: 'to be removed', path: '.metadata.labels.app' },
  {
    name: 'a label that is null',
    change: (d) => (d.metadata.labels['app'] = undefined),
    reason: 'to be removed',
    path: '.metadata.labels.app',
  },
  { name: 'a list less', change: (_, c) => delete c.env, reason: 'to be removed', path: '.spec.template.spec.containers[c].env' },
  {
    name: 'an item less',
    change: (_, c) => c.env?.pop(),
    reason: 'to be removed',
    path: '.spec.template.spec.containers[c].env[k:{"name":"B"}]',
  },
  {
    name: 'an item more',
    change: (_, c) => c.env?.push({ name: 'C', value: '3' }),
    reason: 'not owned',
    path: '.spec.template.spec.containers[c].env[C]',
  },
  { name: 'another order', change: (_, c) => c.env?.reverse(), reason: 'other order', path: '.spec.template.spec.containers[c].env' },
  {
    name: 'another port',
    change: (_, c) => (c.ports = [{ containerPort: 81 }]),
    reason: 'not owned',
    path: '.spec.template.spec.containers[c].ports[{"containerPort":81}]',
  },
  {
    name: 'another protocol',
    change: (_, c) => (c.ports = [{ containerPort: 80, protocol: 'UDP' }]),
    reason: 'not owned',
    path: '.spec.template.spec.containers[c].ports[{"containerPort":80,"protocol":"UDP"}]',
  },
  {
    name: 'another kind of volume',
    change: (d) => (d.spec.template.spec.volumes = [{ name: 'data', hostPath: { path: '/x' } }]),
    reason: 'not owned',
    path: '.spec.template.spec.volumes[data].hostPath',
  },
  { name: 'a set item more', change: (d) => d.metadata.finalizers.push('new'), reason: 'not owned', path: '.metadata.finalizers[v:"new"]' },
  {
    name: 'a set item less',
    change: (d) => (d.metadata.finalizers = []),
    reason: 'to be removed',
    path: '.metadata.finalizers[v:"ours/finalizer"]',
  },
];

test.each(wishes)('a changed intent is applied: $name', ({ change, reason, path }) => {
  expect(needsApply(desired(change), live(), 'me')).toEqual({ needed: true, reason, path });
});

/** Our container, by its index. */
function ours(object: Live): Container {
  return object.spec.template.spec.containers[1] as Container;
}

const drifts: readonly { name: string; change: (object: Live) => void; reason: string }[] = [
  { name: 'a value', change: (l) => (ours(l).image = 'evil'), reason: 'differs' },
  { name: 'a removed label', change: (l) => delete l.metadata.labels?.['app'], reason: 'differs' },
  { name: 'a removed container', change: (l) => l.spec.template.spec.containers.pop(), reason: 'differs' },
  { name: 'a removed list', change: (l) => delete ours(l).env, reason: 'differs' },
  { name: 'a removed emptyDir', change: (l) => delete l.spec.template.spec.volumes[0]?.['emptyDir'], reason: 'differs' },
  { name: 'another order', change: (l) => ours(l).env?.reverse(), reason: 'other order' },
  { name: 'a removed set item', change: (l) => l.metadata.finalizers?.shift(), reason: 'differs' },
  {
    name: 'a field taken over by force',
    change: (l) =>
      l.metadata.managedFields?.splice(2, 1, {
        ...l.metadata.managedFields[2],
        fieldsV1: { 'f:spec': l.metadata.managedFields[2]?.fieldsV1?.['f:spec'] },
      }),
    reason: 'not owned',
  },
  { name: 'our entry gone', change: (l) => l.metadata.managedFields?.pop(), reason: 'never applied' },
];

test.each(drifts)('drift is undone: $name', ({ change, reason }) => {
  expect(needsApply(desired(), live(change), 'me')).toMatchObject({ needed: true, reason });
});

const harmless: readonly { name: string; change: (object: Live) => void }[] = [
  { name: "an autoscaler's replicas", change: (l) => (l.spec.replicas = 9) },
  { name: 'another container', change: (l) => l.spec.template.spec.containers.unshift({ name: 'more', image: 'x' }) },
  { name: 'a label of theirs', change: (l) => (l.metadata.labels = { ...l.metadata.labels, more: '1' }) },
  { name: 'a default', change: (l) => (ours(l).imagePullPolicy = 'Never') },
  { name: 'the status', change: (l) => (l.status = { phase: 'Failed' }) },
  { name: 'a default within an atomic map', change: (l) => (l.spec.selector = { matchLabels: { app: 'x' }, matchExpressions: [] }) },
];

test.each(harmless)('what is not ours is left alone: $name', ({ change }) => {
  expect(needsApply(desired(), live(change), 'me')).toEqual({ needed: false });
});

test('an object that is missing, applied by another, or in another version is applied', () => {
  expect(needsApply(desired(), undefined, 'me')).toMatchObject({ reason: 'missing' });
  expect(needsApply(desired(), live(), 'you')).toMatchObject({ reason: 'never applied' });
  expect(needsApply({ ...desired(), apiVersion: 'apps/v2' }, live(), 'me')).toMatchObject({ reason: 'other version' });
});

test('the status is compared through its own entry', () => {
  const status = (phase: string): KubeObject =>
    ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, status: { phase } }) as KubeObject;
  expect(needsApply(status('Running'), live(), 'me', 'status')).toEqual({ needed: false });
  expect(needsApply(status('Failed'), live(), 'me', 'status')).toEqual({ needed: true, reason: 'differs', path: '.status.phase' });
});

test('hash and equality ignore the order of fields, undefined, and non-JSON values; `__proto__` is data', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const copy: unknown = JSON.parse(JSON.stringify(value));
      expect(sameJson(value, copy)).toBe(true);
      expect(hashOf(value)).toBe(hashOf(copy));
    }),
  );
  expect(hashOf({ a: 1, b: { c: 2, d: undefined } })).toBe(hashOf({ b: { c: 2 }, a: 1 }));
  expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
  expect(sameJson({ a: undefined }, {})).toBe(true);
  expect(sameJson([{}], [[]])).toBe(false);
  const hostile: unknown = JSON.parse('{"__proto__":{"x":1}}');
  expect(JSON.stringify(withoutNulls(hostile))).toBe('{"__proto__":{"x":1}}');
  expect(hashOf(hostile)).not.toBe(hashOf({}));
});
