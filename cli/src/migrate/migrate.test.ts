import { describe, expect, test } from '@jest/globals';
import { checkBeyondSchema, formatIssue, parseMCPRegistry } from '@toolhive-registry/api';
import { loadAll } from 'js-yaml';
import { migrate, migrateObjects, writeMigrations } from './index.ts';
import { manifest, manifestsIn, migrateConfigured, migrationCases, notesOn, unaccounted } from './testing.ts';

const cases = migrationCases();

describe.each(cases)('$file', ({ text, migrations, expected }) => {
  test('becomes the expected file beside it (node hack/migrate-testdata.ts rewrites it)', () => {
    expect(writeMigrations(migrations)).toBe(expected);
  });

  test('gives manifests that are read here, and in pods', () => {
    for (const registry of migrations.migrations.flatMap((one) => one.registries)) {
      const result = parseMCPRegistry(registry);
      expect(result.ok ? checkBeyondSchema(result.registry).map(formatIssue) : result.issues.map(formatIssue)).toEqual([]);
    }
  });

  test('has every field in a manifest or in a note', () => {
    const lost = manifestsIn(text).flatMap((manifest, index) => {
      const migration = migrations.migrations[index];
      return migration === undefined ? ['a manifest'] : unaccounted(manifest, migration);
    });
    expect(lost).toEqual([]);
  });

  test('is written as YAML that reads as what it was written from', () => {
    const objects = migrations.migrations.flatMap(({ registries, companions }) => [...registries, ...companions]);
    const read = loadAll(writeMigrations(migrations)).filter((document) => document !== null && document !== undefined);
    expect(read).toEqual(objects.map((object) => JSON.parse(JSON.stringify(object)) as unknown));
  });

  test('shows no secret', () => {
    expect(JSON.stringify(migrations) + writeMigrations(migrations)).not.toMatch(/hunter2|ghp_0123/u);
  });
});

test('every kind of fate occurs in the files', () => {
  const notes = cases.flatMap(({ migrations }) => migrations.migrations.flatMap((one) => one.notes));
  expect(new Set(notes.map(({ level }) => level))).toEqual(new Set(['todo', 'changed', 'dropped']));
  expect(new Set(cases.flatMap(({ migrations }) => migrations.migrations.map(({ era }) => era)))).toEqual(
    new Set(['source', 'registries', 'sources', 'configYAML', 'current', undefined]),
  );
});

describe('names', () => {
  const source = { configmap: { name: 'data' } };

  test.each([
    ['company', 'company'],
    ['Company_Catalog', 'company-catalog'],
    ['2nd', 'registry-2nd'],
    ['a.b', 'a-b'],
    ['', 'registry'],
    ['---', 'registry'],
    ['x'.repeat(80), 'x'.repeat(59)],
    [`${'x'.repeat(58)}-y`, 'x'.repeat(58)],
  ])('%j becomes %j', (before, after) => {
    const { registries, notes } = migrate(manifest({ source }, { metadata: { name: before } }));
    expect(registries.map(({ metadata }) => metadata.name)).toEqual([after]);
    expect(notes.some(({ path }) => path === 'metadata.name')).toBe(before !== after);
  });

  test('a registry gets out of the way of a ConfigMap that would be its own', () => {
    const migration = migrate(manifest({ source: { configmap: { name: 'company-config' } } }));
    expect(migration.registries.map(({ metadata }) => metadata.name)).toEqual(['company-registry']);
    expect(notesOn('metadata.name', migration)).toEqual([
      expect.stringContaining('changed: is company-registry, since "company" is taken'),
    ]);
  });

  test('registries of one namespace have different names, those of two may have the same', () => {
    const [first, second, elsewhere] = ['Company', 'company', 'company'].map((name, index) =>
      manifest({ source }, { metadata: { name, namespace: index === 2 ? 'data' : 'tools' } }),
    );
    const names = (objects: unknown[], taken?: ReadonlySet<string>): string[] =>
      migrateObjects(objects, taken === undefined ? {} : { taken }).migrations.flatMap(({ registries }) =>
        registries.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      );
    expect(names([first, second, elsewhere])).toEqual(['tools/company', 'tools/company-registry', 'data/company']);
    expect(names([second], new Set(['tools/company', 'tools/company-registry']))).toEqual(['tools/company-2']);
  });

  test('the only view keeps the name of the object, whatever it is called', () => {
    const configYAML = 'sources: [{name: a, api: {endpoint: "https://a.b"}}]\nregistries: [{name: x, sources: [a]}]';
    expect(migrate(manifest({ configYAML })).registries.map(({ metadata }) => metadata.name)).toEqual(['company']);
  });
});

describe('the group', () => {
  const spec = { source: { configmap: { name: 'data' } } };

  test('is by default the one that works beside ToolHive, and the old registry has to go', () => {
    const migration = migrate(manifest(spec));
    expect(migration.registries[0]?.apiVersion).toBe('toolhive.stacklok.io/v1alpha1');
    expect(migration.notes.find(({ path }) => path === 'apiVersion')?.command).toBe(
      'kubectl delete mcpregistries.toolhive.stacklok.dev company --namespace tools',
    );
    expect(migration.appliesUnchanged).toBe(true);
  });

  test('can be chosen', () => {
    const migration = migrate(manifest(spec), { apiVersion: 'toolhive.stacklok.dev/v1alpha1' });
    expect(migration.registries[0]?.apiVersion).toBe('toolhive.stacklok.dev/v1alpha1');
    expect(migration.notes).toEqual([]);
  });
});

test('of more sources than a registry may have the first are carried over, and each other is named', () => {
  const registries = Array.from({ length: 23 }, (_, index) => ({ name: `r${index}`, api: { endpoint: `https://r${index}.example.com` } }));
  const migration = migrate(manifest({ registries }));
  expect(migration.registries[0]?.spec.sources?.map(({ name }) => name)).toEqual(registries.slice(0, 20).map(({ name }) => name));
  expect(migration.notes.filter(({ message }) => message.includes('at most 20')).map(({ path }) => path)).toEqual([
    'spec.registries[20]',
    'spec.registries[21]',
    'spec.registries[22]',
  ]);
});

test('a catalog in the configuration that no ConfigMap holds is left out', () => {
  const data = JSON.stringify({ servers: {}, x: 'y'.repeat(1024 * 1024) });
  const migration = migrateConfigured({ file: { data } });
  expect(migration.registries).toEqual([]);
  expect(notesOn('spec.configYAML.sources[0].file.data', migration)).toEqual([expect.stringContaining('larger than the 1 MiB')]);
});
