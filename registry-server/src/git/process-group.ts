import { setTimeout as pause } from 'node:timers/promises';

/** How long a group may take to end by itself once it is told to. */
const GRACE_MS = 2000;

/**
 * Ends all processes of a group: they are told to, and killed when they are still there after the grace period.
 *
 * @param leader the process that the group is named after; `exited` resolves when it is gone
 */
export async function endGroup(leader: number, exited: Promise<unknown>): Promise<void> {
  signalGroup(leader, 'SIGTERM');
  await Promise.race([exited, pause(GRACE_MS, undefined, { ref: false })]);
  signalGroup(leader, 'SIGKILL');
}

/** Sends a signal to whoever is left of a group. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // All are gone.
  }
}
