import { describe, expect, test } from '@jest/globals';
import { container, nameOf, ofKind, only, refusal, render, type Values } from './render.ts';

const deployment = (values: Values): Values => only(render(values), 'Deployment');
const registryDefaults = (fields: Values): Values => ({ registryDefaults: fields });
const registryArgs = (values: Values): string[] =>
  (container(render(values))['args'] as string[]).filter((arg) => arg.startsWith('--registry-') && !/-(ui|access|server-image)=/.test(arg));

describe('what registries inherit', () => {
  test('is left to the controller unless it is set', () => {
    expect(registryArgs({})).toEqual([]);
  });

  test.each<[values: Values, args: string[]]>([
    [{ imagePullSecrets: [{ name: 'a' }, { name: 'b' }] }, ['--registry-image-pull-secrets=a,b']],
    [{ resources: { limits: { memory: '1Gi', cpu: 1 } } }, ['--registry-resources={"limits":{"cpu":1,"memory":"1Gi"}}']],
    [{ syncInterval: '30m' }, ['--registry-sync-interval=30m']],
    [{ privateAddresses: 'deny' }, ['--registry-private-addresses=deny']],
    [{ log: { level: 'debug' } }, ['--registry-log-level=debug']],
    [{ log: { format: 'pretty' } }, ['--registry-log-format=pretty']],
    [{ proxy: { httpProxy: 'http://p:1' } }, ['--registry-http-proxy=http://p:1']],
    [
      { proxy: { httpsProxy: 'http://p:1', noProxy: '.svc,10.0.0.0/8' } },
      ['--registry-https-proxy=http://p:1', '--registry-no-proxy=.svc,10.0.0.0/8'],
    ],
  ])('%j: %j', (fields, args) => {
    expect(registryArgs(registryDefaults(fields))).toEqual(args);
  });

  test.each<[why: string, values: Values]>([
    ['syncInterval', { syncInterval: 'hourly' }],
    ['privateAddresses', { privateAddresses: 'never' }],
    ['level', { log: { level: 'loud' } }],
    ['httpProxy', { proxy: { httpProxy: 'proxy.example.com' } }],
    ['imagePullSecrets', { imagePullSecrets: ['mirror'] }],
    ['claims', { resources: { claims: [] } }],
  ])('cannot be a wrong %s: %j', (why, fields) => {
    expect(refusal(registryDefaults(fields))).toContain(why);
  });
});

describe('the controller', () => {
  test.each<[what: string, values: Values, expected: object]>([
    [
      'annotations and labels of the Deployment',
      { deploymentAnnotations: { a: 'b' }, deploymentLabels: { c: 'd' } },
      { metadata: { annotations: { a: 'b' }, labels: { c: 'd', 'app.kubernetes.io/instance': 'check' } } },
    ],
    ['few former ReplicaSets', { revisionHistoryLimit: 2 }, { spec: { revisionHistoryLimit: 2 } }],
    [
      'a strategy of its own',
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } } },
      { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } } } },
    ],
    [
      'Recreate where nothing elects a leader',
      { leaderElection: { enabled: false }, updateStrategy: { type: 'Recreate' } },
      { spec: { strategy: { type: 'Recreate' } } },
    ],
    [
      'more volumes and variables',
      {
        extraVolumes: [{ name: 'ca', emptyDir: {} }],
        extraVolumeMounts: [{ name: 'ca', mountPath: '/ca' }],
        extraEnvFrom: [{ secretRef: { name: 's' } }],
        extraEnv: [{ name: 'A', value: '1' }],
        heapPercent: 0,
      },
      {
        spec: {
          template: {
            spec: {
              volumes: [{ name: 'ca', emptyDir: {} }],
              containers: [
                {
                  volumeMounts: [{ name: 'ca', mountPath: '/ca' }],
                  envFrom: [{ secretRef: { name: 's' } }],
                  env: [{ name: 'A', value: '1' }],
                },
              ],
            },
          },
        },
      },
    ],
  ])('may have %s', (_, values, expected) => {
    expect(deployment(values)).toMatchObject(expected);
  });

  test('rolls by no strategy that would let two work at once', () => {
    const values = { leaderElection: { enabled: false }, updateStrategy: { type: 'RollingUpdate' } };
    expect(refusal(values)).toContain('updateStrategy needs leaderElection.enabled=true');
    expect(refusal({ ...values, updateStrategy: { rollingUpdate: {} } })).toContain('updateStrategy needs');
  });

  test('may be in another namespace than the release, with everything that is about it', () => {
    const objects = render({ namespaceOverride: 'catalogs' }, { namespace: 'elsewhere' });
    expect(objects.filter((object) => JSON.stringify(object).includes('elsewhere')).map(nameOf)).toEqual([]);
    expect(new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))).toEqual(new Set(['catalogs', 'kube-system']));
    expect(container(objects)['args']).toContain('--installation=catalogs/check-toolhive-registry');
  });
});

describe('the budget of the controller', () => {
  const budgets = (values: Values): Values[] => ofKind(render(values), 'PodDisruptionBudget').map(({ spec }) => spec);

  test.each<[what: string, values: Values]>([
    ['one pod', {}],
    ['none', { replicas: 0 }],
    ['pods that are to have none', { replicas: 2, podDisruptionBudget: { enabled: false } }],
  ])('is not there for %s', (_, values) => {
    expect(budgets(values)).toEqual([]);
  });

  test('lets one pod of several go at a time, and all that are not ready', () => {
    const values = { replicas: 2 };
    expect(budgets(values)).toEqual([
      {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: only(render(values), 'Deployment')['spec'].selector.matchLabels },
      },
    ]);
    expect(budgets({ replicas: 3, podDisruptionBudget: { maxUnavailable: '50%' } })).toMatchObject([{ maxUnavailable: '50%' }]);
    expect(refusal({ podDisruptionBudget: { maxUnavailable: 0 } })).toContain('maxUnavailable');
  });
});
