import { describe, expect, test } from '@jest/globals';
import { appLabelValue, labels, ports } from '@toolhive-registry/api';
import { container, ofKind, only, refusal, render, type Values } from './render.ts';

/** What a policy says of the controller. */
function policy(fields: Values = {}, values: Values = {}): Values {
  return only(render({ ...values, networkPolicy: { enabled: true, ...fields } }), 'NetworkPolicy')['spec'];
}
const named = (...values: string[]): object => ({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] });
const tcp = (port: number | string): object => ({ protocol: 'TCP', port });

test('there is none by default', () => {
  expect(ofKind(render(), 'NetworkPolicy')).toEqual([]);
});

test('it is about the controller, and about what it asks, too', () => {
  const objects = render({ networkPolicy: { enabled: true } });
  expect(policy()).toMatchObject({
    podSelector: { matchLabels: only(objects, 'Deployment')['spec'].selector.matchLabels },
    policyTypes: ['Ingress', 'Egress'],
  });
});

describe('it admits', () => {
  test('everyone to the health port, and nobody to the metrics', () => {
    expect(policy()['ingress']).toEqual([{ ports: [tcp('health')] }]);
  });

  test('the scrapers that are named, at a port that the container has', () => {
    const rules = policy({ scraperNamespaces: ['monitoring'] })['ingress'] as object[];
    expect(rules[1]).toEqual({ from: [{ namespaceSelector: named('monitoring') }], ports: [tcp('metrics')] });
    const names = (container(render())['ports'] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['metrics', 'health']);
  });
});

describe('the controller may ask', () => {
  const dns = { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] };
  const pods = { matchLabels: { [labels.app]: appLabelValue } };

  test('the API server, DNS, and the internal port of registries wherever they are', () => {
    expect(policy()['egress']).toEqual([
      { ports: [tcp(443), tcp(6443)] },
      { to: [{ podSelector: pods, namespaceSelector: {} }], ports: [tcp(ports.internal)] },
      dns,
    ]);
  });

  test('the API server where it is known to be', () => {
    const rules = policy({ apiServer: { cidrs: ['10.0.0.10/32'], ports: [6443] } })['egress'] as object[];
    expect(rules[0]).toEqual({ to: [{ ipBlock: { cidr: '10.0.0.10/32' } }], ports: [tcp(6443)] });
  });

  test('registries of the watched namespaces alone', () => {
    const rules = policy({}, { rbac: { scope: 'namespaces', watchNamespaces: ['a', 'b'] } })['egress'] as object[];
    expect(rules[1]).toEqual({ to: [{ podSelector: pods, namespaceSelector: named('a', 'b') }], ports: [tcp(ports.internal)] });
  });

  test('no registry if that is turned off', () => {
    expect(policy({}, { registryDefaults: { access: 'none' } })['egress']).toEqual([{ ports: [tcp(443), tcp(6443)] }, dns]);
  });
});

test.each<[why: string, fields: Values]>([
  ['cidrs', { apiServer: { cidrs: ['10.0.0.10'] } }],
  ['ports', { apiServer: { ports: [] } }],
  ['scraperNamespaces', { scraperNamespaces: ['A'] }],
])('wrong %s are refused', (why, fields) => {
  expect(refusal({ networkPolicy: fields })).toContain(why);
});
