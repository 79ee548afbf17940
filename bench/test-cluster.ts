import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Namespace of the chart's release. */
export const SYSTEM = 'toolhive-system';

/** Why a part that wants the test cluster was left out. */
export const OUTSIDE = 'it runs in the test cluster only; docs/benchmarks.md says how';

/** Where e2e/cluster keeps what it started. */
const CLUSTER = join(process.env['CLUSTER_HOME'] ?? join(homedir(), '.cache', 'registry-cluster'), 'state');

/** The test cluster's API server, as e2e/cluster noted it; undefined: it does not run, or this is not run in the cluster's network. */
export function apiServerPid(): number | undefined {
  if (process.env['KUBECONFIG'] !== join(CLUSTER, 'etc', 'admin.kubeconfig')) return undefined;
  try {
    const pid = Number(readFileSync(join(CLUSTER, 'run', 'kube-apiserver.pid'), 'utf8'));
    return argumentsOf(pid).includes('kube-apiserver') ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A process's program and arguments; empty for what is not a process, or none any more. */
export function argumentsOf(pid: number): string[] {
  return procFile(pid, 'cmdline').split('\0');
}

/** A variable of the environment that a process was started with. */
export function variableOf(pid: number, name: string): string | undefined {
  const prefix = `${name}=`;
  const found = procFile(pid, 'environ')
    .split('\0')
    .find((variable) => variable.startsWith(prefix));
  return found?.slice(prefix.length);
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** Runs kubectl. @returns what it printed. @throws Error with what it complained of */
export function kubectl(...args: readonly string[]): Promise<string> {
  return run('kubectl', args);
}

/** Runs a program of the cluster or the repository. @returns what it printed. @throws Error with what it complained of */
export async function run(program: string, args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, [...args])).stdout.trim();
}

/** Applies an object in a namespace, by kubectl. */
export async function apply(namespace: string, object: object): Promise<void> {
  const child = promisify(execFile)('kubectl', ['apply', '--namespace', namespace, '-f', '-']);
  child.child.stdin?.end(JSON.stringify(object));
  await child;
}
