import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  apiVersion,
  checkBeyondSchema,
  formatIssue,
  kind,
  normalizedSources,
  parseMCPRegistry,
  type MCPRegistry,
} from '@toolhive-registry/api';
import { codeOf, messageOf } from '../errors.ts';
import { folderIdentity, VOLUME_LINK } from '../watch/identity.ts';
import type { WatchTarget } from '../watch/watch.ts';
import { dataOf, ManifestError, nameOf, parseDocuments, type DataByKey, type DataKind } from './documents.ts';

/** The content of `--config`: one registry, and the ConfigMaps and Secrets beside it. */
export interface Manifest {
  readonly registry: MCPRegistry & { readonly metadata: { readonly namespace: string } };
  /** The folder that relative paths of sources start from. */
  readonly directory: string;
  /** ConfigMaps of the file or folder by name; none in a pod, where they are mounted. */
  readonly configMaps: ReadonlyMap<string, DataByKey>;
  /** Secrets likewise. */
  readonly secrets: ReadonlyMap<string, DataByKey>;
  /** Files beside the manifest that may hold what is missing but cannot be read, with the reason. */
  readonly unread: readonly string[];
  /** SHA-256 of the file, hexadecimal, by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Maximum number of files in a folder that are examined. */
const MAX_FILES = 500;
const MANIFEST_FILE = /\.(?:ya?ml|json)$/i;
const DEFAULT_NAMESPACE = 'default';

interface Documents {
  readonly file: string;
  readonly hash: string;
  readonly documents: Record<string, unknown>[];
}

/**
 * Loads the manifest. A file is the registry, and its ConfigMaps may be in it or in the YAML files beside it; in a folder every
 * YAML and JSON file is read. Throws {@link ManifestError}.
 */
export async function loadManifest(config: string): Promise<Manifest> {
  const path = resolve(config);
  const isFolder = await isDirectory(path);
  const directory = isFolder ? path : dirname(path);
  const own = isFolder ? await readFolder(directory) : [await readOne(path)];
  const registry = findRegistry(own, config);
  const wanted = wantedNames(registry);
  const { namespace } = registry.metadata;
  const found = { ConfigMap: collect('ConfigMap', own, namespace, wanted), Secret: collect('Secret', own, namespace, wanted) };
  let unread: readonly string[] = [];
  if (!isFolder && DATA_KINDS.some((kind) => [...wanted[kind]].some((name) => !found[kind].has(name)))) {
    const neighbours = await readNeighbours(path);
    ({ unread } = neighbours);
    for (const kind of DATA_KINDS) {
      for (const [name, data] of collect(kind, neighbours.read, namespace, wanted)) if (!found[kind].has(name)) found[kind].set(name, data);
    }
  }
  return {
    registry,
    directory,
    configMaps: found.ConfigMap,
    secrets: found.Secret,
    unread,
    files: Object.fromEntries(own.map(({ file, hash }) => [basename(file), hash])),
  };
}

/** The manifest and the files beside it that may hold its ConfigMaps, to be watched. Throws {@link ManifestError} when there is nothing. */
export async function manifestTarget(config: string): Promise<WatchTarget> {
  const path = resolve(config);
  const directory = (await isDirectory(path)) ? path : dirname(path);
  const named = RegExp.escape(basename(path));
  const only = new RegExp(`${MANIFEST_FILE.source}|^${named}$|^${RegExp.escape(VOLUME_LINK)}$`, MANIFEST_FILE.flags);
  return { directories: [directory], identity: () => folderIdentity(directory, only) };
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new ManifestError(
      codeOf(cause) === 'ENOENT' ? `--config ${path}: no such file or folder` : `--config ${path}: ${messageOf(cause)}`,
      { cause },
    );
  }
}

async function readOne(file: string): Promise<Documents> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new ManifestError(`${file}: cannot be read: ${messageOf(cause)}`, { cause });
  }
  return { file, hash: createHash('sha256').update(bytes).digest('hex'), documents: parseDocuments(bytes.toString('utf8'), file) };
}

async function manifestFiles(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => MANIFEST_FILE.test(name) && !name.startsWith('.')).sort();
  if (names.length > MAX_FILES)
    throw new ManifestError(`${directory}: has ${names.length} manifest files; at most ${MAX_FILES} are read. Name the file instead`);
  return names.map((name) => join(directory, name));
}

async function readFolder(directory: string): Promise<Documents[]> {
  const files = await manifestFiles(directory);
  const read = await Promise.all(files.map(async (file) => (isJson(file) ? readIfManifest(file) : [await readOne(file)])));
  return read.flat();
}

/** A JSON file beside manifests is as likely a catalog, whole or half written: anything but an object with a kind is ignored. */
async function readIfManifest(file: string): Promise<Documents[]> {
  try {
    const read = await readOne(file);
    return read.documents.some((document) => typeof document['kind'] === 'string') ? [read] : [];
  } catch (error) {
    if (error instanceof ManifestError) return [];
    throw error;
  }
}

function isJson(file: string): boolean {
  return file.toLowerCase().endsWith('.json');
}

/** The files beside the manifest: only usable objects are taken, errors in them are ignored. */
async function readNeighbours(path: string): Promise<{ read: Documents[]; unread: string[] }> {
  const files = (await manifestFiles(dirname(path)).catch(() => [])).filter((file) => file !== path);
  const read = await Promise.allSettled(files.map(readOne));
  return {
    read: read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    // Only manifests count among JSON files; an unfinished catalog is not worth a message.
    unread: read.flatMap((result, index) =>
      result.status === 'rejected' && !isJson(files[index] ?? '') ? [messageOf(result.reason)] : [],
    ),
  };
}

function findRegistry(read: readonly Documents[], config: string): Manifest['registry'] {
  const found = read.flatMap(({ file, documents }) =>
    documents.filter((document) => document['kind'] === kind).map((document) => ({ file, document })),
  );
  const [first, second] = found;
  if (first === undefined) throw new ManifestError(`${config}: holds no ${kind}; add one with apiVersion: ${apiVersion} and kind: ${kind}`);
  if (second !== undefined) {
    throw new ManifestError(
      `${config}: holds ${found.length} objects of kind ${kind}; a server serves only one. Put each into its own file and pass that file with --config`,
    );
  }
  const result = parseMCPRegistry(first.document);
  if (!result.ok) throw new ManifestError(issueText(first.file, result.issues.map(formatIssue)));
  const { registry } = result;
  const named = { ...registry, metadata: { ...registry.metadata, namespace: registry.metadata.namespace ?? DEFAULT_NAMESPACE } };
  const beyond = checkBeyondSchema(named, { on: 'laptop' });
  if (beyond.length > 0) throw new ManifestError(issueText(first.file, beyond.map(formatIssue)));
  return named;
}

function issueText(file: string, issues: readonly string[]): string {
  return `${file}: the MCPRegistry is not valid:\n${issues.map((line) => `  ${line}`).join('\n')}`;
}

const DATA_KINDS = ['ConfigMap', 'Secret'] as const satisfies readonly DataKind[];

/** Names of the objects that sources refer to. */
type WantedNames = Readonly<Record<DataKind, ReadonlySet<string>>>;

/** Other objects are not examined: they may hold anything. Throws {@link ManifestError} for two of one name. */
function collect(kind: DataKind, read: readonly Documents[], namespace: string, wanted: WantedNames): Map<string, DataByKey> {
  const found = new Map<string, DataByKey>();
  const places = new Map<string, string>();
  for (const { file, documents } of read) {
    for (const document of documents) {
      if (document['kind'] !== kind || !wanted[kind].has(nameOf(document))) continue;
      const object = dataOf(document, kind, file);
      if ((object.namespace ?? namespace) !== namespace) continue;
      const before = places.get(object.name);
      if (before !== undefined) {
        const where = before === file ? 'twice' : `in ${before} as well`;
        throw new ManifestError(`${file}: ${kind} "${object.name}" occurs ${where}; remove one of the two`);
      }
      places.set(object.name, file);
      found.set(object.name, object.data);
    }
  }
  return found;
}

function wantedNames(registry: MCPRegistry): WantedNames {
  const sources = normalizedSources(registry);
  return {
    ConfigMap: new Set(
      sources.flatMap((source) => [
        ...(source.type === 'configmap' ? [source.configmap.name] : []),
        ...(source.tls?.caConfigMapRef === undefined ? [] : [source.tls.caConfigMapRef.name]),
      ]),
    ),
    Secret: new Set(sources.flatMap(({ auth, tls }) => [auth?.secretRef.name ?? [], tls?.caSecretRef?.name ?? []].flat())),
  };
}
