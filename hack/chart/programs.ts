import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
/** The chart. */
export const chart = join(root, 'charts/toolhive-registry');

/** The result of a program. `said` is its standard output; `complaint` its standard error. */
export interface Outcome {
  readonly ok: boolean;
  readonly said: string;
  readonly complaint: string;
}

/** Runs helm or kubeconform: the test cluster's, else the one on the PATH. Throws when there is none. */
export function run(program: 'helm' | 'kubeconform', args: readonly string[], input = ''): Outcome {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    input,
    encoding: 'utf8',
    env: environment(),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw new Error(`${program} cannot be run: install it, or run "make cluster-build"`, { cause: error });
  return { ok: status === 0, said: stdout, complaint: stderr };
}

/** Environment in which the programs are found. */
export function environment(): NodeJS.ProcessEnv {
  const home = process.env['CLUSTER_HOME'] ?? join(homedir(), '.cache/registry-cluster');
  return { ...process.env, PATH: [join(home, 'bin'), process.env['PATH'] ?? ''].join(delimiter) };
}
