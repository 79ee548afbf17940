import { groups, isObject, kind } from '@toolhive-registry/api';
import { migrate } from './migrate.ts';
import { plain, readYaml } from '../manifest/plain.ts';
import { NOTHING_TO_DO, type Migration, type MigrateOptions, type Note } from './types.ts';

/** Text with manifests, and what people know it by, such as the name of its file. */
export interface ManifestText {
  readonly name: string;
  readonly text: string;
}

/** What several documents become. */
export interface Migrations {
  readonly migrations: readonly Migration[];
  /** Documents that are not MCPRegistries, and texts that cannot be read. Their `path` is file and object. */
  readonly notes: readonly Note[];
}

/** Migrates every MCPRegistry of some texts: YAML or JSON, several documents, `List`s. Never throws. */
export function migrateTexts(texts: readonly ManifestText[], options: MigrateOptions = {}): Migrations {
  const read = texts.map(({ name, text }) => ({ name, parsed: readYaml(text) }));
  const broken = read.flatMap(({ name, parsed }): Note[] =>
    parsed.ok ? [] : [{ level: 'todo', path: name, message: parsed.problem, remedy: parsed.remedy }],
  );
  const documents = read.flatMap(({ name, parsed }) => (parsed.ok ? parsed.value.map((value) => ({ name, value })) : []));
  const { migrations, notes } = migrateAll(documents, options);
  return { migrations, notes: [...broken, ...notes] };
}

/** Migrates every MCPRegistry of some objects, such as those of a cluster. Never throws. */
export function migrateObjects(objects: readonly unknown[], options: MigrateOptions = {}): Migrations {
  return migrateAll(
    objects.map((value) => ({ name: '', value })),
    options,
  );
}

interface Document {
  readonly name: string;
  readonly value: unknown;
}

function migrateAll(documents: readonly Document[], options: MigrateOptions): Migrations {
  const taken = new Set(options.taken);
  const migrations: Migration[] = [];
  const notes: Note[] = [];
  for (const document of documents.flatMap(itemsOf)) {
    if (!isToolhives(document.value)) {
      notes.push(passedOver(document));
      continue;
    }
    const migration = migrate(document.value, { ...options, taken });
    for (const { metadata } of migration.registries) taken.add(`${metadata.namespace ?? 'default'}/${metadata.name}`);
    migrations.push(migration);
  }
  return { migrations, notes };
}

/** The items of a list; `kubectl get` gives one of several objects. A list in a list is not an object of Kubernetes. */
function itemsOf(document: Document): Document[] {
  const { name, value } = document;
  const isList = isObject(value) && (value['kind'] === 'List' || value['kind'] === `${kind}List`);
  return isList && Array.isArray(value['items']) ? value['items'].map((item: unknown) => ({ name, value: item })) : [document];
}

/** Other products have resources of this kind, too. */
function isToolhives(value: unknown): boolean {
  if (!isObject(value) || value['kind'] !== kind) return false;
  const { apiVersion } = value;
  return typeof apiVersion !== 'string' || groups.some((group) => apiVersion.startsWith(`${group}/`)) || !apiVersion.includes('/');
}

function passedOver({ name, value }: Document): Note {
  const { ok, ...copy } = plain(value);
  const document = ok && 'value' in copy && isObject(copy.value) ? copy.value : {};
  const metadata = isObject(document['metadata']) ? document['metadata'] : {};
  const what = [document['kind'], metadata['namespace'], metadata['name']].filter((part) => typeof part === 'string' && part !== '');
  const [objectKind, ...names] = what;
  const object = what.length === 0 ? 'a document' : [objectKind, names.join('/')].join(' ').trim();
  return {
    level: 'dropped',
    path: name === '' ? object : `${name}: ${object}`,
    message: `is not an ${kind} of ToolHive and is skipped; what sources name stays as it is`,
    remedy: NOTHING_TO_DO,
  };
}
