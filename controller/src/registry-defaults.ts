import { DurationError, isObject, parseGoDuration } from '@toolhive-registry/api';
import { UsageError, type FlagSpecs } from '@toolhive-registry/api/flags';
import type { RegistryDefaults, Resources } from './registry/render/defaults.ts';

/** Flags for defaults of registries whose spec leaves a field out. */
export const registryDefaultFlags = {
  'registry-image-pull-secrets': {
    type: 'string',
    placeholder: 'A,B',
    help: "names of Secrets for pulling the image, in each registry's namespace, where spec.imagePullSecrets is absent",
  },
  'registry-resources': {
    type: 'string',
    placeholder: 'JSON',
    help: 'requests and limits of registry servers, such as {"limits":{"memory":"1Gi"}}; default: 50m, 96Mi and a limit of 512Mi',
  },
  'registry-sync-interval': {
    type: 'string',
    placeholder: 'DURATION',
    help: 'how often sources of the types git, url and registry are asked that have no syncPolicy, such as 30m; default: once',
  },
  'registry-private-addresses': {
    type: 'string',
    choices: ['allow', 'deny'],
    help: "registry servers' --private-addresses, where spec.env does not set PRIVATE_ADDRESSES",
  },
  'registry-log-level': {
    type: 'string',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    help: "registry servers' --log-level, where spec.env does not set LOG_LEVEL",
  },
  'registry-log-format': {
    type: 'string',
    choices: ['json', 'pretty'],
    help: "registry servers' --log-format, where spec.env does not set LOG_FORMAT",
  },
  'registry-http-proxy': { type: 'string', placeholder: 'URL', help: 'HTTP_PROXY of registry servers, where spec.env does not set it' },
  'registry-https-proxy': { type: 'string', placeholder: 'URL', help: 'HTTPS_PROXY of registry servers, where spec.env does not set it' },
  'registry-no-proxy': { type: 'string', placeholder: 'A,B', help: 'NO_PROXY of registry servers, where spec.env does not set it' },
} as const satisfies FlagSpecs;

/** Values of these flags. */
export type RegistryDefaultValues = Readonly<Record<keyof typeof registryDefaultFlags, string | undefined>>;

/** The registry server's environment variable for a flag. */
const VARIABLES: Readonly<Partial<Record<keyof typeof registryDefaultFlags, string>>> = {
  'registry-private-addresses': 'PRIVATE_ADDRESSES',
  'registry-log-level': 'LOG_LEVEL',
  'registry-log-format': 'LOG_FORMAT',
  'registry-http-proxy': 'HTTP_PROXY',
  'registry-https-proxy': 'HTTPS_PROXY',
  'registry-no-proxy': 'NO_PROXY',
};

/** Reads the flags. Throws UsageError for a value that no registry could use. */
export function readRegistryDefaults(values: RegistryDefaultValues): RegistryDefaults {
  const imagePullSecrets = readSecrets(values['registry-image-pull-secrets']);
  const resources = readResources(values['registry-resources']);
  const syncInterval = readInterval(values['registry-sync-interval']);
  const env = Object.entries(VARIABLES).flatMap(([flag, name]) => {
    const value = values[flag as keyof RegistryDefaultValues];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(imagePullSecrets === undefined ? {} : { imagePullSecrets }),
    ...(resources === undefined ? {} : { resources }),
    ...(syncInterval === undefined ? {} : { syncInterval }),
    ...(env.length === 0 ? {} : { env: Object.fromEntries(env) }),
  };
}

const SECRET = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

function readSecrets(text: string | undefined): string[] | undefined {
  const names = text === undefined ? undefined : [...new Set(text.split(',').map((name) => name.trim()))];
  const wrong = names?.find((name) => !SECRET.test(name));
  if (wrong !== undefined)
    throw new UsageError(`--registry-image-pull-secrets has "${wrong}", which is not a valid Secret name; separate names with commas`);
  return names;
}

/** The bounds of `spec.syncPolicy.interval`, in milliseconds. */
const SHORTEST_MS = 5_000;
const LONGEST_MS = 8_760 * 3_600_000;

function readInterval(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const problem = `--registry-sync-interval is "${text}"; write a duration from 5s to 8760h, such as 30m`;
  try {
    const milliseconds = parseGoDuration(text);
    if (milliseconds >= SHORTEST_MS && milliseconds <= LONGEST_MS) return text;
  } catch (cause) {
    if (!(cause instanceof DurationError)) throw cause;
    throw new UsageError(problem, { cause });
  }
  throw new UsageError(problem);
}

/** A quantity that Kubernetes accepts for a resource: a non-negative number with an optional unit. */
const QUANTITY = /^[0-9]+(\.[0-9]*)?([KMGTPE]i|[munkMGTPE]|[eE][0-9]+)?$/;

function readResources(text: string | undefined): Resources | undefined {
  if (text === undefined) return undefined;
  const problem = (what: string): UsageError =>
    new UsageError(`--registry-resources ${what}; write JSON such as {"requests":{"cpu":"50m"},"limits":{"memory":"1Gi"}}`);
  const parsed = json(text);
  if (!isObject(parsed)) throw problem(`is "${text}", which is not a JSON object`);
  const resources = Object.entries(parsed).map(([part, quantities]) => {
    if (part !== 'requests' && part !== 'limits') throw problem(`has "${part}"`);
    if (!isObject(quantities)) throw problem(`has ${part} that are not an object`);
    const wrong = Object.entries(quantities).find(([, quantity]) => !QUANTITY.test(String(quantity)));
    if (wrong !== undefined) throw problem(`has ${JSON.stringify(wrong[1])} for ${wrong[0]} in ${part}, which is not a quantity`);
    return [part, Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, String(quantity)]))] as const;
  });
  return Object.fromEntries(resources);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
