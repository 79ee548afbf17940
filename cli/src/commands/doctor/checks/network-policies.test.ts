import { expect, test } from '@jest/globals';
import type { IngressRule, LabelSelector, NetworkPolicyObject } from '../facts.ts';
import { admits, matches, selecting } from './network-policies.ts';

function policy(spec: NetworkPolicyObject['spec']): NetworkPolicyObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'prod' }, spec };
}

const CONTROLLER = { namespace: 'system', labels: { app: 'controller' } };
const named = (namespace: string): LabelSelector => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });

test.each<[what: string, ingress: IngressRule[] | undefined, isAdmitted: boolean]>([
  ['nobody', undefined, false],
  ['nobody, by an empty list', [], false],
  ['everybody, everywhere', [{}], true],
  ['everybody, at another port', [{ ports: [{ port: 8080 }] }], false],
  ['everybody, at the port', [{ ports: [{ port: 8081 }] }], true],
  ['everybody, within a range', [{ ports: [{ port: 8000, endPort: 9000 }] }], true],
  ['everybody, by UDP', [{ ports: [{ protocol: 'UDP', port: 8081 }] }], false],
  ['everybody, at a port by its name', [{ ports: [{ port: 'internal' }] }], true],
  ['pods of its own namespace', [{ from: [{ podSelector: {} }] }], false],
  ['all namespaces', [{ from: [{ namespaceSelector: {} }] }], true],
  ["the controller's namespace", [{ from: [{ namespaceSelector: named('system') }] }], true],
  ['another namespace', [{ from: [{ namespaceSelector: named('other') }] }], false],
  ['a namespace by a label of its own, which may be any', [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }], true],
  [
    "the controller's pods",
    [{ from: [{ namespaceSelector: named('system'), podSelector: { matchLabels: { app: 'controller' } } }] }],
    true,
  ],
  [
    'other pods of its namespace',
    [{ from: [{ namespaceSelector: named('system'), podSelector: { matchLabels: { app: 'other' } } }] }],
    false,
  ],
  ['addresses, which may be any', [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }], true],
  ['one of several', [{ from: [{ podSelector: {} }] }, { from: [{ namespaceSelector: {} }], ports: [{ port: 8081 }] }], true],
])('a policy that lets in %s', (_, ingress, isAdmitted) => {
  expect(admits([policy(ingress === undefined ? {} : { ingress })], 8081, CONTROLLER)).toBe(isAdmitted);
});

test('without policies everybody may, and of several one suffices', () => {
  expect(admits([], 8081, CONTROLLER)).toBe(true);
  expect(admits([policy({}), policy({ ingress: [{}] })], 8081, CONTROLLER)).toBe(true);
});

test('a client that is not a pod is admitted by address only', () => {
  expect(admits([policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })], 8081, undefined)).toBe(false);
  expect(admits([policy({ ingress: [{ ports: [{ port: 8081 }] }] })], 8081, undefined)).toBe(true);
});

test('policies that are for other pods, or for what goes out, do not count', () => {
  const all = [
    policy({ podSelector: { matchLabels: { app: 'a' } } }),
    policy({ podSelector: {}, policyTypes: ['Egress'] }),
    policy({ podSelector: {} }),
  ];
  expect(selecting(all, { app: 'b' })).toEqual([all[2]]);
  expect(selecting(all, { app: 'a' })).toEqual([all[0], all[2]]);
});

test.each<[operator: string, values: string[], matching: string[]]>([
  ['In', ['a', 'b'], ['a']],
  ['NotIn', ['a', 'b'], ['c', 'none']],
  ['Exists', [], ['a', 'c']],
  ['DoesNotExist', [], ['none']],
])('%s %j', (operator, values, matching) => {
  const selector = { matchExpressions: [{ key: 'tier', operator, values }] };
  expect(['a', 'c', 'none'].filter((tier) => matches(selector, tier === 'none' ? {} : { tier }))).toEqual(matching);
});
