import { annotations, enforcementModes, fieldManager, labels } from '@toolhive-registry/api';
import { CONFIG_MAPS, type ApiClient, type Applier, type Informer, type KubeObject } from '@toolhive-registry/reconciler';
import { MANAGED_BY } from '../registry/render/labels.ts';
import type { ConfigMapObject } from '../registry/render/config-map.ts';
import { PARAMETERS, PARAMETERS_LABEL, parameterKeys } from './names.ts';
import { MAX_PARTS, type ParameterData } from './parameters.ts';
import type { NamespaceRegistry } from './registries.ts';

/** The parameter ConfigMaps of a namespace: all that the policies read, whatever they are called. */
export function parametersIn(namespace: string, configMaps: Pick<Informer, 'store'>): ConfigMapObject[] {
  return (configMaps.store.list(namespace) as readonly ConfigMapObject[]).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Names of them, in the order in which they are used. Twice as many as there are parts: new ones are there before old ones are given up. */
const NAMES = Array.from({ length: 2 * MAX_PARTS }, (_, index) => (index === 0 ? PARAMETERS : `${PARAMETERS}-${index + 1}`));

/** What a ConfigMap says that is not needed any more: nobody enforces. The controller has no right to delete ConfigMaps; this one goes with its owners. */
const IDLE: ParameterData = { [parameterKeys.registries]: '', ...Object.fromEntries(enforcementModes.map((mode) => [mode, ''])) };

/** Where they are, and whose. */
export interface ParametersPlace {
  readonly namespace: string;
  /** Those that are there. */
  readonly live: readonly ConfigMapObject[];
  readonly owners: readonly NamespaceRegistry[];
}

/** What writing them needs. */
export interface ParameterWriter {
  readonly applier: Pick<Applier, 'applyIfNeeded'>;
  /** Writes only while this process leads, as that of the applier does. */
  readonly client: Pick<ApiClient, 'patch'>;
  readonly installation: string;
}

/** A ConfigMap that is to be written. */
interface Wanted {
  readonly name: string;
  readonly data: ParameterData;
}

/**
 * Which ConfigMap says what, in the order in which they may be written: at no moment is there a reference that none of them decides about. A part stays where one with the
 * same beginning is; new ones go where nothing is in force, and come first. Then those that reach further than before, then those that reach less far, and in
 * the end what is not needed any more says nothing.
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

/** Whether a part that ends there is longer; the last one has no end. */
function reachesFurther(to: string, before: string): boolean {
  return before !== '' && (to === '' || to > before);
}

/** Makes the ConfigMaps of a namespace say this. They are owned by the registries that enforce, and go with the last of them. */
export async function writeParameters(
  parts: readonly ParameterData[],
  { namespace, live, owners }: ParametersPlace,
  writer: ParameterWriter,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map(live.map((object) => [object.metadata.name, object]));
  for (const { name, data } of planOf(parts, live)) {
    const before = known.get(name);
    // With the last registry gone the garbage collector knows by its owners that it is not needed any more.
    const ownerReferences =
      owners.length === 0 ? (before?.metadata.ownerReferences ?? []) : owners.map(({ object }) => referenceTo(object));
    const object = parameterObject({ namespace, name, ownerReferences }, data, writer.installation);
    const { object: written } = await writer.applier.applyIfNeeded(CONFIG_MAPS, object, before, { signal });
    // What somebody else has added would allow more, and an apply leaves it alone: it is not ours.
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

/** Of several owners none controls it. */
function referenceTo({ apiVersion, kind, metadata }: KubeObject): { apiVersion: string; kind: string; name: string; uid: string } {
  return { apiVersion: apiVersion ?? '', kind: kind ?? '', name: metadata.name, uid: metadata.uid ?? '' };
}
