import { annotations, fieldManager, labels } from '@toolhive-registry/api';
import { CONFIG_MAPS, type ApiClient, type Applier, type Informer, type KubeObject } from '@toolhive-registry/reconciler';
import { MANAGED_BY } from '../registry/render/labels.ts';
import type { ConfigMapObject } from '../registry/render/config-map.ts';
import { MODES, PARAMETERS, PARAMETERS_LABEL, parameterKeys } from './names.ts';
import type { ParameterData } from './parameters.ts';
import type { NamespaceRegistry } from './registries.ts';

/** The parameter ConfigMaps of a namespace, the first one first. */
export function parametersIn(namespace: string, configMaps: Pick<Informer, 'store'>): ConfigMapObject[] {
  return (configMaps.store.list(namespace) as readonly ConfigMapObject[])
    .filter(({ metadata }) => placeOf(metadata.name) !== undefined)
    .toSorted((a, b) => (placeOf(a.metadata.name) ?? 0) - (placeOf(b.metadata.name) ?? 0));
}

/** Name of one of them, counted from 0. */
function nameAt(index: number): string {
  return index === 0 ? PARAMETERS : `${PARAMETERS}-${index + 1}`;
}

function placeOf(name: string): number | undefined {
  if (name === PARAMETERS) return 0;
  const number = name.startsWith(`${PARAMETERS}-`) ? Number(name.slice(PARAMETERS.length + 1)) : Number.NaN;
  return Number.isInteger(number) && number >= 2 ? number - 1 : undefined;
}

/** What a ConfigMap says that is not needed any more: nobody enforces. The controller has no right to delete ConfigMaps; this one goes with its owners. */
const IDLE: ParameterData = { [parameterKeys.registries]: '', ...Object.fromEntries(MODES.map((mode) => [mode, ''])) };

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

/**
 * Makes the ConfigMaps of a namespace say this. They are owned by the registries that enforce, and go with the last of them. A ConfigMap that is new is
 * written before the others, and one that is not needed any more after them: at no moment is there a reference about which none decides.
 */
export async function writeParameters(
  shards: readonly ParameterData[],
  { namespace, live, owners }: ParametersPlace,
  { applier, client, installation }: ParameterWriter,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map(live.map((object) => [object.metadata.name, object]));
  const wanted = shards.map((data, index) => ({ name: nameAt(index), data }));
  const idle = live.flatMap(({ metadata: { name } }) => (wanted.some((one) => one.name === name) ? [] : [{ name, data: IDLE }]));
  const [there, missing] = [wanted.filter(({ name }) => known.has(name)), wanted.filter(({ name }) => !known.has(name))];
  for (const { name, data } of [...missing, ...there, ...idle]) {
    const object: KubeObject & { readonly data: ParameterData } = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        namespace,
        labels: {
          [PARAMETERS_LABEL.key]: PARAMETERS_LABEL.value,
          [labels.appName]: 'toolhive-registry',
          [labels.appComponent]: 'enforcement',
          [labels.appManagedBy]: MANAGED_BY,
        },
        annotations: { [annotations.installation]: installation },
        // With the last registry gone the garbage collector knows by its owners that it is not needed any more.
        ownerReferences:
          owners.length === 0
            ? (known.get(name)?.metadata.ownerReferences ?? [])
            : owners.map(({ object: { apiVersion, kind, metadata } }) => ({
                apiVersion,
                kind,
                name: metadata.name,
                uid: metadata.uid ?? '',
              })),
      },
      data,
    };
    // What somebody else has added would allow more, and an apply leaves it alone: it is not ours.
    const added = Object.keys(known.get(name)?.data ?? {}).filter((key) => !Object.hasOwn(data, key));
    if (added.length > 0) {
      const body = { data: Object.fromEntries(added.map((key) => [key, null])) };
      await client.patch(CONFIG_MAPS, { namespace, name }, body, { signal, fieldManager });
    }
    await applier.applyIfNeeded(CONFIG_MAPS, object, known.get(name), { signal });
  }
}
