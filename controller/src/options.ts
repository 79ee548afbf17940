import { NAMESPACE } from '@toolhive-registry/api/namespace';
import { helpText, parseAddress, readFlags, UsageError, type FlagSpecs } from '@toolhive-registry/api/flags';
import type { TlsFiles } from '@toolhive-registry/reconciler';
import type { LeaderElectionSettings } from './leadership.ts';
import { readRegistryDefaults, registryDefaultFlags } from './registry-defaults.ts';
import type { ExposeSettings } from './registry/exposure-ways.ts';
import type { RegistryDefaults } from './registry/render/defaults.ts';
import type { NetworkPolicySettings, PodSelection } from './registry/render/network-policy.ts';

const specs = {
  kubeconfig: {
    type: 'string',
    placeholder: 'FILE',
    // KUBECONFIG may be a list of files, as for kubectl; the kubeconfig loader handles it.
    variable: false,
    help: 'how to reach the API server; default: the files of KUBECONFIG, in a pod its service account, ~/.kube/config',
  },
  'metrics-address': { type: 'string', placeholder: 'HOST:PORT', fallback: ':8080', help: 'where /metrics listens' },
  'metrics-cert-file': {
    type: 'string',
    placeholder: 'FILE',
    help: 'PEM certificate for serving /metrics over TLS, followed by the chain to its CA; read again when it changes; default: no TLS',
  },
  'metrics-key-file': { type: 'string', placeholder: 'FILE', help: 'PEM private key of that certificate' },
  'metrics-client-ca-file': {
    type: 'string',
    placeholder: 'FILE',
    help: 'PEM certificates of CAs: only clients with a certificate from one of them may read /metrics; default: any client may',
  },
  'health-address': { type: 'string', placeholder: 'HOST:PORT', fallback: ':8081', help: 'where /healthz and /readyz listen' },
  'leader-elect': {
    type: 'boolean',
    fallback: 'true',
    help: 'reconcile only while holding a Lease, so that one replica is active at a time; with --no-leader-elect you must not run more than one',
  },
  'leader-election-namespace': {
    type: 'string',
    placeholder: 'NAMESPACE',
    fallback: 'kube-system',
    help: 'namespace of the cluster-wide Lease, which all installations must share; with --watch-namespaces each of those has its own Lease instead',
  },
  installation: {
    type: 'string',
    placeholder: 'NAMESPACE/NAME',
    help: 'name of this installation, noted on the objects it writes so that an overlap with another one is detected; default: from the namespace it runs in',
  },
  'watch-namespaces': { type: 'string', placeholder: 'A,B', help: 'only these namespaces; default: all' },
  'registry-server-image': { type: 'string', placeholder: 'IMAGE', required: true, help: 'image of the registry servers' },
  'registry-access': {
    type: 'string',
    fallback: 'direct',
    choices: ['direct', 'apiserver-proxy', 'none'],
    help: 'how to ask registries for their status: their pods directly, through the API server, or not at all',
  },
  'registry-ui': {
    type: 'boolean',
    fallback: 'true',
    help: 'have registry servers show browsers a page; with --no-registry-ui they answer with JSON only',
  },
  ...registryDefaultFlags,
  'refresh-volumes': {
    type: 'string',
    fallback: 'true',
    choices: ['true', 'false'],
    help: 'annotate pods when a mounted ConfigMap changes, so that they see it at once (needs permission to patch pods)',
  },
  'network-policy': {
    type: 'string',
    fallback: 'false',
    choices: ['true', 'false'],
    help: 'keep a NetworkPolicy for each registry to guard the internal port; false removes existing ones',
  },
  'controller-pods': {
    type: 'string',
    placeholder: 'NAMESPACE/LABEL=VALUE,LABEL=VALUE',
    help: "the controller's own pods, which that NetworkPolicy allows to ask for the status",
  },
  'scraper-namespaces': {
    type: 'string',
    placeholder: 'A,B',
    help: 'namespaces whose pods that NetworkPolicy allows to read the metrics; default: none',
  },
  expose: {
    type: 'string',
    placeholder: 'A,B',
    fallback: 'ingress,gateway',
    help: 'how spec.expose may expose registries: "ingress", "gateway", both, or "none"',
  },
  'expose-hosts': {
    type: 'string',
    placeholder: 'A,B',
    help: 'host names that registries may be exposed under, such as registry.example.com or *.mcp.example.com; default: any',
  },
  'enforcement-policies': {
    type: 'string',
    placeholder: 'NAME',
    help: 'name prefix of the admission policies that carry out spec.enforceServers, as the chart installs them: NAME-enforce, NAME-audit, NAME-guard; default: no policies',
  },
  'cluster-domain': { type: 'string', placeholder: 'DOMAIN', fallback: 'cluster.local', help: 'DNS domain of the cluster, for status.url' },
  concurrency: { type: 'string', placeholder: 'N', fallback: '8', help: 'registries reconciled at once' },
  'log-level': {
    type: 'string',
    fallback: 'info',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    help: 'minimum log level',
  },
  'log-format': { type: 'string', fallback: 'json', choices: ['json', 'pretty'], help: 'for programs or for people' },
} as const satisfies FlagSpecs;

/** The controller's settings. */
export interface ControllerSettings {
  readonly kubeconfig?: string;
  readonly metricsAddress: string;
  /** Undefined: `/metrics` is served without TLS. */
  readonly metricsTls?: TlsFiles | undefined;
  readonly healthAddress: string;
  /** Undefined: no election, this process always leads. */
  readonly leaderElection?: LeaderElectionSettings | undefined;
  /** `NAMESPACE/NAME`; undefined: by the namespace it runs in. */
  readonly installation?: string | undefined;
  /** Absent: all namespaces. */
  readonly watchNamespaces?: readonly string[];
  readonly serverImage: string;
  readonly registryAccess: 'direct' | 'apiserver-proxy' | 'none';
  /** Registry servers show browsers the page. */
  readonly registryUi: boolean;
  /** Defaults for fields that the spec of a registry leaves out. */
  readonly registryDefaults: RegistryDefaults;
  readonly refreshVolumes: boolean;
  /** Undefined: registries have no NetworkPolicy, and one that an earlier controller made is removed. */
  readonly networkPolicy?: NetworkPolicySettings | undefined;
  /** What `spec.expose` may ask for. */
  readonly expose: ExposeSettings;
  /** Name prefix of the admission policies; undefined: there are none. */
  readonly enforcementPolicies?: string | undefined;
  readonly clusterDomain: string;
  readonly concurrency: number;
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** The text of `--help`. */
export function controllerHelp(program: string): string {
  return helpText(
    `Usage: ${program} --registry-server-image IMAGE [flags]`,
    `Runs a registry server for every MCPRegistry of the cluster. With "${program} upgrade-crds" it brings the cluster's CRDs up to date instead.`,
    specs,
  );
}

/** Parses the command line. Throws UsageError if it is invalid. */
export function readControllerSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { kind: 'help' } | { kind: 'version' } | { kind: 'run'; settings: ControllerSettings } {
  const invocation = readFlags(specs, args, env);
  if (invocation.kind !== 'run') return invocation;
  const { flags } = invocation;
  for (const flag of ['metrics-address', 'health-address'] as const) parseAddress(flag, flags[flag]);
  const namespaces = readNamespaces('watch-namespaces', flags['watch-namespaces']);
  const leaderNamespace = flags['leader-election-namespace'];
  if (!NAMESPACE.test(leaderNamespace))
    throw new UsageError(
      `--leader-election-namespace is "${leaderNamespace}", which is not a valid namespace name; use lower-case letters, digits and dashes`,
    );
  checkInstallation(flags.installation);
  const scraperNamespaces = readNamespaces('scraper-namespaces', flags['scraper-namespaces']) ?? [];
  const controllerPods = readPods('controller-pods', flags['controller-pods']);
  const registryAccess = flags['registry-access'] as ControllerSettings['registryAccess'];
  const hasPolicy = flags['network-policy'] === 'true';
  if (hasPolicy) checkPolicy(registryAccess, controllerPods);
  const concurrency = Number(flags.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 100) {
    throw new UsageError(`--concurrency is "${flags.concurrency}"; use a whole number from 1 to 100`);
  }
  return {
    kind: 'run',
    settings: {
      ...(flags.kubeconfig === undefined ? {} : { kubeconfig: flags.kubeconfig }),
      metricsAddress: flags['metrics-address'],
      metricsTls: readTlsFiles(flags['metrics-cert-file'], flags['metrics-key-file'], flags['metrics-client-ca-file']),
      healthAddress: flags['health-address'],
      leaderElection: flags['leader-elect'] ? { namespace: leaderNamespace } : undefined,
      installation: flags.installation,
      ...(namespaces === undefined ? {} : { watchNamespaces: namespaces }),
      serverImage: flags['registry-server-image'],
      registryAccess,
      registryUi: flags['registry-ui'],
      registryDefaults: readRegistryDefaults(flags),
      refreshVolumes: flags['refresh-volumes'] === 'true',
      networkPolicy: hasPolicy ? { ...(controllerPods === undefined ? {} : { controllerPods }), scraperNamespaces } : undefined,
      expose: readExpose(flags.expose, flags['expose-hosts']),
      enforcementPolicies: flags['enforcement-policies'],
      clusterDomain: flags['cluster-domain'],
      concurrency,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'] === 'pretty' ? 'pretty' : 'json',
    },
  };
}

/** Throws UsageError if one of the files is set without the others that it needs. */
function readTlsFiles(certFile: string | undefined, keyFile: string | undefined, clientCaFile: string | undefined): TlsFiles | undefined {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile, clientCaFile };
  const named = Object.entries({ 'metrics-cert-file': certFile, 'metrics-key-file': keyFile, 'metrics-client-ca-file': clientCaFile });
  const [lonely, file] = named.find(([, value]) => value !== undefined) ?? [];
  if (lonely === undefined) return undefined;
  throw new UsageError(`--${lonely} is "${file ?? ''}" and TLS needs both --metrics-cert-file and --metrics-key-file; set both or neither`);
}

/** Namespace names, separated by commas. Throws UsageError for an invalid one. */
function readNamespaces(flag: string, text: string | undefined): string[] | undefined {
  const namespaces = text === undefined ? undefined : [...new Set(text.split(',').map((name) => name.trim()))];
  const wrong = namespaces?.find((name) => !NAMESPACE.test(name));
  if (wrong !== undefined)
    throw new UsageError(`--${flag} has "${wrong}", which is not a valid namespace name; separate names with commas`);
  return namespaces;
}

/** A host name, or every name below one. */
const HOSTS = /^(\*\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

function readExpose(ways: string, hosts: string | undefined): ExposeSettings {
  const chosen = ways.split(',').map((way) => way.trim());
  const isNone = chosen.length === 1 && chosen[0] === 'none';
  const wrong = chosen.find((way) => way !== 'ingress' && way !== 'gateway');
  if (wrong !== undefined && !isNone)
    throw new UsageError(`--expose has "${wrong}"; use ingress, gateway, both separated by a comma, or none`);
  const names = hosts === undefined ? undefined : [...new Set(hosts.split(',').map((name) => name.trim()))];
  const bad = names?.find((name) => !HOSTS.test(name));
  if (bad !== undefined)
    throw new UsageError(
      `--expose-hosts has "${bad}", which is not a host name; write names such as registry.example.com or *.example.com`,
    );
  return { ingress: chosen.includes('ingress'), gateway: chosen.includes('gateway'), ...(names === undefined ? {} : { hosts: names }) };
}

const INSTALLATION = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

/** Must be NAMESPACE/NAME: it identifies an installation and is written into annotations. Throws UsageError. */
function checkInstallation(text: string | undefined): void {
  if (text !== undefined && !INSTALLATION.test(text))
    throw new UsageError(`--installation is "${text}"; write NAMESPACE/NAME, such as toolhive-system/toolhive-registry`);
}

/** `KEY=VALUE` of a label, restricted to the characters that the API server accepts. */
const LABEL = /^((?:[a-z0-9][-a-z0-9.]*\/)?[A-Za-z0-9](?:[-_.A-Za-z0-9]*[A-Za-z0-9])?)=((?:[A-Za-z0-9](?:[-_.A-Za-z0-9]*[A-Za-z0-9])?)?)$/;

/** `NAMESPACE/LABEL=VALUE,…`. Without labels it would select every pod of the namespace. Throws UsageError. */
function readPods(flag: string, text: string | undefined): PodSelection | undefined {
  if (text === undefined) return undefined;
  const slash = text.indexOf('/');
  const namespace = text.slice(0, Math.max(slash, 0));
  const pairs = text
    .slice(slash + 1)
    .split(',')
    .map((pair) => LABEL.exec(pair.trim()));
  const labels = pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', pair[2] ?? ''] as const]));
  if (!NAMESPACE.test(namespace) || labels.length < pairs.length)
    throw new UsageError(`--${flag} is "${text}"; use NAMESPACE/LABEL=VALUE, with further labels separated by commas`);
  return { namespace, labels: Object.fromEntries(labels) };
}

/** A policy that blocks the controller itself would leave every status without facts. Throws UsageError. */
function checkPolicy(access: ControllerSettings['registryAccess'], controllerPods: PodSelection | undefined): void {
  if (access === 'apiserver-proxy') {
    throw new UsageError(
      '--network-policy is "true" and --registry-access is "apiserver-proxy": no NetworkPolicy can admit the API server; use --registry-access=direct or --network-policy=false',
    );
  }
  if (access === 'direct' && controllerPods === undefined) {
    throw new UsageError('--network-policy is "true" and would keep the controller out; name its pods with --controller-pods');
  }
}
