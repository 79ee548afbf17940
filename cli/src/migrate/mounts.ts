import { posix } from 'node:path';
import { isObject, paths } from '@toolhive-registry/api';
import type { Field } from './field.ts';
import { volumeName } from './names.ts';
import type { Fields } from './types.ts';

/** A folder or file of the registry server's container, and the volume that it is from. */
export interface Mount {
  readonly field: Field;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly volume: Field;
  /** Where it was written: in `spec.volumeMounts`, or in the pod template. */
  readonly of: 'spec' | 'podTemplateSpec';
}

/** What a file is by the object that it comes from. */
export type Resolved =
  | { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string; readonly key: string; readonly mount: Mount }
  | { readonly kind: 'volume'; readonly mount: Mount }
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads `volumeMounts` and `volumes`; a mount whose volume is not there is left out. */
export function mountsOf(volumeMounts: Field | undefined, volumes: Field | undefined, of: Mount['of']): Mount[] {
  const byName = new Map((volumes?.items() ?? []).map((volume) => [textAt(volume, 'name'), volume] as const));
  return (volumeMounts?.items() ?? []).flatMap((field) => {
    const mountPath = textAt(field, 'mountPath');
    const volume = byName.get(textAt(field, 'name') ?? '');
    if (mountPath === undefined || volume === undefined) return [];
    const subPath = textAt(field, 'subPath');
    return [{ field, mountPath: posix.normalize(mountPath), volume, of, ...(subPath === undefined ? {} : { subPath }) }];
  });
}

/** Finds the object that a file of the container comes from: by the mount whose path is the longest that leads to it. */
export function resolveFile(path: string, mounts: readonly Mount[]): Resolved {
  if (!path.startsWith('/')) return { kind: 'unknown', why: "is relative to a folder of ToolHive's image" };
  const wanted = posix.normalize(path);
  const mount = mounts
    .filter(({ mountPath }) => isBelow(wanted, mountPath))
    .reduce<Mount | undefined>(
      (best, one) => (best !== undefined && best.mountPath.length >= one.mountPath.length ? best : one),
      undefined,
    );
  if (mount === undefined) return { kind: 'unknown', why: 'is not below any volume mount' };
  const inside = posix.join('/', mount.subPath ?? '', posix.relative(mount.mountPath, wanted)).slice(1);
  const resolved = keyAt(inside, mount);
  if (resolved !== undefined) return resolved;
  const holder = mount.volume.get('configMap') ?? mount.volume.get('secret');
  return holder === undefined
    ? { kind: 'volume', mount }
    : { kind: 'unknown', why: `is not a file of the volume ${textAt(mount.volume, 'name')}` };
}

/** Whether a path is a folder or lies in it. */
export function isBelow(path: string, folder: string): boolean {
  const stem = folder.replace(/\/+$/u, '');
  return path === stem || path.startsWith(`${stem}/`);
}

/** The key of a ConfigMap or Secret that has this path in the volume. Undefined: the volume holds other things. */
function keyAt(inside: string, mount: Mount): Resolved | undefined {
  const { volume } = mount;
  const projected = volume.get('projected')?.get('sources')?.items() ?? [];
  const found = [volume, ...projected].flatMap((holder) => [
    ...keysIn('ConfigMap', holder.get('configMap'), 'name', inside),
    ...keysIn('Secret', holder.get('secret'), holder === volume ? 'secretName' : 'name', inside),
  ]);
  // A path that an object names is its own; one that has no list of paths may have it.
  const [first] = [...found.filter(({ named }) => named), ...found];
  return first === undefined ? undefined : { kind: first.kind, name: first.name, key: first.key, mount };
}

/** The key of one object of a volume that has a path, and whether the volume says so. */
function keysIn(
  kind: 'ConfigMap' | 'Secret',
  object: Field | undefined,
  nameKey: string,
  inside: string,
): { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string; readonly key: string; readonly named: boolean }[] {
  const name = object === undefined ? undefined : textAt(object, nameKey);
  const items = object?.get('items')?.items() ?? [];
  const item = items.find((one) => posix.normalize(textAt(one, 'path') ?? '') === inside);
  const key = items.length === 0 ? inside : item === undefined ? undefined : textAt(item, 'key');
  if (name === undefined || key === undefined || key === '' || key.includes('/')) return [];
  return [{ kind, name, key, named: items.length > 0 }];
}

/** Volume and mount that a pod template gets. */
export interface PodMount {
  readonly volume: Fields;
  readonly mount: Fields;
}

/** Folders of the registry server that are volumes already; nothing can be mounted in them. */
const RESERVED_FOLDERS = [paths.configDir, paths.sources, paths.secrets, paths.deployedDir, paths.data, paths.temp];
/** Volumes of the registry's pod: one of the same name would take their place. */
const RESERVED_VOLUMES: readonly string[] = ['config', 'sources', 'deployed', 'data', 'secrets', 'tmp'];
/** Where volumes with catalogs go whose old place is taken. */
const CATALOGS = '/catalogs';

/** Whether the registry server has a folder of its own there. */
export function isReservedPath(path: string): boolean {
  const normal = posix.normalize(path);
  return RESERVED_FOLDERS.some((folder) => isBelow(normal, folder) || isBelow(folder, normal));
}

/** A volume's name in our pod. */
export function freeVolumeName(name: string): string {
  return RESERVED_VOLUMES.includes(name) ? volumeName('toolhive', name) : name;
}

/** A mount as the pod template has it, at its old place or at one that is free; `path` is where the file is then. */
export function carriedMount(file: string, mount: Mount): { readonly path: string; readonly pod: PodMount } {
  const name = freeVolumeName(textAt(mount.volume, 'name') ?? '');
  const isFree = !isReservedPath(mount.mountPath);
  const isFile = posix.normalize(file) === mount.mountPath;
  const folder = isFree ? mount.mountPath : posix.join(CATALOGS, name, ...(isFile ? [posix.basename(file)] : []));
  const volume = isObject(mount.volume.value) ? mount.volume.value : {};
  return {
    path: posix.join(folder, posix.relative(mount.mountPath, posix.normalize(file))),
    pod: {
      volume: { ...volume, name },
      mount: { name, mountPath: folder, ...(mount.subPath === undefined ? {} : { subPath: mount.subPath }), readOnly: true },
    },
  };
}

/** A claim as a volume of the pod; `path` is where the file is then. */
export function claimMount(claimName: string, file: string): { readonly path: string; readonly pod: PodMount } {
  const name = volumeName('claim', claimName);
  const mountPath = posix.join(CATALOGS, volumeName(claimName));
  return {
    path: posix.join(mountPath, file),
    pod: { volume: { name, persistentVolumeClaim: { claimName } }, mount: { name, mountPath, readOnly: true } },
  };
}

function textAt(field: Field, key: string): string | undefined {
  const value = field.get(key)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
