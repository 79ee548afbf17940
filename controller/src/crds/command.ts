import { crdVersion, groups } from '@toolhive-registry/api';
import { helpText, readFlags, type FlagSpecs } from '@toolhive-registry/api/flags';
import { KubeClient, loadKubeConfig, sleep, systemClock } from '@toolhive-registry/reconciler';
import { upgradeFailureMessage, noCrdMessage, upgradeMessage } from './messages.ts';
import { upgradeCrd, type UpgradeDeps } from './upgrade.ts';

/** Name of the subcommand that upgrades the CRDs of a cluster. */
export const UPGRADE_CRDS = 'upgrade-crds';

const specs = {
  kubeconfig: {
    type: 'string',
    placeholder: 'FILE',
    variable: false,
    help: 'how to reach the API server; default: the files of KUBECONFIG, in a pod its service account, ~/.kube/config',
  },
} as const satisfies FlagSpecs;

/** Limit for one request with its retries, in milliseconds. The hook that runs this command has two minutes in total. */
const REQUEST_MS = 20_000;

/** What a program writes to. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The text of `--help`. */
export function upgradeCrdsHelp(program: string): string {
  return helpText(
    `Usage: ${program} ${UPGRADE_CRDS} [flags]`,
    "Brings the cluster's MCPRegistry CRDs up to date with this version. Newer CRDs and those of others are kept, and none is created. Exit codes: 0 done, 1 failed, 2 wrong usage.",
    specs,
  );
}

/** Runs the command. Returns the exit code: 0 done, 1 failed. Throws UsageError for a wrong command line. */
export async function runUpgradeCrds(args: readonly string[], { program, signal, output }: CommandDeps): Promise<number> {
  const invocation = readFlags(specs, args, {});
  if (invocation.kind === 'help') output.out(upgradeCrdsHelp(program));
  if (invocation.kind === 'version') output.out(`${crdVersion}\n`);
  if (invocation.kind !== 'run') return 0;
  const { kubeconfig } = invocation.flags;
  const access = await loadKubeConfig(kubeconfig === undefined ? {} : { kubeconfigPath: kubeconfig });
  await using client = new KubeClient({ access, userAgent: `${program}-${UPGRADE_CRDS}`, totalTimeoutMs: REQUEST_MS });
  const clock = systemClock();
  return upgradeAll({ client, sleep: (ms, stop) => sleep(clock, ms, stop) }, output, signal);
}

/** What the command needs besides its arguments. */
export interface CommandDeps {
  /** Program name as shown to users. */
  readonly program: string;
  readonly signal: AbortSignal;
  readonly output: Output;
}

async function upgradeAll(deps: UpgradeDeps, output: Output, signal: AbortSignal): Promise<number> {
  let [served, failed] = [0, 0];
  for (const group of groups) {
    try {
      const upgrade = await upgradeCrd(group, deps, signal);
      output.out(`${upgradeMessage(group, upgrade)}\n`);
      if (upgrade.became !== 'missing' && upgrade.became !== 'foreign') served += 1;
    } catch (error) {
      failed += 1;
      output.err(`${upgradeFailureMessage(group, error)}\n`);
    }
  }
  if (served + failed === 0) output.err(`${noCrdMessage()}\n`);
  return failed > 0 || served === 0 ? 1 : 0;
}
