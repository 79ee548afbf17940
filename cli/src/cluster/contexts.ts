import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import type { Environment } from '../terminal/environment.ts';

/** The contexts of the kubeconfig files that kubectl would read. Files that cannot be read have none. */
export async function contextNames(kubeconfig: string | undefined, env: Environment): Promise<readonly string[]> {
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const files = kubeconfig !== undefined ? [kubeconfig] : listed.length > 0 ? listed : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
  const names = await Promise.all(files.map((file) => namesIn(file).catch(() => [])));
  return [...new Set(names.flat())];
}

async function namesIn(file: string): Promise<string[]> {
  const { contexts } = (load(await readFile(file, 'utf8')) ?? {}) as { readonly contexts?: readonly { readonly name?: unknown }[] };
  return (contexts ?? []).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
}
