import { describe, expect, test } from '@jest/globals';
import { groups } from '../group.ts';
import { customResourceDefinition } from './definition.ts';
import { createCrdSearch, crdOwner, type CrdOwner } from './owner.ts';

const GROUP = 'toolhive.stacklok.dev';

interface Served {
  /** Versions of the group, with the resources of each. */
  readonly versions?: Readonly<Record<string, readonly { name: string; storageVersionHash?: string }[]>>;
  /** Fields of `spec` in v1alpha1; undefined: the schema is not published. */
  readonly fields?: readonly string[];
}

/** What an API server serves. */
function asked({ versions = {}, fields }: Served): { ask: () => Promise<CrdOwner>; paths: string[] } {
  const paths: string[] = [];
  const answers: Record<string, unknown> = {
    ...(Object.keys(versions).length === 0
      ? {}
      : { [`/apis/${GROUP}`]: { versions: Object.keys(versions).map((version) => ({ version })) } }),
    ...Object.fromEntries(Object.entries(versions).map(([version, resources]) => [`/apis/${GROUP}/${version}`, { resources }])),
    '/openapi/v3': { paths: fields === undefined ? {} : { [`apis/${GROUP}/v1alpha1`]: { serverRelativeURL: '/schema?hash=1' } } },
    '/schema?hash=1': {
      components: {
        schemas: {
          list: { 'x-kubernetes-group-version-kind': [{ kind: 'MCPRegistryList', version: 'v1alpha1' }] },
          registry: {
            'x-kubernetes-group-version-kind': [{ kind: 'MCPRegistry', version: 'v1alpha1' }],
            properties: { spec: { properties: Object.fromEntries((fields ?? []).map((field) => [field, {}])) } },
          },
        },
      },
    },
  };
  const search = createCrdSearch(async (path) => {
    paths.push(path);
    return answers[path];
  });
  return { ask: () => search(GROUP, new AbortController().signal), paths };
}

const mcpregistries = { name: 'mcpregistries' };
const mcpservers = { name: 'mcpservers' };
const foreign = (why: string): CrdOwner => ({ whose: 'foreign', why });

test.each<[what: string, served: Served, owner: CrdOwner]>([
  ['nothing of the group', {}, { whose: 'nobody' }],
  ["ToolHive's other kinds only", { versions: { v1alpha1: [mcpservers], v1beta1: [mcpservers] } }, { whose: 'nobody' }],
  ['ours', { versions: { v1alpha1: [mcpregistries] }, fields: ['displayName', 'source', 'sources', 'service'] }, { whose: 'ours' }],
  [
    "ToolHive's of autumn 2025",
    { versions: { v1alpha1: [mcpregistries] }, fields: ['displayName', 'source', 'syncPolicy', 'filter', 'enforceServers'] },
    foreign('its spec has no field sources, service'),
  ],
  [
    "ToolHive's of spring 2026",
    { versions: { v1alpha1: [mcpregistries] }, fields: ['sources', 'registries', 'databaseConfig'] },
    foreign('its spec has no field source, service'),
  ],
  [
    "ToolHive's, stored as v1beta1",
    { versions: { v1alpha1: [{ ...mcpregistries, storageVersionHash: 'another' }], v1beta1: [mcpregistries] } },
    foreign('its objects are not stored as v1alpha1'),
  ],
  [
    "ToolHive's, without v1alpha1",
    { versions: { v1alpha1: [mcpservers], v1beta1: [mcpregistries] } },
    foreign('it has the version v1beta1 and not v1alpha1'),
  ],
])('the owner of the CRD when the API server serves %s', async (_, served, owner) => {
  expect(await asked(served).ask()).toEqual(owner);
});

test('a schema that is not published yet is an error', async () => {
  await expect(asked({ versions: { v1alpha1: [mcpregistries] } }).ask()).rejects.toThrow('has not published the schema');
});

test('the schema of each group is read once while it does not change', async () => {
  const [ours, theirs] = groups;
  const paths: string[] = [];
  let theirHash = 1;
  const spec = { properties: { source: {}, sources: {}, service: {} } };
  const ask = async (path: string): Promise<unknown> => {
    paths.push(path);
    if (path.startsWith('/apis/')) return { resources: [mcpregistries] };
    if (path === '/openapi/v3') {
      const at = (group: string, hash: number) => ({ [`apis/${group}/v1alpha1`]: { serverRelativeURL: `/schema/${group}?hash=${hash}` } });
      return { paths: { ...at(ours, 1), ...at(theirs, theirHash) } };
    }
    const registry = { 'x-kubernetes-group-version-kind': [{ kind: 'MCPRegistry', version: 'v1alpha1' }], properties: { spec } };
    return { components: { schemas: { registry } } };
  };
  const search = createCrdSearch(ask);
  const read: string[] = [];
  for (const hash of [1, 1, 2]) {
    theirHash = hash;
    paths.length = 0;
    for (const group of groups) await search(group, new AbortController().signal);
    read.push(paths.filter((path) => path.startsWith('/schema')).join(' '));
  }
  expect(read).toEqual([`/schema/${ours}?hash=1 /schema/${theirs}?hash=1`, '', `/schema/${theirs}?hash=2`]);
});

describe('a CRD by itself', () => {
  /** Versions by name: fields of `spec`, the first version being the one that is stored. */
  const crd = (versions: Readonly<Record<string, readonly string[]>>): object => ({
    spec: {
      versions: Object.entries(versions).map(([name, fields], index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { properties: { spec: { properties: Object.fromEntries(fields.map((field) => [field, {}])) } } } },
      })),
    },
  });
  const OURS = ['source', 'sources', 'service'];

  test.each<[what: string, crd: unknown, owner: CrdOwner]>([
    ['none', undefined, { whose: 'nobody' }],
    ['ours', customResourceDefinition(GROUP), { whose: 'ours' }],
    ['an early one of ours', crd({ v1alpha1: OURS }), { whose: 'ours' }],
    ["ToolHive's of autumn 2025", crd({ v1alpha1: ['source'] }), foreign('its spec has no field sources, service')],
    ["ToolHive's, stored as v1beta1", crd({ v1beta1: ['configYAML'], v1alpha1: OURS }), foreign('its objects are not stored as v1alpha1')],
    ["ToolHive's, without v1alpha1", crd({ v1beta1: ['configYAML'] }), foreign('it has the version v1beta1 and not v1alpha1')],
  ])('%s', (_, given, owner) => {
    expect(crdOwner(given)).toEqual(owner);
  });
});
