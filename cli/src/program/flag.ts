import { NAMESPACE } from '@toolhive-registry/api/namespace';
/** What a shell offers in place of a value. */
export type Completed = 'registry' | 'server' | 'namespace' | 'context' | 'file';

/** One flag of a command. */
export interface FlagSpec {
  /** `switch` takes no value, `list` may be given several times, `number` is a whole number. */
  readonly kind: 'switch' | 'text' | 'number' | 'list';
  /** One letter, without the dash. */
  readonly short?: string;
  /** Shown in `--help` in place of the value. */
  readonly placeholder?: string;
  readonly help: string;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
  /** The only forms of a value that are accepted: words, and `jsonpath=TEMPLATE` for all that begins with `jsonpath=`. */
  readonly forms?: readonly string[];
  /** Least value of a number; default 1. */
  readonly least?: number;
  /** What a text has to look like, and what to do about one that does not. */
  readonly form?: { readonly pattern: RegExp; readonly remedy: string };
  /** Greatest value of a number. */
  readonly most?: number;
  /** An empty value counts as not given; where nothing is said it is refused. */
  readonly empty?: 'unset';
  /** A flag without which this one has no effect. */
  readonly needs?: string;
  /** Flags that contradict this one. */
  readonly excludes?: readonly string[];
  readonly completed?: Completed;
}

/** The flags of a command by name, without the leading dashes. */
export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

/** What was given for one flag. */
type FlagValue<S extends FlagSpec> = S['kind'] extends 'switch'
  ? boolean
  : S['kind'] extends 'list'
    ? readonly (S extends { readonly choices: readonly (infer C)[] } ? C : string)[]
    : S['kind'] extends 'number'
      ? number | undefined
      : (S extends { readonly choices: readonly (infer C)[] } ? C : string) | undefined;

/** What was given for the flags of a command: false and an empty list for those that were not. */
export type FlagValues<F extends FlagSpecs> = { readonly [N in keyof F]: FlagValue<F[N]> };

/** One argument of a command. */
export interface ArgumentSpec {
  /** In capitals, as the usage shows it. */
  readonly name: string;
  readonly help: string;
  readonly required?: boolean;
  /** Takes all that follow. */
  readonly several?: boolean;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
  readonly completed?: Completed;
}

/** The name of a namespace. An empty one would stand for all of them. */
export const NAMESPACE_FORM = {
  pattern: NAMESPACE,
  remedy: 'give it the name of one namespace: lower-case letters, digits and dashes',
} as const satisfies FlagSpec['form'];

/** Flags by which a cluster is chosen, as kubectl has them. */
export const CLUSTER_FLAGS = {
  kubeconfig: {
    kind: 'text',
    placeholder: 'FILE',
    help: 'how to reach the cluster; default: the files of KUBECONFIG, or ~/.kube/config',
    empty: 'unset',
    completed: 'file',
  },
  context: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'context of the kubeconfig; default: the current one',
    empty: 'unset',
    completed: 'context',
  },
  namespace: {
    kind: 'text',
    short: 'n',
    placeholder: 'NAME',
    help: "namespace; default: the context's, or default",
    completed: 'namespace',
    form: NAMESPACE_FORM,
  },
  'request-timeout': {
    kind: 'text',
    placeholder: 'DURATION',
    help: 'time limit of one request, such as 10s; default: 30s, and 60s for answers of registries',
  },
} as const satisfies FlagSpecs;

/** Flags by which a registry is chosen: one of a cluster, or any that has an address. */
export const TARGET_FLAGS = {
  url: {
    kind: 'text',
    placeholder: 'URL',
    help: 'base URL of a registry, without /v0.1: no cluster is asked, and the argument REGISTRY is omitted',
  },
  via: {
    kind: 'text',
    placeholder: 'WAY',
    help: 'how to reach a registry in a cluster: through the API server, by a port-forward, or by whichever works first (default)',
    choices: ['auto', 'api-server', 'port-forward'],
  },
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** How much is said. */
export const QUIET_FLAG = {
  quiet: { kind: 'switch', short: 'q', help: 'print nothing but the result' },
} as const satisfies FlagSpecs;

/** What programs read, as kubectl has them; every command that has a result takes these. */
const STRUCTURED_FORMS = ['json', 'yaml', 'jsonpath=TEMPLATE'] as const;
/** Forms of a result that people read as text. */
export const TEXT_FORMS = ['table', ...STRUCTURED_FORMS] as const;
/** Forms of a table with columns that are left out otherwise. */
export const TABLE_FORMS = ['table', 'wide', ...STRUCTURED_FORMS] as const;
/** Forms of a list of things with names. */
export const LIST_FORMS = ['table', 'wide', 'json', 'yaml', 'name', 'jsonpath=TEMPLATE'] as const;

/** The flag `-o` of a command that takes these forms. */
export function outputFlag(forms: readonly string[]): { readonly output: FlagSpec & { readonly kind: 'text' } } {
  return { output: { kind: 'text', short: 'o', placeholder: 'FORMAT', help: 'form of the result', forms } };
}

/** Of commands whose result may be long. */
export const PAGER_FLAG = {
  'no-pager': { kind: 'switch', help: 'never start a pager' },
} as const satisfies FlagSpecs;

/** Flags of commands that wait. */
export const WAIT_FLAGS = {
  wait: { kind: 'switch', short: 'w', help: 'wait until it is done; the exit code says whether it succeeded' },
  timeout: { kind: 'text', placeholder: 'DURATION', help: 'with --wait: for how long, such as 90s; default: 5m', needs: 'wait' },
} as const satisfies FlagSpecs;

/** Which of the two API groups is meant, where a namespace has registries of one name in both. */
export const GROUP_FLAG = {
  group: {
    kind: 'text',
    placeholder: 'GROUP',
    help: 'API group of the MCPRegistry, if a namespace has two of the same name',
    choices: ['toolhive.stacklok.dev', 'toolhive.stacklok.io'],
  },
} as const satisfies FlagSpecs;

/** How something is written, or only shown. */
export const CREATE_FLAGS = {
  'dry-run': { kind: 'switch', help: 'validate on the API server without changing anything' },
  output: { kind: 'text', short: 'o', placeholder: 'FORMAT', help: 'print the manifest instead of applying it', forms: ['yaml', 'json'] },
} as const satisfies FlagSpecs;
