import { expect, test } from '@jest/globals';
import { styleFor } from '../../terminal/style.ts';
import { diagnose } from './diagnosis.ts';
import type { Facts, PolicyFacts } from './facts.ts';
import { seen } from './finding.ts';
import { controller, deployment, facts, HIDDEN, registry, shown } from './testing/facts.ts';
import { sentenceOf, summaryOf, textOf } from './text.ts';

function found(about: string, given: Partial<Facts>): string[] {
  return diagnose(facts(given))
    .filter((section) => section.about.startsWith(about))
    .flatMap(({ findings }) => findings.map(shown));
}

const ENFORCING = seen([registry({ spec: { enforceServers: true } })]);
const WITH_POLICIES = seen([controller(deployment(['--enforcement-policies=p']))]);
const policy = (part: PolicyFacts['part'], isThere: PolicyFacts['isThere']): PolicyFacts => ({
  kind: 'ValidatingAdmissionPolicy',
  name: `p-${part}`,
  part,
  isThere,
});

test.each<[what: string, about: string, given: Partial<Facts>, findings: string[]]>([
  [
    'no controller',
    'Controller',
    { controllers: seen([]) },
    ['problem controller: there is none: no Deployment has the labels of the chart'],
  ],
  ['controllers that may not be seen', 'Controller', { controllers: HIDDEN }, ['unknown controller: you may not list things']],
  ['registries that may not be seen', 'Registries', { registries: HIDDEN }, ['unknown list: you may not list things']],
  ['no registry', 'Registries', { registries: seen([]), namespace: 'prod' }, ['ok list: 0 in namespace prod']],
  ['nobody enforces', 'Enforcement', {}, []],
  [
    'policies that are switched off',
    'Enforcement',
    { registries: ENFORCING },
    ['problem policies: the admission policies of system/controller are switched off, and 1 registry has enforceServers set'],
  ],
  [
    'a policy that is missing',
    'Enforcement',
    {
      registries: ENFORCING,
      controllers: WITH_POLICIES,
      policies: [policy('enforce', seen(false)), policy('guard', seen(false)), policy('audit', seen(true)), policy('audit', HIDDEN)],
    },
    [
      'problem ValidatingAdmissionPolicy p-enforce: it is missing: nothing is refused',
      'warning ValidatingAdmissionPolicy p-guard: it is missing: anyone who may write ConfigMaps can change what is allowed',
      'ok ValidatingAdmissionPolicy p-audit: it is there',
      'unknown ValidatingAdmissionPolicy p-audit: you may not list things',
    ],
  ],
  [
    'a permission of two',
    'Your permissions',
    {
      namespace: 'prod',
      ownPermissions: [
        {
          purpose: 'asking',
          permissions: [
            { permission: 'get a', isAllowed: seen(false) },
            { permission: 'create b', isAllowed: seen(true) },
          ],
        },
      ],
    },
    ['ok get a: you may create b in namespace prod'],
  ],
  [
    'none of two permissions',
    'Your permissions',
    {
      ownPermissions: [
        {
          purpose: 'asking',
          permissions: [
            { permission: 'get a', isAllowed: seen(false) },
            { permission: 'create b', isAllowed: seen(false) },
          ],
        },
      ],
    },
    ['warning get a: you may not get a, nor create b in all namespaces, which asking takes'],
  ],
])('%s', (_, about, given, findings) => {
  expect(found(about, given)).toEqual(findings);
});

test('two registries of the same name are distinguished by their groups', () => {
  const other = registry();
  const registries = seen([
    registry(),
    { ...other, object: { ...other.object, apiVersion: 'toolhive.stacklok.io/v1alpha1' } },
    registry({ metadata: { name: 'single' } }),
  ]);
  expect(
    diagnose(facts({ registries }))
      .map(({ about }) => about)
      .slice(-3),
  ).toEqual(['Registry prod/team (toolhive.stacklok.dev)', 'Registry prod/team (toolhive.stacklok.io)', 'Registry prod/single']);
});

test('the text has what is not as it should be, each with what to do about it', () => {
  const sections = diagnose(
    facts({ controllers: seen([]), registries: seen([registry({ metadata: { name: 'te\u001bam' }, facts: { pods: HIDDEN } })]) }),
  );
  const style = styleFor(false);
  expect(textOf(sections, { verbose: false, style })).toBe(
    [
      'Controller',
      '  FAIL  controller',
      '        there is none: no Deployment has the labels of the chart',
      '        Remedy: helm install toolhive-registry charts/toolhive-registry --namespace toolhive-system --create-namespace',
      '',
      'Registry prod/te\\x1Bam',
      '  ?     pods',
      '        you may not list things',
      '        Remedy: ask an administrator for permission to list things',
      '',
    ].join('\n'),
  );
  expect(textOf(sections, { verbose: true, style })).toContain('  ok    version: Kubernetes v1.34.1 at https://example.com:6443\n');
  expect(sentenceOf(summaryOf(sections))).toBe('1 problem, 1 unknown; 6 checks.');
  expect(sentenceOf(summaryOf(diagnose(facts())))).toBe('No problem; 10 checks.');
});
