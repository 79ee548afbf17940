import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { codeOf, StartError } from '../errors.ts';
import { isFull } from './atomic.ts';

/** Who uses a folder. A number alone could by now be another program's. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, as the kernel tells it; '' where it does not. */
  readonly started: string;
}

/**
 * Claims the folder for this process, so that two do not write over each other. Returns how to give it back. What a process left that ended
 * without doing so is taken over. A holder on another machine cannot be asked and does not count. On a full
 * disk the claim is not written: what is stored is worth more than the guard. Throws {@link StartError}.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  const own: Holder = { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
  const holder = await readHolder(path);
  if (holder !== undefined && holder.pid !== own.pid && holder.host === own.host && (await isRunning(holder))) {
    throw new StartError(1, `--storage-path ${folder}: process ${holder.pid} uses it; stop that, or name another folder`);
  }
  await writeFile(path, JSON.stringify(own), { mode: 0o600 }).catch((error: unknown) => {
    if (!isFull(error)) throw error;
  });
  return async () => {
    if ((await readHolder(path))?.pid === own.pid) await rm(path, { force: true });
  };
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const { pid, host, started } = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string' && typeof started === 'string' ? { pid, host, started } : undefined;
  } catch {
    return undefined;
  }
}

async function isRunning({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return (await startOf(pid)) === started;
}

/** Start of a process in the kernel's ticks since boot: field 22 of /proc/PID/stat (proc(5)). The name before it may hold anything. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
