import { textOf, type Field } from './field.ts';
import { addressOf, gitOf } from './git.ts';
import { carriedMount, claimMount, resolveFile, type Mount, type PodMount } from './mounts.ts';
import { objectNameOf } from './names.ts';
import { timeoutOf } from './schedule.ts';
import { compact, NOTHING_TO_DO, type Companion, type Fields } from './types.ts';

/** What the place of a source's data becomes. */
export interface Location {
  readonly type: 'configmap' | 'git' | 'registry' | 'url' | 'file';
  /** Under the name of the type. */
  readonly block: unknown;
  readonly auth?: Fields;
  readonly timeout?: string;
  /** The ConfigMap that the source names. */
  readonly configMap?: string;
  readonly companion?: Companion;
  readonly podMount?: PodMount;
}

/** What is known around a source. */
export interface Surroundings {
  /** The MCPRegistry it is in. */
  readonly object: { readonly name: string; readonly namespace?: string };
  /** Name of the source in the output. */
  readonly source: string;
  readonly mounts: readonly Mount[];
  /** Of `branch`, `tag` and `commit` the one that counted where several were written, first. */
  readonly refs: readonly ('branch' | 'tag' | 'commit')[];
  /** Called for each mount that a source's file comes from. */
  readonly uses: (mount: Mount, as: MountUse) => void;
}

/** What becomes of a mount: the source names the object itself, or the volume is mounted again. */
export type MountUse = 'named' | 'carried';

/** Maximum size of a ConfigMap in Kubernetes. */
const MAX_CONFIG_MAP_BYTES = 1024 * 1024;

/** Reads one place. Undefined, with a note, if it has no counterpart. */
type Reader = (block: Field, around: Surroundings) => Location | undefined;

/** Every word for a place, of all eras and ours. */
export const LOCATIONS: Readonly<Record<string, Reader>> = {
  configMapRef: configMapOf,
  configmap: configMapOf,
  git: gitOf,
  api: registryOf,
  registry: registryOf,
  url: urlOf,
  file: fileOf,
  pvcRef: claimOf,
};

function configMapOf(block: Field, { object }: Surroundings): Location | undefined {
  const name = textOf(block.get('name'));
  if (name === undefined) return undefined;
  const key = textOf(block.get('key'));
  block.get('optional')?.note('dropped', 'every ConfigMap of a source may be missing for a while here', NOTHING_TO_DO);
  const namespace = block.get('namespace');
  const own = object.namespace ?? 'default';
  if (namespace?.value === own) textOf(namespace);
  else {
    namespace?.note('todo', `a pod mounts ConfigMaps of its own namespace only, which is ${own}`, `copy ConfigMap ${name} there`);
  }
  return { type: 'configmap', block: compact({ name, key, namespace: namespace?.value === own ? own : undefined }), configMap: name };
}

function registryOf(block: Field, around: Surroundings): Location | undefined {
  return remoteOf(block, block.get('endpoint'), around, (endpoint) => ({ type: 'registry', block: { endpoint } }));
}

function urlOf(block: Field, around: Surroundings): Location | undefined {
  const address = typeof block.value === 'string' ? block : block.get('endpoint');
  return remoteOf(block, address, around, (url) => ({ type: 'url', block: url }));
}

function remoteOf(block: Field, field: Field | undefined, around: Surroundings, at: (address: string) => Location): Location | undefined {
  const found = addressOf(field, around);
  const timeout = timeoutOf(block.get('timeout'));
  if (found === undefined) return undefined;
  const { address, auth } = found;
  return { ...at(address), ...(auth === undefined ? {} : { auth }), ...(timeout === undefined ? {} : { timeout }) };
}

function claimOf(block: Field): Location | undefined {
  const claim = textOf(block.get('claimName'));
  const path = block.get('path');
  if (claim === undefined) return undefined;
  const carried = claimMount(claim, textOf(path) ?? 'registry.json');
  path?.note('changed', `is ${carried.path} here, below the claim, which podTemplateSpec mounts`, NOTHING_TO_DO);
  return { type: 'file', block: { path: carried.path }, podMount: carried.pod };
}

/** A file of the registry server's own: by its path, its address or its content. */
function fileOf(block: Field, around: Surroundings): Location | undefined {
  const [path, url, data] = [block.get('path'), block.get('url'), block.get('data')];
  if (url !== undefined) return remoteOf(block, url, around, (address) => ({ type: 'url', block: address }));
  block.get('timeout')?.note('dropped', 'has no effect on files', NOTHING_TO_DO);
  if (data !== undefined) return dataOf(data, around);
  if (path === undefined || typeof path.value !== 'string') return undefined;
  return pathOf(path, path.value, around);
}

function dataOf(data: Field, { object, source }: Surroundings): Location | undefined {
  if (typeof data.value !== 'string') return undefined;
  if (Buffer.byteLength(data.value) > MAX_CONFIG_MAP_BYTES) {
    data.note('todo', 'is larger than the 1 MiB that a ConfigMap holds', 'put it into a Git repository or on a web server');
    return undefined;
  }
  const name = objectNameOf(object.name, source, 'catalog');
  data.note('changed', `is ConfigMap ${name}, which is written below`, 'add it to what is applied');
  const { namespace } = object;
  return {
    type: 'configmap',
    block: { name },
    configMap: name,
    companion: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      data: { 'registry.json': data.value },
    },
  };
}

function pathOf(field: Field, path: string, { mounts, uses }: Surroundings): Location | undefined {
  const resolved = resolveFile(path, mounts);
  switch (resolved.kind) {
    case 'ConfigMap':
      uses(resolved.mount, 'named');
      field.note('changed', `is key ${resolved.key} of ConfigMap ${resolved.name}, which the source names itself`, NOTHING_TO_DO);
      return { type: 'configmap', block: { name: resolved.name, key: resolved.key }, configMap: resolved.name };
    case 'Secret':
    case 'volume': {
      uses(resolved.mount, 'carried');
      const carried = carriedMount(path, resolved.mount);
      if (carried.path === path) field.take();
      else {
        const why = 'where podTemplateSpec mounts the volume: the old place is a folder of the registry server';
        field.note('changed', `is ${carried.path} here, ${why}`, NOTHING_TO_DO);
      }
      return { type: 'file', block: { path: carried.path }, podMount: carried.pod };
    }
    default:
      field.note(
        'todo',
        `${resolved.why}, so the file is not there in our pods`,
        'mount a volume that has it by podTemplateSpec (docs/sources-configmap-file.md)',
      );
      return !path.startsWith('/') ? undefined : { type: 'file', block: { path } };
  }
}
