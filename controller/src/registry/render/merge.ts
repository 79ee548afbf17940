import type { Fields } from './pod-template.ts';

/** Key fields of a list's items, with the default of each. */
type ListKeys = Readonly<Record<string, string | undefined>>;

const BY_NAME: ListKeys = { name: undefined };

/**
 * Lists of a pod template whose items are merged by key, as the API server does in an apply (`x-kubernetes-list-map-keys` in the OpenAPI document): 8080/UDP is
 * another port than 8080/TCP. All other lists are replaced as a whole.
 */
const LIST_KEYS: Readonly<Record<string, ListKeys>> = {
  containers: BY_NAME,
  initContainers: BY_NAME,
  ephemeralContainers: BY_NAME,
  volumes: BY_NAME,
  imagePullSecrets: BY_NAME,
  env: BY_NAME,
  ports: { containerPort: undefined, protocol: 'TCP' },
  volumeMounts: { mountPath: undefined },
  volumeDevices: { devicePath: undefined },
  hostAliases: { ip: undefined },
  topologySpreadConstraints: { topologyKey: undefined, whenUnsatisfiable: undefined },
};

/** Fields that exclude each other: the action of a probe, the source of a variable's value. Setting one drops ours of another kind. */
const ONE_OF: readonly (readonly string[])[] = [
  ['exec', 'httpGet', 'tcpSocket', 'grpc'],
  ['value', 'valueFrom'],
];

/** Merges the user's template over ours: the user's values win, ours fill the gaps. */
export function mergeTemplate(ours: Fields, users: Fields): Fields {
  const merged: Fields = { ...ours };
  for (const kinds of ONE_OF) {
    if (kinds.some((kind) => kind in users)) for (const kind of kinds) if (!(kind in users)) delete merged[kind];
  }
  for (const [key, value] of Object.entries(users)) merged[key] = mergeValue(key, ours[key], value);
  return merged;
}

function mergeValue(key: string, ours: unknown, users: unknown): unknown {
  const listKeys = LIST_KEYS[key];
  // A list with anything else in it goes to the API server unchanged, to be refused there.
  if (listKeys !== undefined && Array.isArray(ours) && Array.isArray(users) && users.every(isFields))
    return mergeLists(listKeys, ours.filter(isFields), users);
  if (isFields(ours) && isFields(users)) return mergeTemplate(ours, users);
  return users;
}

/** Volume types: setting one replaces any other. */
const KEEP_WITH_VOLUME = new Set(['name']);

function mergeLists(keys: ListKeys, ours: readonly Fields[], users: readonly Fields[]): Fields[] {
  const used = new Set<Fields>();
  const merged = ours.map((item) => {
    const same = users.find((candidate) => isSame(keys, candidate, item));
    if (same === undefined) return item;
    used.add(same);
    const kinds = (fields: Fields): string[] => Object.keys(fields).filter((name) => !KEEP_WITH_VOLUME.has(name));
    // For example `data` as a claim instead of our emptyDir.
    if (isVolume(item) && kinds(same).length > 0) return same;
    return mergeTemplate(item, same);
  });
  // For a duplicate key we do not pick one.
  return [...merged, ...users.filter((item) => !used.has(item))];
}

function isSame(keys: ListKeys, one: Fields, other: Fields): boolean {
  return Object.entries(keys).every(([key, fallback]) => (one[key] ?? fallback) === (other[key] ?? fallback));
}

function isVolume(item: Fields): boolean {
  return 'configMap' in item || 'projected' in item || 'emptyDir' in item;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
