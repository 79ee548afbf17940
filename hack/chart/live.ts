import { execFile } from 'node:child_process';
import { dump } from 'js-yaml';
import type { ApiServer } from '@toolhive-registry/testenv';
import { environment, type Outcome } from './programs.ts';
import type { Rendered, Values } from './render.ts';

/** A command of Helm about a release. */
export interface HelmCommand {
  readonly args: readonly string[];
  readonly values?: Values;
}

/** Runs Helm against an API server. Unlike `run` it lets others work meanwhile, such as those whom a hook waits for. */
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
