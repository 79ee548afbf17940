import { describe, expect, test } from '@jest/globals';
import { formatIssue, isObject, parseMCPRegistry } from '@toolhive-registry/api';
import { loadAll } from 'js-yaml';
import { migrate, migrateTexts, writeMigrations, type Note } from './index.ts';
import { leavesOf, manifest, manifestsIn, migrationCases, unaccounted } from './testing.ts';

const cases = migrationCases();

/** Values that nobody expects in place of any other. */
const HOSTILE: readonly unknown[] = [null, true, -1, '', 'a\n---\nb', [], [null], { a: { b: 1 } }, '{'.repeat(300)];

describe('hostile input', () => {
  test.each(cases)('nothing in the place of a field of $file throws, or is lost', ({ text }) => {
    for (const document of manifestsIn(text)) {
      const places = leavesOf(document)
        .map(({ segments }) => segments)
        .concat([['spec'], ['metadata'], ['spec', 'sources'], ['spec', 'registries']]);
      for (const place of places)
        for (const value of HOSTILE) judge(replaced(document, place, value), `${place.join('.')} = ${JSON.stringify(value)}`);
    }
  });

  test.each(cases.filter(({ text }) => text.includes('configYAML: |')))('nor in the configuration of $file', ({ text }) => {
    for (const document of manifestsIn(text)) {
      const spec = document['spec'] as { configYAML: string };
      const [config] = loadAll(spec.configYAML);
      for (const { segments } of leavesOf(config)) {
        for (const value of HOSTILE) {
          const configYAML = JSON.stringify(replaced(config, segments, value));
          judge({ ...document, spec: { ...spec, configYAML } }, `${segments.join('.')} = ${JSON.stringify(value)}`);
        }
      }
    }
  });

  function judge(value: unknown, what: string): void {
    const migration = migrate(value);
    expect(typeof writeMigrations({ migrations: [migration], notes: [] })).toBe('string');
    for (const registry of migration.registries) {
      const result = parseMCPRegistry(registry);
      if (!result.ok) throw new Error(`with ${what}: ${result.issues.map(formatIssue).join()}`);
    }
    const lost = unaccounted(value, migration);
    if (lost.length > 0) throw new Error(`with ${what} lost: ${lost.join()}`);
  }

  test.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a text', () => 'kind: MCPRegistry'],
    ['a list', () => [manifest({})]],
    ['a manifest that contains itself', () => Object.assign(manifest({}), { spec: cyclic() })],
    ['a manifest of a million values', () => manifest({ registries: Array.from({ length: 300_000 }, () => null) })],
    ['a deep manifest', () => manifest(deep(5000))],
    ['keys of the prototype', () => manifest(JSON.parse('{"__proto__": {"source": {}}, "constructor": {"a": 1}}'))],
  ])('%s is a note', (_, value) => {
    const { registries, notes } = migrate(value());
    expect(registries).toEqual([]);
    expect(notes.every(({ path, message, remedy }: Note) => typeof path === 'string' && message !== '' && remedy !== '')).toBe(true);
    expect(notes.length).toBeGreaterThan(0);
  });

  test.each([
    ['no YAML', 'a: [', 'is not valid YAML'],
    [
      'aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefghi'.replaceAll(
        /./gu,
        (key) =>
          `${key}: &${key} [${Array(8)
            .fill(`*${String.fromCharCode(key.charCodeAt(0) - 1)}`)
            .join()}]\n`,
      )}`,
      'values once aliases',
    ],
  ])('a file with %s is a note with its name', (_, text, message) => {
    const { migrations, notes } = migrateTexts([{ name: 'old.yaml', text }]);
    expect(migrations).toEqual([]);
    expect(notes).toEqual([expect.objectContaining({ level: 'todo', path: 'old.yaml', message: expect.stringContaining(message) })]);
  });
});

function cyclic(): Record<string, unknown> {
  const spec: Record<string, unknown> = {};
  spec['source'] = spec;
  return spec;
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { source: value };
  return value;
}

/** A copy with another value at a path. */
function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? replaced(item, rest, replacement) : item));
  return isObject(value) ? { ...value, [key]: replaced(value[key], rest, replacement) } : value;
}
