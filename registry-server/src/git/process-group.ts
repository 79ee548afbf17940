import { setTimeout as pause } from 'node:timers/promises';

/** Grace period for a process group after SIGTERM. */
const GRACE_MS = 2000;

/**
 * Ends all processes of a group: with SIGTERM, then SIGKILL after the grace period.
 *
 * @param leader the process that the group is named after; `exited` resolves when it is gone
 */
export async function endGroup(leader: number, exited: Promise<unknown>): Promise<void> {
  signalGroup(leader, 'SIGTERM');
  await Promise.race([exited, pause(GRACE_MS, undefined, { ref: false })]);
  signalGroup(leader, 'SIGKILL');
}

/** Sends a signal to the remaining processes of a group. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // All are gone.
  }
}
