import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, StartError } from '../errors.ts';
import { isFull } from './atomic.ts';

/** The process that uses a folder. Its id alone could have been reused. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, as the kernel tells it; '' where it does not. */
  readonly started: string;
}

/** How to claim a folder that another process uses. */
export interface LockOptions {
  /** Called with the process that is waited for. */
  readonly onWait: (pid: number) => void;
  /** How long to wait for it, in milliseconds. */
  readonly patienceMs?: number;
}

/** A stopping server has exited by then, unless requests hold it up. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 100;
/** By then every process that saw the folder free has written. */
const SETTLED_AFTER_MS = 50;

/**
 * Claims the folder for this process, so that two do not overwrite each other. Returns a function that releases it. The claim of a dead process
 * is taken over, and a process that may be exiting is waited for. A holder on another machine cannot be asked and does not
 * count. On a full disk the claim is not written: the stored data matter more than the lock. Throws {@link StartError}.
 */
export async function lockFolder(folder: string, { onWait, patienceMs = PATIENCE_MS }: LockOptions): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  const own: Holder = { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
  const deadline = performance.now() + patienceMs;
  let waitsFor: number | undefined;
  for (;;) {
    const holder = await otherHolder(path, own);
    if (holder === undefined) {
      if (await claim(path, own, waitsFor !== undefined)) break;
      continue;
    }
    if (performance.now() >= deadline)
      throw new StartError(1, `--storage-path ${folder}: process ${holder.pid} uses it; stop it, or name another folder`);
    if (waitsFor !== holder.pid) onWait(holder.pid);
    waitsFor = holder.pid;
    await pause(LOOK_AGAIN_MS);
  }
  return async () => {
    if ((await readHolder(path))?.pid === own.pid) await rm(path, { force: true });
  };
}

/** Of several that wait for the folder the last one to write has it. */
async function claim(path: string, own: Holder, hasWaited: boolean): Promise<boolean> {
  const others = await readHolder(path);
  try {
    await writeFile(path, JSON.stringify(own), { mode: 0o600 });
  } catch (error) {
    if (!isFull(error)) throw error;
    return true;
  }
  // Without another process there was no race.
  if (!hasWaited && (others === undefined || others.pid === own.pid)) return true;
  await pause(SETTLED_AFTER_MS);
  return (await readHolder(path))?.pid === own.pid;
}

/** Another process of this machine that has the folder and is running. */
async function otherHolder(path: string, own: Holder): Promise<Holder | undefined> {
  const holder = await readHolder(path);
  if (holder === undefined || holder.pid === own.pid || holder.host !== own.host) return undefined;
  return (await isRunning(holder)) ? holder : undefined;
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
