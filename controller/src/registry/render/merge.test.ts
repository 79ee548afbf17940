import { expect, test } from '@jest/globals';
import { mergeTemplate } from './merge.ts';
import type { Fields } from './pod-template.ts';

/** A template of ours with everything that is merged in a special way. */
const OURS: Fields = {
  metadata: { labels: { app: 'ours' } },
  spec: {
    serviceAccountName: 'a-api',
    securityContext: { runAsNonRoot: true, runAsUser: 1 },
    containers: [
      {
        name: 'main',
        image: 'ours:1',
        args: ['--a', '--b'],
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        readinessProbe: { httpGet: { path: '/readiness' }, periodSeconds: 2 },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: 'a-config' } },
      { name: 'data', emptyDir: {} },
    ],
  },
};

/** The result for one field of our only container, or of our spec. */
function inContainer(fields: Fields): Fields {
  const merged = mergeTemplate(OURS, { spec: { containers: [{ name: 'main', ...fields }] } });
  return ((merged['spec'] as Fields)['containers'] as Fields[])[0] ?? {};
}
function inSpec(fields: Fields): Fields {
  return mergeTemplate(OURS, { spec: fields })['spec'] as Fields;
}

test('nothing changes nothing', () => {
  expect(mergeTemplate(OURS, {})).toEqual(OURS);
  expect(inSpec({})).toEqual(OURS['spec']);
});

test.each<[string, Fields, Fields]>([
  ['a value wins', { image: 'theirs:2' }, { image: 'theirs:2' }],
  ['a field that we do not set is added', { workingDir: '/tmp' }, { workingDir: '/tmp', image: 'ours:1' }],
  ['a list without keys is one value', { args: ['--c'] }, { args: ['--c'] }],
  ['an empty list of that kind empties ours', { args: [] }, { args: [] }],
  [
    'env is merged by name, ours first, in order',
    {
      env: [
        { name: 'C', value: '3' },
        { name: 'B', value: 'theirs' },
      ],
    },
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: 'theirs' },
        { name: 'C', value: '3' },
      ],
    },
  ],
  [
    'a variable that takes its value from elsewhere loses our value',
    { env: [{ name: 'B', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] },
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
    },
  ],
  [
    'ports are merged by their number, and TCP is what they are where nothing is said',
    { ports: [{ containerPort: 9090 }, { containerPort: 8080, name: 'web' }] },
    { ports: [{ name: 'web', containerPort: 8080, protocol: 'TCP' }, { containerPort: 9090 }] },
  ],
  [
    'a port of the same number and protocol is the same',
    { ports: [{ containerPort: 8080, protocol: 'TCP', hostPort: 80 }] },
    { ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP', hostPort: 80 }] },
  ],
  [
    'a port of the same number and another protocol is another port',
    { ports: [{ name: 'quic', containerPort: 8080, protocol: 'UDP' }] },
    {
      ports: [
        { name: 'http', containerPort: 8080, protocol: 'TCP' },
        { name: 'quic', containerPort: 8080, protocol: 'UDP' },
      ],
    },
  ],
  [
    'a second item of the same key is kept, for the API server to judge',
    {
      env: [
        { name: 'B', value: 'x' },
        { name: 'B', value: 'y' },
      ],
    },
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: 'x' },
        { name: 'B', value: 'y' },
      ],
    },
  ],
  ['an item that is none is kept, for the API server to refuse', { env: ['B=x'] }, { env: ['B=x'] }],
  [
    'volumeMounts are merged by their path',
    {
      volumeMounts: [
        { name: 'ca', mountPath: '/ca' },
        { name: 'disk', mountPath: '/data' },
      ],
    },
    {
      volumeMounts: [
        { name: 'disk', mountPath: '/data' },
        { name: 'ca', mountPath: '/ca' },
      ],
    },
  ],
  [
    'a probe keeps our action where only times are set',
    { readinessProbe: { periodSeconds: 9 } },
    { readinessProbe: { httpGet: { path: '/readiness' }, periodSeconds: 9 } },
  ],
  [
    'a probe of another kind keeps our times only',
    { readinessProbe: { exec: { command: ['true'] } } },
    { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 2 } },
  ],
])('container: %s', (_, users, expected) => {
  const merged = inContainer(users);
  for (const [key, value] of Object.entries(expected)) expect(merged[key]).toEqual(value);
});

test.each<[string, Fields, Fields]>([
  [
    'objects are merged field by field',
    { securityContext: { runAsUser: 2, fsGroup: 3 } },
    { securityContext: { runAsNonRoot: true, runAsUser: 2, fsGroup: 3 } },
  ],
  [
    'a sidecar comes behind',
    { containers: [{ name: 'sidecar', image: 'busybox' }] },
    { containers: [((OURS['spec'] as Fields)['containers'] as Fields[])[0], { name: 'sidecar', image: 'busybox' }] },
  ],
  [
    'an init container is added',
    { initContainers: [{ name: 'init', image: 'busybox' }] },
    { initContainers: [{ name: 'init', image: 'busybox' }] },
  ],
  [
    'a volume of another kind replaces ours',
    { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'disk' } }] },
    {
      volumes: [
        { name: 'config', configMap: { name: 'a-config' } },
        { name: 'data', persistentVolumeClaim: { claimName: 'disk' } },
      ],
    },
  ],
  [
    'a volume that is only named stays ours',
    { volumes: [{ name: 'data' }] },
    {
      volumes: [
        { name: 'config', configMap: { name: 'a-config' } },
        { name: 'data', emptyDir: {} },
      ],
    },
  ],
  ['what is no list stays, for the API server to refuse', { containers: 'x' }, { containers: 'x' }],
  ['an object in place of a list stays as well', { volumes: { name: 'data' } }, { volumes: { name: 'data' } }],
])('pod: %s', (_, users, expected) => {
  expect(inSpec(users)).toMatchObject(expected);
  for (const [key, value] of Object.entries(expected)) expect(inSpec(users)[key]).toEqual(value);
});

test('topologySpreadConstraints are identified by key and whenUnsatisfiable', () => {
  const hard = { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 };
  const soft = { topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 2 };
  const merged = mergeTemplate({ topologySpreadConstraints: [hard] }, { topologySpreadConstraints: [soft, { ...hard, maxSkew: 3 }] });
  expect(merged['topologySpreadConstraints']).toEqual([{ ...hard, maxSkew: 3 }, soft]);
});

test('merging again changes nothing, and neither side is touched', () => {
  const ours = structuredClone(OURS);
  const users = { spec: { containers: [{ name: 'main', env: [{ name: 'C', value: '3' }] }, { name: 'sidecar' }] } };
  const once = mergeTemplate(ours, users);
  expect(mergeTemplate(once, users)).toEqual(once);
  expect(ours).toEqual(OURS);
});
