import { helpText, parseAddress, readFlags, UsageError, type FlagSpecs } from '@toolhive-registry/api/flags';

const specs = {
  kubeconfig: {
    type: 'string',
    placeholder: 'FILE',
    // KUBECONFIG may be a list of files, as for kubectl; the loader of kubeconfigs reads it.
    variable: false,
    help: 'how to reach the API server; default: the files of KUBECONFIG, in a pod its service account, ~/.kube/config',
  },
  'metrics-address': { type: 'string', placeholder: 'HOST:PORT', fallback: ':8080', help: 'where /metrics listens' },
  'health-address': { type: 'string', placeholder: 'HOST:PORT', fallback: ':8081', help: 'where /healthz and /readyz listen' },
  'leader-elect': { type: 'boolean', help: 'accepted; this version runs as one replica and elects nobody' },
  'watch-namespaces': { type: 'string', placeholder: 'A,B', help: 'only these namespaces; default: all' },
  'registry-server-image': { type: 'string', placeholder: 'IMAGE', required: true, help: 'image of the registry servers' },
  'registry-access': {
    type: 'string',
    fallback: 'direct',
    choices: ['direct', 'apiserver-proxy', 'none'],
    help: 'how the status of registries is asked for: their pods, through the API server, or not at all',
  },
  'refresh-volumes': {
    type: 'string',
    fallback: 'true',
    choices: ['true', 'false'],
    help: 'annotate pods when a mounted ConfigMap changes, so that they see it at once (needs the right to patch pods)',
  },
  'cluster-domain': { type: 'string', placeholder: 'DOMAIN', fallback: 'cluster.local', help: 'DNS domain of the cluster, for status.url' },
  concurrency: { type: 'string', placeholder: 'N', fallback: '8', help: 'registries that are worked on at once' },
  'log-level': {
    type: 'string',
    fallback: 'info',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    help: 'least level that is logged',
  },
  'log-format': { type: 'string', fallback: 'json', choices: ['json', 'pretty'], help: 'for programs or for people' },
} as const satisfies FlagSpecs;

/** How the controller was asked to run. */
export interface ControllerSettings {
  readonly kubeconfig?: string;
  readonly metricsAddress: string;
  readonly healthAddress: string;
  readonly leaderElect: boolean;
  /** Absent: all namespaces. */
  readonly watchNamespaces?: readonly string[];
  readonly serverImage: string;
  readonly registryAccess: 'direct' | 'apiserver-proxy' | 'none';
  readonly refreshVolumes: boolean;
  readonly clusterDomain: string;
  readonly concurrency: number;
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** The text of `--help`. */
export function controllerHelp(program: string): string {
  return helpText(
    `Usage: ${program} --registry-server-image IMAGE [flags]`,
    'Runs a registry server for every MCPRegistry of the cluster.',
    specs,
  );
}

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Reads the command line. Throws UsageError for a wrong one. */
export function readControllerSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { kind: 'help' } | { kind: 'version' } | { kind: 'run'; settings: ControllerSettings } {
  const invocation = readFlags(specs, args, env);
  if (invocation.kind !== 'run') return invocation;
  const { flags } = invocation;
  for (const flag of ['metrics-address', 'health-address'] as const) parseAddress(flag, flags[flag]);
  const namespaces = flags['watch-namespaces']?.split(',').map((name) => name.trim());
  const wrong = namespaces?.find((name) => !NAMESPACE.test(name));
  if (wrong !== undefined)
    throw new UsageError(`--watch-namespaces has "${wrong}", which is no name of a namespace; write names with commas between them`);
  const concurrency = Number(flags.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 100) {
    throw new UsageError(`--concurrency is "${flags.concurrency}"; use a whole number from 1 to 100`);
  }
  return {
    kind: 'run',
    settings: {
      ...(flags.kubeconfig === undefined ? {} : { kubeconfig: flags.kubeconfig }),
      metricsAddress: flags['metrics-address'],
      healthAddress: flags['health-address'],
      leaderElect: flags['leader-elect'],
      ...(namespaces === undefined ? {} : { watchNamespaces: namespaces }),
      serverImage: flags['registry-server-image'],
      registryAccess: flags['registry-access'] as ControllerSettings['registryAccess'],
      refreshVolumes: flags['refresh-volumes'] === 'true',
      clusterDomain: flags['cluster-domain'],
      concurrency,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'] === 'pretty' ? 'pretty' : 'json',
    },
  };
}
