import type { FlagSpecs, FlagValues } from '../program/flag.ts';
import { misuse } from '../program/failure.ts';
import type { SourceInput } from './types.ts';

/** Flags that describe one source. */
export const SOURCE_FLAGS = {
  from: {
    kind: 'text',
    placeholder: 'TYPE',
    help: 'where the catalog comes from',
    choices: ['configmap', 'git', 'url', 'registry', 'file'],
  },
  at: {
    kind: 'text',
    placeholder: 'ADDRESS',
    help: 'name of the ConfigMap, address of the repository, URL of the file, base URL of the registry, or path in the pod',
  },
  'from-file': {
    kind: 'text',
    placeholder: 'FILE',
    help: 'a catalog file in any known format: it is checked, and stored in a ConfigMap that the registry reads',
    completed: 'file',
  },
  key: { kind: 'text', placeholder: 'KEY', help: 'key of the ConfigMap; default: registry.json' },
  branch: { kind: 'text', placeholder: 'NAME', help: "branch of the repository; default: the repository's own" },
  tag: { kind: 'text', placeholder: 'NAME', help: 'tag of the repository' },
  commit: { kind: 'text', placeholder: 'HASH', help: 'commit of the repository' },
  path: { kind: 'text', placeholder: 'PATH', help: 'file or folder in the repository; default: registry.json' },
  format: { kind: 'text', placeholder: 'FORMAT', help: 'format that the data must have', choices: ['auto', 'toolhive', 'upstream'] },
  'auth-secret': { kind: 'text', placeholder: 'NAME', help: 'Secret with credentials: username and password, token, or ssh-privatekey' },
  'ca-secret': {
    kind: 'text',
    placeholder: 'NAME[:KEY]',
    help: 'Secret with the certificates of a private authority; default key: ca.crt',
  },
  'ca-configmap': { kind: 'text', placeholder: 'NAME[:KEY]', help: 'ConfigMap with the certificates of a private authority' },
  'source-timeout': { kind: 'text', placeholder: 'DURATION', help: 'time limit of one attempt to read the source; default: 30s' },
} as const satisfies FlagSpecs;

type SourceFlags = FlagValues<typeof SOURCE_FLAGS>;

/** What belongs to one type alone. */
const OF_ONE_TYPE: readonly (readonly [flag: 'key' | 'branch' | 'tag' | 'commit' | 'path', type: string])[] = [
  ['key', 'configmap'],
  ['branch', 'git'],
  ['tag', 'git'],
  ['commit', 'git'],
  ['path', 'git'],
];

/** Whether a source is described. */
export function namesSource(flags: SourceFlags): boolean {
  return Object.keys(SOURCE_FLAGS).some((name) => flags[name as keyof SourceFlags] !== undefined);
}

/**
 * The source that the flags describe. `configMap` is the one that was made of `--from-file`. Where they do not say where the data come from, they change `before`, the source that
 * there is; of branch, tag and commit the one that is given takes the place of the others. Whether its values are valid is for the schema to say.
 */
export function sourceOf(flags: SourceFlags, configMap: string | undefined, before?: SourceInput): SourceInput {
  const { from, at } = flags;
  if (flags['from-file'] !== undefined) {
    if (from !== undefined || at !== undefined) throw misuse('the source is described twice', 'give --from-file, or --from with --at');
    checkType('configmap', flags, ([flag, type]) => misuse(`--${flag} is for --from ${type}`, 'leave it out'));
    return { type: 'configmap', configmap: withoutUndefined({ name: configMap ?? '', key: flags.key }), ...common(flags) };
  }
  if (before !== undefined && (from === undefined || (at === undefined && from === typeOf(before)))) return changed(before, flags);
  if (from === undefined) throw misuse('no source is described', 'give --from with --at, or --from-file');
  if (at === undefined) throw misuse(`--from ${from} does not say where`, `give ${WHERE[from]} with --at`);
  checkType(from, flags, ([flag, type]) => misuse(`--${flag} is for --from ${type}`, 'leave it out'));
  return { ...blockOf(from, at, flags), ...common(flags) };
}

/** Throws what `problem` makes of the first flag that is for another type of source. */
function checkType(type: string, flags: SourceFlags, problem: (stray: (typeof OF_ONE_TYPE)[number]) => Error): void {
  const stray = OF_ONE_TYPE.find(([flag, one]) => flags[flag] !== undefined && one !== type);
  if (stray !== undefined) throw problem(stray);
}

function typeOf({ type = 'configmap' }: SourceInput): NonNullable<SourceInput['type']> {
  return type;
}

/** A source with what is given in place of what it had. */
function changed(before: SourceInput, flags: SourceFlags): SourceInput {
  const type = typeOf(before);
  checkType(type, flags, ([flag, wanted]) =>
    misuse(
      `--${flag} is for sources of type ${wanted}, and this one is of type ${type}`,
      `leave it out, or describe another source with --from ${wanted}`,
    ),
  );
  return { ...before, type, ...changedBlock(type, before, flags), ...common(flags) };
}

function changedBlock(type: NonNullable<SourceInput['type']>, before: SourceInput, flags: SourceFlags): Partial<SourceInput> {
  const { at, key, path } = flags;
  if (type === 'configmap')
    return { configmap: { ...before.configmap, name: at ?? before.configmap?.name ?? '', ...withoutUndefined({ key }) } };
  if (type === 'git') {
    const { branch, tag, commit, ...rest } = { repository: '', ...before.git };
    const given = withoutUndefined({ branch: flags.branch, tag: flags.tag, commit: flags.commit });
    const revision = Object.keys(given).length > 0 ? given : withoutUndefined({ branch, tag, commit });
    return { git: { ...rest, ...revision, ...withoutUndefined({ repository: at, path }) } };
  }
  if (at === undefined) return {};
  if (type === 'url') return { url: at };
  return type === 'registry' ? { registry: { ...before.registry, endpoint: at } } : { file: { path: at } };
}

const WHERE: Readonly<Record<NonNullable<SourceFlags['from']>, string>> = {
  configmap: 'the name of a ConfigMap in the namespace of the registry',
  git: 'the address of the repository',
  url: 'the URL of the file',
  registry: 'the base URL of the registry',
  file: 'the path of the file in the pod',
};

function blockOf(from: NonNullable<SourceFlags['from']>, at: string, { key, branch, tag, commit, path }: SourceFlags): SourceInput {
  if (from === 'configmap') return { type: from, configmap: withoutUndefined({ name: at, key }) };
  if (from === 'git') return { type: from, git: withoutUndefined({ repository: at, branch, tag, commit, path }) };
  if (from === 'url') return { type: from, url: at };
  return from === 'registry' ? { type: from, registry: { endpoint: at } } : { type: from, file: { path: at } };
}

function common(flags: SourceFlags): Partial<SourceInput> {
  const secret = flags['auth-secret'];
  const caSecret = reference(flags['ca-secret']);
  const caConfigMap = reference(flags['ca-configmap']);
  return withoutUndefined({
    format: flags.format,
    auth: secret === undefined ? undefined : { secretRef: { name: secret } },
    tls:
      caSecret === undefined && caConfigMap === undefined
        ? undefined
        : withoutUndefined({ caSecretRef: caSecret, caConfigMapRef: caConfigMap }),
    timeout: flags['source-timeout'],
  });
}

function reference(text: string | undefined): { name: string; key?: string } | undefined {
  if (text === undefined) return undefined;
  const [name = '', ...key] = text.split(':');
  return key.length === 0 ? { name } : { name, key: key.join(':') };
}

/** A copy without what is undefined. */
export function withoutUndefined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
