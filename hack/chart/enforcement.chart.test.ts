import { describe, expect, test } from '@jest/globals';
import { container, ofKind, only, refusal, render, type RenderOptions, type Values } from './render.ts';

const POLICY = 'ValidatingAdmissionPolicy';
const BINDING = 'ValidatingAdmissionPolicyBinding';
const namespaced: Values = { rbac: { scope: 'namespaces', watchNamespaces: ['a', 'b'] } };
const namesOf = (values: Values, options?: RenderOptions): string[] =>
  ofKind(render(values, options), POLICY).map(({ metadata }) => metadata.name);

describe('admission policies', () => {
  test.each<[what: string, values: Values, prefix: string | undefined]>([
    ['are installed', {}, 'check-toolhive-registry'],
    ['can be switched off', { enforcement: { enabled: false } }, undefined],
    ['are off for a few namespaces', namespaced, undefined],
    ['have the namespace in their name there', { ...namespaced, enforcement: { enabled: true } }, 'system-check-toolhive-registry'],
  ])('%s', (_, values, prefix) => {
    const parts = prefix === undefined ? [] : ['enforce', 'audit', 'guard'].map((part) => `${prefix}-${part}`);
    expect(namesOf(values)).toEqual(parts);
    const args = container(render(values))['args'].filter((arg: string) => arg.startsWith('--enforcement-policies='));
    expect(args).toEqual(prefix === undefined ? [] : [`--enforcement-policies=${prefix}`]);
  });

  test('are each bound, by a policy that is there', () => {
    const objects = render();
    expect(ofKind(objects, BINDING).map((binding) => binding['spec'].policyName)).toEqual(namesOf({}));
  });

  test('look at the watched namespaces alone', () => {
    const expression = { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] };
    const bindings = ofKind(render({ ...namespaced, enforcement: { enabled: true } }), BINDING);
    expect(bindings).toHaveLength(3);
    for (const { spec } of bindings) expect(spec.matchResources).toEqual({ namespaceSelector: { matchExpressions: [expression] } });
    expect(ofKind(render(), BINDING).map((binding) => binding['spec'].matchResources)).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['Fail', {}],
    ['Ignore', { enforcement: { failurePolicy: 'Ignore' } }],
  ])('handle what they cannot judge as configured: %s; the guard never lets it in', (policy, values) => {
    expect(ofKind(render(values), POLICY).map(({ spec }) => spec.failurePolicy)).toEqual([policy, policy, 'Fail']);
  });

  test('may be seen by the controller', () => {
    const role = only(render(), 'ClusterRole', 'check-toolhive-registry-policies');
    expect(role['rules']).toEqual([
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
        verbs: ['list', 'watch'],
      },
    ]);
  });

  test.each<[what: string, values: Values, users: string[]]>([
    ['the controller', {}, ['system:serviceaccount:system:check-toolhive-registry']],
    ['another account of its', { serviceAccount: { create: false, name: 'mine' } }, ['system:serviceaccount:system:mine']],
    [
      'and those of other releases',
      { enforcement: { otherControllers: ['system:serviceaccount:b:r'] } },
      ['system:serviceaccount:system:check-toolhive-registry', 'system:serviceaccount:b:r'],
    ],
  ])('let %s write', (_, values, users) => {
    const [controllers] = only(render(values), POLICY, 'check-toolhive-registry-guard')['spec'].variables;
    expect(JSON.parse(controllers.expression)).toEqual(users);
  });

  test('have no mode that the API server does not know', () => {
    expect(refusal({ enforcement: { failurePolicy: 'Warn' } })).toContain('enforcement');
  });
});
