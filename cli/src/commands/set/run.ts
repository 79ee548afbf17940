import { defaultSourceName, fileKeys } from '@toolhive-registry/api';
import { isConflict } from '@toolhive-registry/reconciler/client';
import { FIELD_MANAGER } from '../../cluster/annotate.ts';
import { writtenName, type WriteMode } from '../../cluster/objects.ts';
import { connect, explained, type Cluster } from '../../cluster/connect.ts';
import { untilReady } from '../../cluster/ready.ts';
import { findRegistry, groupOf, registryKind, type RegistryObject } from '../../cluster/registries.ts';
import { putConfigMap } from '../../cluster/config-maps.ts';
import { CATALOG_KEY, catalogConfigMap, catalogName, type ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import { cleaned } from '../../manifest/cleaned.ts';
import { checkedCatalog } from '../../manifest/check-file.ts';
import { sourceNamed, withoutSource, withSource } from '../../manifest/changed-sources.ts';
import { registryManifest } from '../../manifest/registry.ts';
import { namesSource, sourceOf } from '../../manifest/source-flags.ts';
import { changedSpec } from '../../manifest/spec-flags.ts';
import type { SpecInput } from '../../manifest/types.ts';
import { mountedFile, untilServed, type MountedFile } from '../../registry/until-served.ts';
import { counted } from '../../output/counted.ts';
import { manifestText } from '../../output/manifests.ts';
import type { Run } from '../../program/command.ts';
import { Failure, misuse } from '../../program/failure.ts';
import { waitTimeoutMs } from '../../terminal/wait.ts';
import type { Flags, flags as flagSpecs, UNSETTABLE } from './command.ts';

/** Changes a registry. */
export const runSet: Run<typeof flagSpecs> = async ({ args: [name = ''], flags }, session) => {
  checkUnset(flags);
  const timeoutMs = waitTimeoutMs(flags.timeout);
  const catalog = flags['from-file'] === undefined ? undefined : await checkedCatalog(flags['from-file'], flags.quiet, session);
  await using cluster = await connect(flags, session.env);
  const object = await findRegistry(cluster, name, flags.group, session.signal);
  const spec = specOf(object, flags);
  const { namespace } = object.metadata;
  const manifest = registryManifest({ name, namespace, group: groupOf(object) }, spec);
  const configMap = catalog === undefined ? undefined : configMapOf(object, flags, catalog);
  if (flags.output !== undefined) {
    const { status: _status, ...written } = object;
    const whole = { ...cleaned(written), ...manifest, metadata: cleaned(written).metadata };
    await session.write(manifestText(flags.output, configMap === undefined ? [whole] : [configMap, whole]));
    if (!flags['dry-run']) return 0;
  }
  const judged = await write(cluster, object, spec, configMap, { dryRun: true, signal: session.signal });
  // The API server adds what is default.
  const changed = judged.metadata.generation !== object.metadata.generation;
  if (!flags['dry-run']) await write(cluster, object, spec, configMap, { dryRun: false, signal: session.signal });
  if (flags.output !== undefined) return 0;
  const what = flags['dry-run'] ? ' (dry run)' : '';
  if (configMap !== undefined) await session.write(`${writtenName(configMap)} configured${what}\n`);
  await session.write(`${writtenName(object)} ${changed ? 'configured' : 'unchanged'}${what}\n`);
  if (!flags.wait || flags['dry-run']) return 0;
  const started = session.now();
  await untilReady(cluster, object, timeoutMs, session, { judgesSync: false });
  const files = configMap === undefined ? [] : [fileOf(object, flags, configMap)];
  const served = await untilServed(cluster, object, files, timeoutMs - (session.now() - started), session);
  if (!flags.quiet) session.say(`registry ${namespace ?? ''}/${name} serves ${counted(served, 'server')}`);
  return 0;
};

/** The catalog as the registry's status names its file. */
function fileOf({ spec }: RegistryObject, { source, key = CATALOG_KEY }: Flags, configMap: ConfigMapObject): MountedFile {
  const [only] = spec.sources ?? [];
  return mountedFile(fileKeys.source(source ?? only?.name ?? defaultSourceName, key), configMap, key);
}

function configMapOf(object: RegistryObject, flags: Flags, catalog: Uint8Array): ConfigMapObject {
  const { name, namespace } = object.metadata;
  const named = { name: catalogName(name, flags.source), namespace, registry: name, group: groupOf(object), key: flags.key ?? CATALOG_KEY };
  return catalogConfigMap(named, catalog);
}

/** Flags that give the fields that can be taken away. */
const GIVEN_BY: Readonly<Record<(typeof UNSETTABLE)[number], readonly (keyof Flags)[]>> = {
  displayName: ['display-name'],
  syncPolicy: ['interval', 'manual', 'max-removed-percent'],
  filter: ['include-name', 'exclude-name', 'include-tag', 'exclude-tag'],
  validation: ['validation'],
  replicas: ['replicas'],
  enforceServers: ['enforcement'],
};

function checkUnset(flags: Flags): void {
  const isGiven = (flag: keyof Flags): boolean => {
    const value = flags[flag];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  };
  for (const field of flags.unset) {
    const flag = GIVEN_BY[field].find(isGiven);
    if (flag !== undefined) throw misuse(`--unset ${field} and --${flag} exclude each other`, 'leave one of them out');
  }
}

function specOf(object: RegistryObject, flags: Flags): SpecInput {
  let { spec } = object;
  for (const field of flags.unset) spec = without(spec, field);
  spec = changedSpec(spec, flags);
  if (namesSource(flags)) {
    const source = sourceOf(flags, catalogName(object.metadata.name, flags.source), sourceNamed(spec, flags.source));
    spec = withSource(spec, flags.source, source);
  } else if (flags.source !== undefined)
    throw misuse(`--source ${flags.source} is given alone`, 'describe the source with --from and --at, or --from-file');
  for (const name of flags['remove-source']) spec = withoutSource(spec, name);
  return spec;
}

function without(spec: SpecInput, field: keyof SpecInput): SpecInput {
  const { [field]: _unset, ...rest } = spec;
  if (field !== 'enforceServers') return rest;
  // It only makes sense with enforceServers.
  const { enforcementMode: _mode, ...free }: SpecInput = rest;
  return free;
}

/** Writes the spec, unless someone else has written the registry meanwhile. */
async function write(
  cluster: Cluster,
  object: RegistryObject,
  spec: SpecInput,
  configMap: ConfigMapObject | undefined,
  mode: WriteMode,
): Promise<RegistryObject> {
  const { name, namespace, resourceVersion } = object.metadata;
  const patch = [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'replace', path: '/spec', value: spec },
  ];
  const written = await cluster.client
    .patch<RegistryObject>(registryKind(groupOf(object)), { name, namespace }, patch, { ...mode, fieldManager: FIELD_MANAGER })
    .catch((error: unknown) => {
      if (isConflict(error) || /the server rejected our request due to an error in our request|testing value/.test(String(error)))
        throw new Failure(`registry ${namespace ?? ''}/${name} was changed by someone else in the meantime`, {
          remedy: 'try again',
          cause: error,
        });
      throw explained(error, cluster.access);
    });
  if (configMap !== undefined) await putConfigMap(cluster, configMap, mode);
  return written;
}
