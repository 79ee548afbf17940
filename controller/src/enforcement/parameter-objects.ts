import { annotations, enforcementModes, fieldManager, labels } from '@toolhive-registry/api';
import { CONFIG_MAPS, type ApiClient, type Applier, type Informer, type KubeObject } from '@toolhive-registry/reconciler';
import { MANAGED_BY } from '../registry/render/labels.ts';
import type { ConfigMapObject } from '../registry/render/config-map.ts';
import { PARAMETERS, PARAMETERS_LABEL, parameterKeys } from './names.ts';
import { MAX_PARTS, type ParameterData } from './parameters.ts';
import type { NamespaceRegistry } from './registries.ts';

/** The parameter ConfigMaps of a namespace: all that the policies read, whatever their names. */
export function parametersIn(namespace: string, configMaps: Pick<Informer, 'store'>): ConfigMapObject[] {
  return (configMaps.store.list(namespace) as readonly ConfigMapObject[]).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Candidate names, in the order in which they are used. Twice as many as there can be parts, since new ones are written before old ones are retired. */
const NAMES = Array.from({ length: 2 * MAX_PARTS }, (_, index) => (index === 0 ? PARAMETERS : `${PARAMETERS}-${index + 1}`));

/**
 * Data of a ConfigMap that is no longer needed: nobody enforces. The controller has no permission to delete ConfigMaps; this one is deleted with its owners.
 */
const IDLE: ParameterData = { [parameterKeys.registries]: '', ...Object.fromEntries(enforcementModes.map((mode) => [mode, ''])) };

/** Where they are, and who owns them. */
export interface ParametersPlace {
  readonly namespace: string;
  /** The existing ones. */
  readonly live: readonly ConfigMapObject[];
  readonly owners: readonly NamespaceRegistry[];
}

/** What writing them needs. */
export interface ParameterWriter {
  readonly applier: Pick<Applier, 'applyIfNeeded'>;
  /** Writes only while this process leads, as the applier's client does. */
  readonly client: Pick<ApiClient, 'patch'>;
  readonly installation: string;
}

/** A ConfigMap to be written. */
interface Wanted {
  readonly name: string;
  readonly data: ParameterData;
}

/**
 * Which ConfigMap gets which part, in an order that is safe to write: at every moment each reference is decided by at least one of them. A part stays in the
 * ConfigMap with the same beginning; new ones use names that hold nothing in force, and come first. Then come those whose range grows, then those whose range
 * shrinks, and finally those that are no longer needed and are emptied.
 */
export function planOf(parts: readonly ParameterData[], live: readonly ConfigMapObject[]): Wanted[] {
  const inForce = live.filter(({ metadata, data }) => NAMES.includes(metadata.name) && data?.[parameterKeys.from] !== undefined);
  const holder = new Map(inForce.map(({ metadata, data }) => [data?.[parameterKeys.from] ?? '', metadata.name]));
  const taken = new Set(inForce.map(({ metadata }) => metadata.name));
  const free = NAMES.filter((name) => !taken.has(name));
  const wanted = parts.map((data): Wanted & { readonly order: number } => {
    const known = holder.get(data[parameterKeys.from] ?? '');
    if (known === undefined) return { name: free.shift() ?? '', data, order: 0 };
    const before = inForce.find(({ metadata }) => metadata.name === known)?.data?.[parameterKeys.to] ?? '';
    return { name: known, data, order: reachesFurther(data[parameterKeys.to] ?? '', before) ? 1 : 2 };
  });
  const names = new Set(wanted.map(({ name }) => name));
  const idle = live.flatMap(({ metadata: { name } }) => (names.has(name) ? [] : [{ name, data: IDLE, order: 3 }]));
  return [...wanted, ...idle].toSorted((a, b) => a.order - b.order).map(({ name, data }) => ({ name, data }));
}

/** Whether a part with that end reaches further; the last part has no end. */
function reachesFurther(to: string, before: string): boolean {
  return before !== '' && (to === '' || to > before);
}

/** Writes the parameters into the ConfigMaps of a namespace. They are owned by the enforcing registries, and deleted with the last of them. */
export async function writeParameters(
  parts: readonly ParameterData[],
  { namespace, live, owners }: ParametersPlace,
  writer: ParameterWriter,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map(live.map((object) => [object.metadata.name, object]));
  for (const { name, data } of planOf(parts, live)) {
    const before = known.get(name);
    // Once the last registry is gone, the garbage collector deletes it by its owner references.
    const ownerReferences =
      owners.length === 0 ? (before?.metadata.ownerReferences ?? []) : owners.map(({ object }) => referenceTo(object));
    const object = parameterObject({ namespace, name, ownerReferences }, data, writer.installation);
    const { object: written } = await writer.applier.applyIfNeeded(CONFIG_MAPS, object, before, { signal });
    // Keys that somebody else added would allow more, and an apply leaves them alone because they are not ours.
    const added = Object.keys(written.data ?? {}).filter((key) => !Object.hasOwn(data, key));
    if (added.length === 0) continue;
    const body = { data: Object.fromEntries(added.map((key) => [key, null])) };
    await writer.client.patch(CONFIG_MAPS, { namespace, name }, body, { signal, fieldManager });
  }
}

function parameterObject(
  place: Pick<KubeObject['metadata'], 'namespace' | 'name' | 'ownerReferences'>,
  data: ParameterData,
  installation: string,
): ConfigMapObject {
  const own = {
    [PARAMETERS_LABEL.key]: PARAMETERS_LABEL.value,
    [labels.appName]: 'toolhive-registry',
    [labels.appComponent]: 'enforcement',
    [labels.appManagedBy]: MANAGED_BY,
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...place, labels: own, annotations: { [annotations.installation]: installation } },
    data,
  };
}

/** An owner reference that is not a controller reference: there may be several owners. */
function referenceTo({ apiVersion, kind, metadata }: KubeObject): { apiVersion: string; kind: string; name: string; uid: string } {
  return { apiVersion: apiVersion ?? '', kind: kind ?? '', name: metadata.name, uid: metadata.uid ?? '' };
}
