import { describe, expect, test } from '@jest/globals';
import { only, ofKind, render, type Rendered, type Values } from './render.ts';
import { valuesFiles } from './values.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const REGISTRIES = ['toolhive.stacklok.dev', 'toolhive.stacklok.io'];
const NAME = 'check-toolhive-registry';
const namespaced = (...watchNamespaces: string[]): Values => ({ rbac: { scope: 'namespaces', watchNamespaces } });

/** The rules of the controller's own role, in each namespace if there are several. */
function controllerRules(values: Values = {}): Rule[] {
  const roles = render(values).filter(({ kind, metadata }) => kind.endsWith('Role') && metadata.name === NAME);
  return roles.flatMap((role) => role['rules'] as Rule[]);
}

describe('the controller may', () => {
  test.each<[resource: string, groups: readonly string[], verbs: readonly string[], values: Values]>([
    ['mcpregistries', REGISTRIES, ['get', 'list', 'watch'], {}],
    ['mcpregistries', REGISTRIES, ['get', 'list', 'watch'], namespaced()],
    ['mcpregistries/status', REGISTRIES, ['patch'], {}],
    // Its objects hold a registry.
    ['mcpregistries/finalizers', REGISTRIES, ['update'], {}],
    ['deployments', ['apps'], ['get', 'list', 'watch', 'create', 'patch'], {}],
    ['poddisruptionbudgets', ['policy'], ['get', 'list', 'watch', 'create', 'patch', 'delete'], {}],
    ['ingresses', ['networking.k8s.io'], ['get', 'list', 'watch', 'create', 'patch', 'delete'], {}],
    ['httproutes', ['gateway.networking.k8s.io'], ['get', 'list', 'watch', 'create', 'patch', 'delete'], namespaced()],
    ['replicasets', ['apps'], ['list', 'watch'], {}],
    ['events', [''], ['list'], {}],
    ['events', ['events.k8s.io'], ['create', 'patch'], {}],
    ['resourcequotas', [''], ['list', 'watch'], {}],
    ['pods', [''], ['get', 'list', 'watch', 'patch'], {}],
    ['pods', [''], ['get', 'list', 'watch'], { registryDefaults: { refreshVolumes: false } }],
    ['pods/proxy', [''], ['get'], { registryDefaults: { access: 'apiserver-proxy', networkPolicy: { enabled: false } } }],
    ['networkpolicies', ['networking.k8s.io'], ['get', 'list', 'watch', 'create', 'patch'], {}],
    ['networkpolicies', ['networking.k8s.io'], ['list', 'watch', 'delete'], { registryDefaults: { networkPolicy: { enabled: false } } }],
    ['mcpservers', ['toolhive.stacklok.dev'], ['list', 'watch'], {}],
  ])('on %s of %j do %j with %j', (resource, groups, verbs, values) => {
    const found = controllerRules(values).filter(
      ({ resources, apiGroups }) => resources.includes(resource) && apiGroups.join(' ') === groups.join(' '),
    );
    expect(found.map((rule) => rule.verbs)).toEqual([verbs]);
  });

  test.each([
    ['ingresses', { ingress: false }],
    ['httproutes', { gateway: false }],
  ])('only remove %s where registries may have none', (resource, expose) => {
    const rules = controllerRules({ registryDefaults: { expose } }).filter(({ resources }) => resources.includes(resource));
    expect(rules.map(({ verbs }) => verbs)).toEqual([['list', 'watch', 'delete']]);
  });

  test('ask nothing through the API server unless configured', () => {
    expect(controllerRules().flatMap(({ resources }) => resources)).not.toContain('pods/proxy');
  });

  test.each(valuesFiles())('touch no Secrets, and nothing by a wildcard: $name', ({ values }) => {
    const roles = render({ ...values, rbac: { ...(values['rbac'] as Values), create: true } }).filter(({ kind }) => kind.endsWith('Role'));
    expect(roles).not.toHaveLength(0);
    const words = roles
      .flatMap((role) => role['rules'] as Rule[])
      .flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]);
    expect(words.filter((word) => word.includes('*') || word.includes('secrets'))).toEqual([]);
  });
});

describe('a Lease may be held', () => {
  /** NAMESPACE/NAME of the Leases that the controller may read and write. */
  function leases(values: Values): string[] {
    return render(values).flatMap((role) =>
      ((role['rules'] ?? []) as Rule[])
        .filter(({ resources }) => resources.includes('leases'))
        .flatMap(({ resourceNames, verbs }) =>
          (resourceNames ?? []).map((name) => `${role.metadata.namespace}/${name} ${verbs.join(' ')}`),
        ),
    );
  }
  const inNamespace = 'toolhive-registry-controller-namespace get patch';

  test.each<[what: string, values: Values, leases: string[]]>([
    ['where all releases look', {}, ['kube-system/toolhive-registry-controller get patch']],
    ['elsewhere', { leaderElection: { namespace: 'locks' } }, ['locks/toolhive-registry-controller get patch']],
    ['in each watched namespace', namespaced('b', 'a'), [`a/${inNamespace}`, `b/${inNamespace}`]],
    ['nowhere without leader election', { leaderElection: { enabled: false } }, []],
  ])('%s', (_, values, expected) => {
    expect(leases(values)).toEqual(expected);
  });
});

describe('bindings', () => {
  test('are to the account that the pod runs as', () => {
    for (const values of [{}, namespaced('a', 'b'), { serviceAccount: { create: false, name: 'mine' } }]) {
      const objects = render(values, { namespace: 'system' });
      const account = only(objects, 'Deployment')['spec'].template.spec.serviceAccountName;
      const bindings = objects.filter(({ kind }) => kind.endsWith('RoleBinding'));
      expect(bindings).not.toHaveLength(0);
      for (const binding of bindings) expect(binding['subjects']).toEqual([{ kind: 'ServiceAccount', name: account, namespace: 'system' }]);
    }
  });

  test('name a role that there is', () => {
    for (const values of [{}, namespaced('a', 'b')]) {
      const objects = render(values);
      const named = ({ kind, metadata }: Rendered): string => `${kind} ${metadata.namespace} ${metadata.name}`;
      const roles = objects.filter(({ kind }) => kind.endsWith('Role')).map(named);
      const bound = objects
        .filter(({ kind }) => kind.endsWith('RoleBinding'))
        .map(({ metadata, ...binding }) =>
          named({ kind: binding['roleRef'].kind, metadata: { ...metadata, name: binding['roleRef'].name } }),
        );
      expect(bound.filter((name) => !roles.includes(name))).toEqual([]);
    }
  });

  test('are not created if someone else grants the permissions', () => {
    expect(render({ rbac: { create: false } }).filter(({ kind }) => /^(Cluster)?Role/.test(kind))).toEqual([]);
  });
});

test('only the scope `cluster` has objects of the cluster', () => {
  const kinds = (values: Values): number => ofKind(render(values), 'ClusterRole').length;
  expect(kinds(namespaced('a'))).toBe(0);
  expect(kinds({})).toBeGreaterThan(0);
});

describe('Kubernetes’ own roles', () => {
  /** The permissions on MCPRegistries that a role gets by its label. */
  function aggregated(role: string, values: Values = {}): Rule[] {
    const label = `rbac.authorization.k8s.io/aggregate-to-${role}`;
    return ofKind(render(values), 'ClusterRole')
      .filter(({ metadata }) => metadata.labels?.[label] === 'true')
      .flatMap((one) => one['rules'] as Rule[]);
  }
  const see = { apiGroups: REGISTRIES, resources: ['mcpregistries', 'mcpregistries/status'], verbs: ['get', 'list', 'watch'] };
  const write = { apiGroups: REGISTRIES, resources: ['mcpregistries'], verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] };

  test.each<[role: string, rules: Rule[]]>([
    ['view', [see]],
    ['edit', [see, write]],
    ['admin', [see, write]],
  ])('%s may do with MCPRegistries what it may do with the rest of a namespace', (role, rules) => {
    expect(aggregated(role)).toEqual(rules);
  });

  test.each<[what: string, values: Values, given: boolean]>([
    ['not when switched off', { rbac: { aggregateRoles: false } }, false],
    ['not for a few namespaces', namespaced('a'), false],
    ['not if someone else grants the permissions', { rbac: { create: false } }, false],
    ['there, too, when they are wanted', { rbac: { create: false, aggregateRoles: true } }, true],
  ])('get it %s', (_, values, given) => {
    expect(aggregated('admin', values).length > 0).toBe(given);
  });

  test('have names of their own for each release of some namespaces', () => {
    const values = { rbac: { scope: 'namespaces', aggregateRoles: true } };
    expect(ofKind(render(values), 'ClusterRole').map(({ metadata }) => metadata.name)).toEqual([
      `system-${NAME}-view`,
      `system-${NAME}-edit`,
    ]);
  });
});

test('only the controller gets a token', () => {
  const objects = render();
  expect(only(objects, 'ServiceAccount')['automountServiceAccountToken']).toBe(false);
  expect(only(objects, 'Deployment')['spec'].template.spec.automountServiceAccountToken).toBe(true);
});
