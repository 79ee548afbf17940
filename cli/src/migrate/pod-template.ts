import { containerName, isObject } from '@toolhive-registry/api';
import type { Field } from './field.ts';
import { freeVolumeName, isReservedPath, type PodMount } from './mounts.ts';
import { compact, NOTHING_TO_DO, type Fields } from './types.ts';

/** Environment of ToolHive's registry server, which means nothing to ours. */
const TOOLHIVES_ENV = /^(?:THV_|PG[A-Z]+$)/u;
/** Its log level; ours has the same words. */
const LOG_LEVEL = /^THV_(?:REGISTRY_)?LOG_LEVEL$/u;

/** Fields of the registry server's container that are about ToolHive's program. */
const PROGRAM = ['image', 'command', 'args'] as const;

/**
 * Reads a pod template: as it is, except for what is about ToolHive's program, and for mounts and volumes that would take the place of those that our pods
 * have (docs/operations.md, "Volumes of the pods"). Undefined: there is none, or nothing is left of it.
 */
export function podTemplateOf(template: Field | undefined): Fields | undefined {
  if (template === undefined || !isObject(template.value)) return undefined;
  const spec = template.get('spec');
  const kept = compact({ ...rest(template, ['spec']), spec: spec === undefined ? undefined : podSpecOf(spec) });
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** The template with volumes mounted in the registry server's container; what is there already stays. */
export function withMounts(template: Fields | undefined, pods: readonly PodMount[]): Fields | undefined {
  if (pods.length === 0) return template;
  const spec = fieldsAt(template, 'spec');
  const containers = listAt(spec, 'containers');
  const server = containers.find(({ name }) => name === containerName) ?? { name: containerName };
  const mounted = {
    ...server,
    volumeMounts: added(
      listAt(server, 'volumeMounts'),
      pods.map(({ mount }) => mount),
      'mountPath',
    ),
  };
  const others = containers.filter(({ name }) => name !== containerName);
  return {
    ...template,
    spec: {
      ...spec,
      containers: [mounted, ...others],
      volumes: added(
        listAt(spec, 'volumes'),
        pods.map(({ volume }) => volume),
        'name',
      ),
    },
  };
}

function podSpecOf(spec: Field): Fields | undefined {
  if (!isObject(spec.value)) return undefined;
  const init = spec.get('initContainers');
  init?.note('todo', 'are carried over', 'remove those that wait for a database or prepare files for it');
  const initContainers = init?.items().map(renamedMounts).filter(isObject);
  const read = spec.get('containers')?.items().map(containerOf);
  const containers = read?.filter((container) => Object.keys(container).length > 1);
  const mounted = new Set(
    [...(read ?? []), ...(initContainers ?? [])].flatMap((one) => listAt(one, 'volumeMounts').map(({ name }) => name)),
  );
  const unmounted = new Set(mountsTaken(spec).filter((name) => !mounted.has(freeVolumeName(name))));
  const volumes = spec
    .get('volumes')
    ?.items()
    .flatMap((volume) => volumeOf(volume, unmounted));
  const kept = compact({
    ...rest(spec, ['containers', 'initContainers', 'volumes']),
    initContainers,
    containers: containers === undefined || containers.length === 0 ? undefined : containers,
    volumes: volumes === undefined || volumes.length === 0 ? undefined : volumes,
  });
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** Volumes that the registry server's container had at places that are its own here. */
function mountsTaken(spec: Field): string[] {
  const server = spec.get('containers')?.items().find(isServer);
  return objectsIn(server?.get('volumeMounts')?.value).flatMap(({ name, mountPath }) =>
    typeof name === 'string' && typeof mountPath === 'string' && isReservedPath(mountPath) ? [name] : [],
  );
}

function isServer(container: Field): boolean {
  return container.get('name')?.value === containerName;
}

function containerOf(container: Field): Fields {
  if (!isObject(container.value)) return {};
  if (!isServer(container)) return renamedMounts(container);
  for (const key of PROGRAM) {
    container.get(key)?.note('dropped', "is about ToolHive's registry server; the controller sets that of ours", NOTHING_TO_DO);
  }
  const env = container.get('env')?.items().flatMap(variableOf);
  const mounts = container.get('volumeMounts')?.items().flatMap(mountOf);
  return compact({
    ...rest(container, [...PROGRAM, 'env', 'volumeMounts']),
    env: env === undefined || env.length === 0 ? undefined : env,
    volumeMounts: mounts === undefined || mounts.length === 0 ? undefined : mounts,
  });
}

function variableOf(variable: Field): unknown[] {
  const name = variable.get('name')?.value;
  if (typeof name === 'string' && LOG_LEVEL.test(name)) {
    variable.get('name')?.note('changed', 'is LOG_LEVEL here', NOTHING_TO_DO);
    return [{ name: 'LOG_LEVEL', ...rest(variable, ['name']) }];
  }
  if (typeof name === 'string' && TOOLHIVES_ENV.test(name)) {
    variable.note('dropped', `${name} is read by ToolHive's registry server only`, NOTHING_TO_DO);
    return [];
  }
  return [variable.take()];
}

function mountOf(mount: Field): unknown[] {
  const path = mount.get('mountPath')?.value;
  if (typeof path === 'string' && isReservedPath(path)) {
    mount.note(
      'changed',
      `${path} is a folder of the registry server's own here, so nothing is mounted there`,
      'volumes with catalogs are mounted elsewhere; mount anything else at another path',
    );
    return [];
  }
  return [renamedMount(mount)];
}

/** A volume under a name that our pods do not have; none where its mounts were left out. */
function volumeOf(volume: Field, unmounted: ReadonlySet<string>): unknown[] {
  const name = volume.get('name')?.value;
  if (typeof name !== 'string') return [volume.take()];
  if (unmounted.has(name)) {
    volume.note('changed', `volume ${name} is mounted nowhere else`, NOTHING_TO_DO);
    return [];
  }
  const free = freeVolumeName(name);
  if (free === name) return [volume.take()];
  volume.get('name')?.note('changed', `is ${free} here: a volume of our pods has that name`, NOTHING_TO_DO);
  return [{ name: free, ...rest(volume, ['name']) }];
}

/** A container of the user's own, whose mounts follow the volumes that are renamed. */
function renamedMounts(container: Field): Fields {
  container.take();
  const fields = isObject(container.value) ? container.value : {};
  const mounts = container.get('volumeMounts');
  if (mounts === undefined || !Array.isArray(mounts.value)) return fields;
  return { ...fields, volumeMounts: mounts.items().map(renamedMount) };
}

/** A mount under the name that its volume has here. */
function renamedMount(mount: Field): unknown {
  const name = mount.get('name');
  const value = mount.take();
  const free = typeof name?.value === 'string' ? freeVolumeName(name.value) : undefined;
  if (free === undefined || free === name?.value || !isObject(value)) return value;
  name?.note('changed', `is ${free} here, as the volume`, NOTHING_TO_DO);
  return { ...value, name: free };
}

/** All members but some, as they are. */
function rest(field: Field, without: readonly string[]): Fields {
  return Object.fromEntries(
    field
      .members()
      .filter(([key]) => !without.includes(key))
      .map(([key, member]) => [key, member.take()]),
  );
}

function added(list: readonly Fields[], more: readonly Fields[], key: string): Fields[] {
  return more.reduce<Fields[]>((all, one) => (all.some((other) => other[key] === one[key]) ? all : [...all, one]), [...list]);
}

function fieldsAt(fields: Fields | undefined, key: string): Fields {
  const value = fields?.[key];
  return isObject(value) ? value : {};
}

function listAt(fields: Fields, key: string): Fields[] {
  return objectsIn(fields[key]);
}

function objectsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
