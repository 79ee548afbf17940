import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** A process of a group. */
export interface GroupMember {
  readonly pid: number;
  readonly parent: number;
}

/** How long a group may take to end by itself once it is told to. */
const GRACE_MS = 2000;
const STEP_MS = 10;

/**
 * Ends a process group, and resolves when it has been told. Where `/proc` is, those without children go first: a parent that finds its child gone
 * collects it and ends, while children that outlive their parent are left to process 1, which need not collect them. What is left after the
 * grace period is killed.
 *
 * @param leader the process that the group is named after; `exited` resolves when it is gone
 */
export async function endGroup(leader: number, exited: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  void exited.then(() => over.abort());
  const end = performance.now() + GRACE_MS;
  while (!over.signal.aborted && performance.now() < end) {
    const members = await groupMembers(leader);
    if (members === undefined) signalGroup(leader, 'SIGTERM');
    const parents = new Set(members?.map(({ parent }) => parent));
    for (const { pid } of members ?? []) if (!parents.has(pid)) send(pid, 'SIGTERM');
    await Promise.race([exited, pause(members === undefined ? GRACE_MS : STEP_MS, undefined, { ref: false })]);
  }
  signalGroup(leader, 'SIGKILL');
}

/** Sends a signal to whoever is left of a group. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  send(-leader, signal);
}

/** The processes of a group that are still running, as `/proc` has them; undefined where there is none. */
export async function groupMembers(group: number): Promise<GroupMember[] | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  const pids = names?.filter((name) => /^\d+$/.test(name));
  if (pids === undefined || pids.length === 0) return undefined;
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')));
  return stats.flatMap((stat) => {
    // "PID (NAME) STATE PARENT GROUP …": a name may hold anything, parentheses too.
    const [state, parent, memberOf] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isRunning = state !== undefined && !['', 'Z', 'X'].includes(state);
    return isRunning && Number(memberOf) === group ? [{ pid: Number.parseInt(stat, 10), parent: Number(parent) }] : [];
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}
