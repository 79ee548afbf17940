import type { Fields } from './pod-template.ts';

/**
 * Lists of a pod template whose items are told apart by a key, as the API's own strategic merge does it (`x-kubernetes-list-map-keys`
 * and `patchMergeKey` in the OpenAPI document). All other lists are one value.
 */
const LIST_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
};

/** Fields of which an object may have one: what a probe does, where a variable's value comes from. Naming one drops ours of another kind. */
const ONE_OF: readonly (readonly string[])[] = [
  ['exec', 'httpGet', 'tcpSocket', 'grpc'],
  ['value', 'valueFrom'],
];

/** Merges what the user wrote over what we would write: the user's values win, ours fill what is left out. */
export function mergeTemplate(ours: Fields, users: Fields): Fields {
  const merged: Fields = { ...ours };
  for (const kinds of ONE_OF) {
    if (kinds.some((kind) => kind in users)) for (const kind of kinds) if (!(kind in users)) delete merged[kind];
  }
  for (const [key, value] of Object.entries(users)) merged[key] = mergeValue(key, ours[key], value);
  return merged;
}

function mergeValue(key: string, ours: unknown, users: unknown): unknown {
  const listKey = LIST_KEYS[key];
  // A list with anything else in it goes to the API server as it is, to be refused there.
  if (listKey !== undefined && Array.isArray(ours) && Array.isArray(users) && users.every(isFields))
    return mergeLists(listKey, ours.filter(isFields), users);
  if (isFields(ours) && isFields(users)) return mergeTemplate(ours, users);
  return users;
}

/** The kinds of a volume: naming one replaces any other. */
const KEEP_WITH_VOLUME = new Set(['name']);

function mergeLists(key: string, ours: readonly Fields[], users: readonly Fields[]): Fields[] {
  const used = new Set<Fields>();
  const merged = ours.map((item) => {
    const same = users.find((candidate) => candidate[key] === item[key]);
    if (same === undefined) return item;
    used.add(same);
    const kinds = (fields: Fields): string[] => Object.keys(fields).filter((name) => !KEEP_WITH_VOLUME.has(name));
    // `data` as a claim instead of our emptyDir.
    if (isVolume(item) && kinds(same).length > 0) return same;
    return mergeTemplate(item, same);
  });
  // A key that comes twice is not for us to choose from.
  return [...merged, ...users.filter((item) => !used.has(item))];
}

function isVolume(item: Fields): boolean {
  return 'configMap' in item || 'projected' in item || 'emptyDir' in item;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
