import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { controllerPermissions, LEASE_PERMISSIONS, POLICY_PERMISSIONS, type Permission } from './controller-permissions.ts';
import { settingsOf, type ControllerSettings } from './controller-settings.ts';
import { deployment } from './testing/facts.ts';

const CHART = new URL('../../../../charts/toolhive-registry/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, CHART), 'utf8');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of a named template of the chart, with `if` decided by these values. It knows no more of templates than they use. */
function rulesOf(template: string, values: Readonly<Record<string, boolean>>): Rule[] {
  const [, body = ''] =
    new RegExp(`define "toolhive-registry\\.${template}" -}}\\n([\\s\\S]*?)\\n{{- end -}}`).exec(read('templates/rbac.yaml')) ?? [];
  const filled = body
    .replace('{{ .Files.Get "files/server-kinds-rules.yaml" | trim }}', read('files/server-kinds-rules.yaml'))
    .replace('{{ . }}', 'lease');
  const shown = [true];
  const text = filled
    .split(/({{-? ?(?:if [^}]*|else|end) ?}})/)
    .map((part) => {
      const [, word = '', condition = ''] = /^{{-? ?(if|else|end)([^}]*)}}$/.exec(part) ?? [];
      if (word === 'if') shown.push(values[condition.trim()] ?? missing(condition));
      if (word === 'else') shown.push(!(shown.pop() ?? false));
      if (word === 'end') shown.pop();
      return word === '' && shown.every(Boolean) ? part : '';
    })
    .join('');
  return load(text) as Rule[];
}

function missing(condition: string): never {
  throw new Error(`no value for ${condition}`);
}

/** Each permission as a line, in order. */
function linesOf(rules: readonly Rule[]): string[] {
  const lines = rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`))),
  );
  return [...new Set(lines)].sort();
}

function asRules(permissions: readonly Permission[]): Rule[] {
  return permissions.map(({ group, resource, verbs }) => ({ apiGroups: [group], resources: [resource], verbs }));
}

test.each<[args: string[], values: Record<string, boolean>]>([
  [['--network-policy=true'], { networkPolicy: true, refresh: true, proxy: false }],
  [['--network-policy=false', '--refresh-volumes=false'], { networkPolicy: false, refresh: false, proxy: false }],
  [['--network-policy=true', '--expose=gateway'], { networkPolicy: true, refresh: true, ingress: false }],
  [['--network-policy=true', '--expose=none'], { networkPolicy: true, refresh: true, ingress: false, gateway: false }],
  [['--network-policy=false', '--registry-access=apiserver-proxy'], { networkPolicy: false, refresh: true, proxy: true }],
])(
  'the permissions of a controller with %j are those that the chart grants',
  (args, { networkPolicy = false, refresh = false, proxy = false, ingress = true, gateway = true }) => {
    const rules = rulesOf('rules', {
      '.Values.registryDefaults.networkPolicy.enabled': networkPolicy,
      '.Values.registryDefaults.refreshVolumes': refresh,
      '.Values.registryDefaults.expose.ingress': ingress,
      '.Values.registryDefaults.expose.gateway': gateway,
      'eq .Values.registryDefaults.access "apiserver-proxy"': proxy,
    });
    expect(linesOf(asRules(controllerPermissions(settingsOf(deployment(args)))))).toEqual(linesOf(rules));
  },
);

test('so are those on its Lease, and on policies', () => {
  expect(linesOf(asRules([LEASE_PERMISSIONS]))).toEqual(linesOf(rulesOf('leaseRules', {})));
  const [, resources = '', verbs = ''] =
    /resources: \[(validating[^\]]*)\]\n\s+verbs: \[([^\]]*)\]/.exec(read('templates/enforcement.yaml')) ?? [];
  expect(POLICY_PERMISSIONS.map(({ resource }) => resource).join(', ')).toBe(resources);
  expect(POLICY_PERMISSIONS[0]?.verbs.join(', ')).toBe(verbs);
});

test.each<[args: string[], settings: Partial<ControllerSettings>]>([
  [
    [],
    {
      watchNamespaces: undefined,
      leaderElectionNamespace: 'kube-system',
      access: 'direct',
      refreshesVolumes: true,
      writesNetworkPolicies: false,
      policies: undefined,
    },
  ],
  [['--watch-namespaces=a, b', '--leader-election-namespace=system'], { watchNamespaces: ['a', 'b'], leaderElectionNamespace: 'system' }],
  [['--no-leader-elect'], { leaderElectionNamespace: undefined }],
  [['--enforcement-policies=one', '--enforcement-policies=two', '--registry-access=none'], { policies: 'two', access: 'none' }],
])('how a controller runs with %j', (args, settings) => {
  expect(settingsOf(deployment(args))).toMatchObject(settings);
});
