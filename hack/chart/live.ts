import { execFile } from 'node:child_process';
import { dump } from 'js-yaml';
import { waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { environment, type Outcome } from './programs.ts';
import type { Rendered, Values } from './render.ts';

/** A command of Helm about a release. */
export interface HelmCommand {
  readonly args: readonly string[];
  readonly values?: Values;
}

/** Runs Helm against an API server. Unlike `run` it lets others work meanwhile, such as those that a hook waits for. */
export function helm({ kubeconfigPath }: ApiServer, { args, values }: HelmCommand): Promise<Outcome> {
  const all = [...args, '--kubeconfig', kubeconfigPath, '--namespace', 'system', ...(values === undefined ? [] : ['--values', '-'])];
  return new Promise((resolve) => {
    const helmProcess = execFile('helm', all, { env: environment(), maxBuffer: 64 * 1024 * 1024 }, (error, said, complaint) =>
      resolve({ ok: error === null, said, complaint }),
    );
    helmProcess.stdin?.end(values === undefined ? '' : dump(values));
  });
}

/** An object at a path of an API server; undefined: there is none. Throws for any other answer than the object. */
export async function objectAt(api: ApiServer, path: string): Promise<Rendered | undefined> {
  const { status, body } = await api.request('GET', path);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body as Rendered;
}

/** A program that a Job runs: with its arguments and the kubeconfig of its ServiceAccount. Returns the exit code. */
export type JobProgram = (args: readonly string[], kubeconfig: string) => Promise<number | null>;

/** Simulates Job controller and kubelet for a Job in namespace `system`: waits for it, runs its program, and sets its status. Returns the Job. */
export async function playJob(api: ApiServer, name: string, program: JobProgram): Promise<Rendered> {
  const path = `/apis/batch/v1/namespaces/system/jobs/${name}`;
  // The Job of an earlier attempt still exists at first.
  const isNew = (found: Rendered | undefined): boolean => found?.['status']?.conditions === undefined;
  const find = async (): Promise<Rendered | undefined> => {
    const found = await objectAt(api, path);
    return isNew(found) ? found : undefined;
  };
  const job = await waitFor(find, { message: `the Job ${name}`, deadlineMs: 20_000 });
  const { serviceAccountName, containers } = job['spec'].template.spec;
  const { body } = await api.request('POST', `/api/v1/namespaces/system/serviceaccounts/${serviceAccountName}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const kubeconfig = await api.writeKubeconfig(name, (body as Rendered)['status'].token);
  const isDone = (await program(containers[0].args, kubeconfig)) === 0;
  const now = new Date().toISOString();
  const conditions = (isDone ? ['SuccessCriteriaMet', 'Complete'] : ['FailureTarget', 'Failed']).map((type) => ({
    type,
    status: 'True',
    reason: isDone ? 'CompletionsReached' : 'BackoffLimitExceeded',
    lastTransitionTime: now,
    lastProbeTime: now,
  }));
  const status = { startTime: now, conditions, ...(isDone ? { completionTime: now, succeeded: 1 } : { failed: 1 }) };
  const ended = await api.request('PATCH', `${path}/status`, { status }, 'application/merge-patch+json');
  if (ended.status !== 200) throw new Error(JSON.stringify(ended.body));
  return job;
}
