import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { crdName, crdVersion, groups } from '@toolhive-registry/api';
import { chart } from './programs.ts';
import { container, ofKind, only, refusal, render, type Rendered, type Values } from './render.ts';

const HOOK = 'helm.sh/hook';
const hooks = (values: Values = {}, isUpgrade = true): Rendered[] =>
  render(values, { isUpgrade }).filter(({ metadata }) => metadata.annotations?.[HOOK] === 'pre-install,pre-upgrade');
const upgrade = (wanted: unknown, values: Values = {}): Values => ({ ...values, crds: { upgrade: wanted } });
const job = (values: Values = {}): Rendered => only(hooks(values), 'Job');
const pod = (values: Values = {}): Values => job(values)['spec'].template.spec;

describe('an upgrade brings the CRDs up to date', () => {
  test.each<[is: boolean, values: Values]>([
    [true, {}],
    [true, upgrade(true, { rbac: { scope: 'namespaces' } })],
    [true, upgrade(true, { rbac: { create: false } })],
    [false, upgrade(false)],
    [false, { rbac: { scope: 'namespaces' } }],
    [false, { rbac: { create: false } }],
  ])('%s: %j', (is, values) => {
    expect(ofKind(hooks(values), 'Job')).toHaveLength(is ? 1 : 0);
  });

  test('by objects that are gone once it is done, in the order in which they are needed', () => {
    const weights = hooks().map(({ kind, metadata }) => [kind, Number(metadata.annotations?.['helm.sh/hook-weight'])] as const);
    expect(weights.sort(([, a], [, b]) => a - b).map(([kind]) => kind)).toEqual([
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'Job',
    ]);
    for (const { metadata } of hooks())
      expect(metadata.annotations?.['helm.sh/hook-delete-policy']).toBe('before-hook-creation,hook-succeeded');
  });

  test('and an install in a cluster that Helm knows nothing of does not', () => {
    expect(hooks({}, false)).toEqual([]);
  });

  test('while a rollback keeps those that there are', () => {
    expect(render({}, { isUpgrade: true }).filter(({ metadata }) => metadata.annotations?.[HOOK]?.includes('rollback'))).toEqual([]);
  });
});

describe('its permissions', () => {
  test('are about the two CRDs by name, and none to create, replace or delete', () => {
    expect(only(hooks(), 'ClusterRole')['rules']).toEqual([
      {
        apiGroups: ['apiextensions.k8s.io'],
        resources: ['customresourcedefinitions'],
        resourceNames: groups.map(crdName),
        verbs: ['get', 'patch'],
      },
    ]);
  });

  test('are those of an account of its own', () => {
    const account = only(hooks(), 'ServiceAccount').metadata;
    expect(only(hooks(), 'ClusterRoleBinding')['subjects']).toEqual([
      { kind: 'ServiceAccount', name: account.name, namespace: account.namespace },
    ]);
    expect(pod()['serviceAccountName']).toBe(account.name);
    const accounts = ofKind(render({}, { isUpgrade: true }), 'ServiceAccount').map(({ metadata }) => metadata.name);
    expect(new Set(accounts).size).toBe(accounts.length);
  });

  test('are given elsewhere with rbac.create=false', () => {
    const kinds = hooks(upgrade(true, { rbac: { create: false } })).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['Job', 'ServiceAccount']);
  });

  test('have names of their own for each namespace, where releases are for namespaces', () => {
    const values = upgrade(true, { rbac: { scope: 'namespaces' } });
    for (const kind of ['ClusterRole', 'ClusterRoleBinding'])
      expect(only(hooks(values), kind).metadata.name).toBe('system-check-toolhive-registry-crds');
  });
});

describe('its pod', () => {
  test("runs the controller's image, restricted, once", () => {
    const { image, securityContext } = container(render());
    expect(pod()).toMatchObject({
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ image, securityContext, args: ['upgrade-crds'] }],
    });
    expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  });

  test('is none that the Deployment, the budget or a policy selects', () => {
    const selector = only(render(), 'Deployment')['spec'].selector.matchLabels;
    expect(job()['spec'].template.metadata.labels).not.toMatchObject(selector);
  });

  test.each<[field: string, value: unknown]>([
    ['imagePullSecrets', [{ name: 'mirror' }]],
    ['nodeSelector', { disk: 'ssd' }],
    ['tolerations', [{ key: 'dedicated', operator: 'Exists' }]],
    ['affinity', { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }],
    ['priorityClassName', 'system-cluster-critical'],
  ])("has the controller's %s", (field, value) => {
    expect(pod({ [field]: value })).toMatchObject({ [field]: value });
  });

  test.each<[field: string, values: Values]>([
    ['resources', { resources: { limits: { memory: '512Mi' } } }],
    ['env', { extraEnv: [{ name: 'A', value: 'b' }] }],
    ['image', { image: { registry: 'mirror', repository: 'c', digest: `sha256:${'a'.repeat(64)}` } }],
    ['imagePullPolicy', { image: { pullPolicy: 'Always' } }],
  ])("has the controller's %s in its container", (field, values) => {
    expect((pod(values)['containers'] as Values[])[0]?.[field]).toEqual(container(render({ heapPercent: 0, ...values }))[field]);
  });

  test('ends, and is not tried for ever', () => {
    const { backoffLimit, activeDeadlineSeconds, ttlSecondsAfterFinished } = job()['spec'];
    // Helm waits for five minutes.
    expect(activeDeadlineSeconds).toBeLessThan(300);
    expect([backoffLimit, ttlSecondsAfterFinished]).toEqual([2, 86_400]);
  });
});

test('the CRDs, the chart and the image are of one version', () => {
  const { version, appVersion } = load(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as Record<string, unknown>;
  expect([version, appVersion]).toEqual([crdVersion, crdVersion]);
});

test('anything else than true, false and auto is refused', () => {
  expect(refusal(upgrade('yes'))).toContain('upgrade');
});
