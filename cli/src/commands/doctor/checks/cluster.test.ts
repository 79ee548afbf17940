import { expect, test } from '@jest/globals';
import { groups, rootSchema, type CrdOwner, type RegistryGroup } from '@toolhive-registry/api';
import type { CrdFacts } from '../facts.ts';
import { seen, type Seen } from '../finding.ts';
import { facts, HIDDEN, shown } from '../testing/facts.ts';
import { checkVersion } from './cluster.ts';
import { checkCrds } from './crds.ts';

test.each<[major: string, minor: string, finding: string]>([
  ['1', '29', 'problem version: the API server https://example.com:6443 is Kubernetes v1.29, and 1.30 or later is needed'],
  ['1', '30', 'ok version: Kubernetes v1.30 at https://example.com:6443'],
  ['1', '31+', 'ok version: Kubernetes v1.31+ at https://example.com:6443'],
  ['2', '0', 'ok version: Kubernetes v2.0 at https://example.com:6443'],
])('Kubernetes %s.%s', (major, minor, finding) => {
  expect(shown(checkVersion(facts({ version: seen({ major, minor, gitVersion: `v${major}.${minor}` }) })))).toBe(finding);
});

const [DEV, IO] = groups;
const OURS: Seen<CrdOwner> = seen({ whose: 'ours' });
const NOBODY: Seen<CrdOwner> = seen({ whose: 'nobody' });
const FOREIGN: Seen<CrdOwner> = seen({ whose: 'foreign', why: 'its spec has no field service' });

function crd(group: RegistryGroup, owner: Seen<CrdOwner>, schema: unknown = rootSchema(group)): CrdFacts {
  return { group, owner, schema };
}

/** Ours as an earlier version had it, without this field of the spec. */
function without(field: string): unknown {
  const schema = rootSchema(DEV);
  const spec = schema.properties?.['spec'];
  const properties = Object.fromEntries(Object.entries(spec?.properties ?? {}).filter(([name]) => name !== field));
  return { ...schema, properties: { ...schema.properties, spec: { ...spec, properties } } };
}

function withMore(): unknown {
  const schema = rootSchema(DEV);
  const spec = schema.properties?.['spec'];
  return {
    ...schema,
    properties: { ...schema.properties, spec: { ...spec, properties: { ...spec?.properties, novelty: { type: 'string' } } } },
  };
}

const IS_OURS = `ok mcpregistries.${IO}: the CRD is as this program knows it`;

test.each<[what: string, crds: CrdFacts[], isReleased: boolean, findings: string[]]>([
  ['both are ours', [crd(DEV, OURS), crd(IO, OURS)], true, [`ok mcpregistries.${DEV}: the CRD is as this program knows it`, IS_OURS]],
  [
    'none is there',
    [crd(DEV, NOBODY), crd(IO, NOBODY)],
    false,
    [`problem mcpregistries.${DEV}: the CRD is not installed`, `problem mcpregistries.${IO}: the CRD is not installed`],
  ],
  ['one is there', [crd(DEV, NOBODY), crd(IO, OURS)], false, [`warning mcpregistries.${DEV}: the CRD is not installed`, IS_OURS]],
  [
    "the first is ToolHive's",
    [crd(DEV, FOREIGN), crd(IO, OURS)],
    true,
    [
      expect.stringMatching(/^warning .*ToolHive's .*no field service.* MCPRegistries of toolhive\.stacklok\.io work here$/) as never,
      IS_OURS,
    ],
  ],
  [
    "the only one is ToolHive's",
    [crd(DEV, FOREIGN), crd(IO, NOBODY)],
    false,
    [expect.stringMatching(/^problem .*ToolHive's/) as never, `problem mcpregistries.${IO}: the CRD is not installed`],
  ],
  [
    'one may not be looked at',
    [crd(DEV, HIDDEN), crd(IO, OURS)],
    false,
    [`unknown mcpregistries.${DEV}: you may not list things`, IS_OURS],
  ],
  [
    'one is older than this program',
    [crd(DEV, OURS, without('enforceServers')), crd(IO, OURS)],
    false,
    [
      `warning mcpregistries.${DEV}: the CRD is older than this program: it lacks spec.enforceServers; what manifests set there is dropped`,
      IS_OURS,
    ],
  ],
  [
    'one was forgotten in an upgrade',
    [crd(DEV, OURS, without('enforceServers')), crd(IO, OURS)],
    true,
    [
      `problem mcpregistries.${DEV}: the CRD is older than the controller: it lacks spec.enforceServers; what manifests set there is dropped`,
      IS_OURS,
    ],
  ],
  [
    'one is newer',
    [crd(DEV, OURS, withMore()), crd(IO, OURS)],
    false,
    [`ok mcpregistries.${DEV}: the CRD is newer than this program: it also has spec.novelty`, IS_OURS],
  ],
])('CRDs: %s', (_, crds, isReleased, findings) => {
  expect(checkCrds(crds, isReleased).map(shown)).toEqual(findings);
});

test.each([
  [[crd(DEV, FOREIGN), crd(IO, OURS)], 'write apiVersion: toolhive.stacklok.io/v1alpha1 in manifests'],
  [
    [crd(DEV, FOREIGN), crd(IO, NOBODY)],
    'install mcpregistries.toolhive.stacklok.io beside it: kubectl apply --server-side -f crds/toolhive.stacklok.io_',
  ],
  [[crd(DEV, OURS, without('replicas')), crd(IO, OURS)], 'kubectl apply --server-side -f crds/toolhive.stacklok.dev_mcpregistries.yaml'],
])('what to do about the first of %#', (crds, remedy) => {
  expect(checkCrds(crds, true)[0]?.remedy).toContain(remedy);
});
