import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { formatPath, isObject, type MCPRegistryInput } from '@toolhive-registry/api';
import { loadAll } from 'js-yaml';
import { migrate, migrateTexts, writeMigrations, type Migration, type Migrations, type Note } from './index.ts';

const TESTDATA = new URL('testdata/', import.meta.url);

/** For tests: a file with manifests of ToolHive, and what is beside it as that which they become. */
export interface MigrationCase {
  readonly file: string;
  readonly text: string;
  readonly migrations: Migrations;
  /** Empty where nobody has written it yet. */
  readonly expected: string;
}

/** For tests: every file of testdata. */
export function migrationCases(): MigrationCase[] {
  const files = globSync('*.yaml', { cwd: TESTDATA }).filter((file) => !file.endsWith('.expected.yaml'));
  return files.sort().map((file) => {
    const text = readFileSync(new URL(file, TESTDATA), 'utf8');
    const [expected] = globSync(expectedName(file), { cwd: TESTDATA });
    return {
      file,
      text,
      migrations: migrateTexts([{ name: file, text }]),
      expected: expected === undefined ? '' : readFileSync(new URL(expected, TESTDATA), 'utf8'),
    };
  });
}

/** Writes what the files of testdata become: `node hack/migrate-testdata.ts`. */
export function writeExpected(): void {
  for (const { file, migrations } of migrationCases()) writeFileSync(new URL(expectedName(file), TESTDATA), writeMigrations(migrations));
}

function expectedName(file: string): string {
  return file.replace(/\.yaml$/u, '.expected.yaml');
}

/** A value with nothing in it, and where it is. */
export interface Leaf {
  readonly segments: readonly (string | number)[];
  readonly value: unknown;
}

/** For tests: every value of a document that holds no other. */
export function leavesOf(value: unknown, segments: readonly (string | number)[] = []): Leaf[] {
  const members: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return members.length === 0 ? [{ segments, value }] : members.flatMap(([key, member]) => leavesOf(member, [...segments, key]));
}

/** For tests: the manifests of MCPRegistries in a text, those of other products left out. */
export function manifestsIn(text: string): Record<string, unknown>[] {
  return loadAll(text)
    .flatMap((document) => (isObject(document) && Array.isArray(document['items']) ? (document['items'] as unknown[]) : [document]))
    .filter((document) => isObject(document) && document['kind'] === 'MCPRegistry' && !String(document['apiVersion']).startsWith('mcp.'))
    .filter(isObject);
}

/**
 * For tests: paths of values of a manifest that are neither in what it became nor in a note. It knows nothing of how the manifest was migrated: a value
 * is carried over when the output has it anywhere, and noted when a note is about it or about something around it.
 */
export function unaccounted(manifest: unknown, { registries, companions, notes }: Migration): string[] {
  // Who wants to know why there is no manifest finds it in the notes.
  if (registries.length === 0) return notes.some(({ level }) => level === 'todo') ? [] : ['the manifest'];
  const output = new Set([...registries, ...companions].flatMap((object) => leavesOf(object).map(({ value }) => JSON.stringify(value))));
  return (
    withConfiguration(manifest)
      // An empty text is none in Go.
      .filter(({ value }) => value !== null && value !== '' && !output.has(JSON.stringify(value)))
      .filter((leaf) => !isNoted(leaf, notes))
      .map(({ segments }) => formatPath(segments))
  );
}

/** Whether one of the notes is about a value: about its path, one around it, or one that it names. */
function isNoted({ segments, value }: Leaf, notes: readonly Note[]): boolean {
  const around = segments.map((_, depth) => formatPath(segments.slice(0, depth + 1)));
  const own = around.at(-1) ?? '';
  // A view names sources, which have notes of their own.
  const source = /registries\[\d+\]\.sources\[\d+\]$/iu.test(own) ? `source ${JSON.stringify(value)}` : undefined;
  return notes.some(({ path, message }) => {
    if (path === own || (source !== undefined && message.includes(source))) return true;
    // Notes on the two around everything are about what they name.
    if (['metadata', 'spec'].includes(path)) return message.includes('not recognized') || message.includes(String(segments.at(-1)));
    if (around.includes(path)) return true;
    const named = [...message.matchAll(/\(([^()]+)\)/gu)].flatMap(([, list = '']) => list.split(', '));
    return around.some((one) => named.includes(one));
  });
}

/** The leaves of a manifest, those of `configYAML` in place of its text. */
function withConfiguration(manifest: unknown): Leaf[] {
  return leavesOf(manifest).flatMap((leaf) => {
    if (leaf.segments.join('.') !== 'spec.configYAML' || typeof leaf.value !== 'string') return [leaf];
    try {
      const [config] = loadAll(leaf.value);
      return isObject(config) ? leavesOf(config, leaf.segments) : [leaf];
    } catch {
      return [leaf];
    }
  });
}

/** For tests: a manifest around a spec. */
export function manifest(spec: unknown, fields: object = {}): Record<string, unknown> {
  return {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'company', namespace: 'tools' },
    spec,
    ...fields,
  };
}

/** For tests: the notes on a path, as `level: message; remedy`. */
export function notesOn(path: string, { notes }: Migration): string[] {
  return notes.filter((note) => note.path === path).map(({ level, message, remedy }) => `${level}: ${message}; ${remedy}`);
}

/** For tests: `spec` of the only registry. */
export function specOf({ registries }: Migration): MCPRegistryInput['spec'] {
  const [only, ...others] = registries;
  if (only === undefined || others.length > 0) throw new Error(`there are ${registries.length} registries`);
  return only.spec;
}

/** For tests: what a source of `configYAML` becomes, in the only view there is. */
export function migrateConfigured(source: object, spec: object = {}): Migration {
  const configYAML = JSON.stringify({ sources: [{ name: 'a', ...source }], registries: [{ name: 'default', sources: ['a'] }] });
  return migrate(manifest({ configYAML, ...spec }));
}
