import { configMapReferences, isObject, parseMCPRegistry } from '@toolhive-registry/api';
import { kind } from '@toolhive-registry/api/group';
import type { KubeObject } from '@toolhive-registry/reconciler/client';
import type { Files } from '../../archive/archive.ts';
import { EXPORTED, type About } from '../../archive/export-file.ts';
import { openCatalog } from '../../catalog-file/open-catalog.ts';
import { withName } from '../../catalog-file/read-catalog.ts';
import { groupOf, type RegistryObject } from '../../cluster/registries.ts';
import { CATALOG_KEY, catalogConfigMap, catalogName, type ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import { readYaml } from '../../manifest/plain.ts';
import { misuse } from '../../program/failure.ts';

/** An archive that was read. */
export interface Archive {
  /** Its path. */
  readonly file: string;
  readonly files: Files;
  readonly about: About;
}

/** What is created. */
export interface Restored {
  readonly registry: RegistryObject;
  readonly configMaps: readonly ConfigMapObject[];
}

/** The objects of an archive. With `fromCatalog` its catalog takes the place of all sources. */
export function restoredObjects({ file, files }: Archive, fromCatalog: boolean, namespace: string | undefined): Restored {
  const text = files.get(EXPORTED.manifest);
  if (text === undefined)
    throw misuse(
      `${file} has no ${EXPORTED.manifest}: it is of a registry without a cluster`,
      'unpack it with --into, or create a registry with add --from-file',
    );
  const objects = objectsIn(file, Buffer.from(text).toString('utf8')).map((object) => inNamespace(object, namespace));
  const [registry, ...others] = objects.filter(isRegistry);
  if (registry === undefined) throw misuse(`${file} has no ${kind} in its ${EXPORTED.manifest}`, 'name another file');
  if (fromCatalog) return fromCatalogOf(file, files, registry);
  const read = configMapsOf(registry);
  const configMaps = objects.filter((object) => object.kind === 'ConfigMap');
  const foreign = [...others, ...objects.filter((object) => !isRegistry(object) && !configMaps.includes(object))];
  const unread = configMaps.filter(({ metadata }) => !read.includes(metadata.name) || metadata.namespace !== registry.metadata.namespace);
  const [extra] = [...foreign, ...unread];
  if (extra !== undefined)
    throw misuse(
      `the ${EXPORTED.manifest} of ${file} has ${extra.kind ?? 'an object'} ${extra.metadata.name}, which no export of registry ${registry.metadata.name} has`,
      'somebody changed the archive: unpack it with tar, review it, and apply the parts that you want with kubectl',
    );
  return { registry, configMaps };
}

function isRegistry(object: KubeObject): object is RegistryObject {
  return object.kind === kind;
}

/** Names of the ConfigMaps that a registry reads; of one that is not valid nobody knows. */
function configMapsOf(registry: RegistryObject): readonly string[] {
  const parsed = parseMCPRegistry(registry, { unknownFields: 'ignore' });
  return parsed.ok ? configMapReferences(parsed.registry).map(({ name }) => name) : [];
}

function objectsIn(file: string, text: string): KubeObject[] {
  const read = readYaml(text);
  if (!read.ok) throw misuse(`${file} is not an export archive: its ${EXPORTED.manifest} ${read.problem}`, 'name another file');
  return read.value.filter(isNamed);
}

function isNamed(value: unknown): value is KubeObject {
  return isObject(value) && isObject(value['metadata']) && typeof value['metadata']['name'] === 'string';
}

function inNamespace<T extends KubeObject>(object: T, namespace: string | undefined): T {
  return namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } };
}

function fromCatalogOf(file: string, files: Files, registry: RegistryObject): Restored {
  const catalog = files.get(EXPORTED.catalog);
  if (catalog === undefined)
    throw misuse(`${file} has no ${EXPORTED.catalog}: the registry served none when it was exported`, 'leave out --from-catalog');
  const { name, namespace } = registry.metadata;
  const named = { name: catalogName(name, undefined), namespace, registry: name, group: groupOf(registry), key: CATALOG_KEY };
  const configMap = catalogConfigMap(named, catalog);
  const { sources: _sources, source: _source, ...spec } = registry.spec;
  // It was filtered when it was served; filters still hold.
  const source = { type: 'configmap' as const, configmap: { name: configMap.metadata.name, key: CATALOG_KEY } };
  return { registry: { ...registry, spec: { ...spec, source } }, configMaps: [configMap] };
}

/** The catalog of an archive has to be one before it takes the place of sources. Throws a failure that says what is wrong with it. */
export async function checkedCatalog({ file }: Archive, catalog: Uint8Array, now: number): Promise<void> {
  const { snapshot, findings } = await withName(`the ${EXPORTED.catalog} of ${file}`, () =>
    openCatalog(catalog, { name: EXPORTED.catalog, now }),
  );
  if (snapshot.header.serverCount > 0 || findings.counts.leftOut === 0) return;
  throw misuse(`no entry in the ${EXPORTED.catalog} of ${file} can be used: ${findings.kept[0]?.message ?? ''}`, 'name another file');
}
