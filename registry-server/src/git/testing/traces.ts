import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** For tests: what `/proc` shows of a process that works in a folder. */
export interface Child {
  readonly pid: number;
  readonly cmdline: string;
  readonly environ: string;
}

/** For tests: all processes whose environment names a folder: Git, and what it starts. */
export async function childrenIn(folder: string): Promise<Child[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const read = (pid: string, file: string): Promise<string> => readFile(join('/proc', pid, file), 'utf8').catch(() => '');
  const all = await Promise.all(
    pids.map(async (pid) => ({ pid: Number(pid), cmdline: await read(pid, 'cmdline'), environ: await read(pid, 'environ') })),
  );
  return all.filter(({ environ }) => environ.includes(`GIT_CONFIG_GLOBAL=${folder}/`));
}

/** For tests: names of all files below a folder, with their contents. */
export async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)));
}
