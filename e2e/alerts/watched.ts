import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor, type ActiveAlert, type Prometheus } from '@toolhive-registry/testenv';

/** The alerts that have fired so far: one whose cause passes by itself is not missed while another one is waited for. */
export interface WatchedAlerts {
  /** Waits for an alert to fire, of this registry if one is named. @throws Error after a minute */
  fired(alert: string, registry?: string): Promise<ActiveAlert>;
  /** Names of those that have fired. */
  names(): Set<string>;
  stop(): Promise<void>;
}

const LOOK_MS = 200;
const DEADLINE_MS = 60_000;

/** Looks at the alerts until it is stopped. */
export function watchAlerts(prometheus: Pick<Prometheus, 'alerts'>): WatchedAlerts {
  const all: ActiveAlert[] = [];
  const ending = new AbortController();
  const isOver = (): boolean => ending.signal.aborted;
  const watch = async (): Promise<void> => {
    while (!isOver()) {
      all.push(...(await prometheus.alerts()).filter(({ state }) => state === 'firing'));
      await sleep(LOOK_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  // Waiting callers are notified, if there are any.
  watching.catch(() => undefined);
  return {
    fired: (alert, registry) =>
      waitFor(
        () => all.find(({ labels }) => labels['alertname'] === alert && (registry === undefined || labels['registry'] === registry)),
        { message: `${alert} to fire`, deadlineMs: DEADLINE_MS },
      ),
    names: () => new Set(all.map(({ labels }) => labels['alertname'] ?? '')),
    stop: async () => {
      ending.abort();
      await watching;
    },
  };
}
