import { keyOf, type ObjectKey, type ReconcileContext } from '@toolhive-registry/reconciler';
import { readyNames } from '../pods/pod.ts';
import type { FactsPoller } from '../pods/poller.ts';
import { countedFacts, observe, type ObserveDeps, type Outcome } from './observe.ts';
import type { RegistryObject } from './resource.ts';
import { servingObjects } from './serving.ts';
import { createDoubts } from './status/doubts.ts';
import { createFirstLooks } from './status/first-looks.ts';
import type { StatusStep } from './status/write.ts';
import { createTroubleFinder, type TroubleDeps } from './trouble.ts';

/** What reporting needs. */
export interface ReportDeps extends ObserveDeps, TroubleDeps {
  readonly statuses: StatusStep;
  /** Absent: pods are not asked for their status. */
  readonly poller?: FactsPoller;
  /** A number that changes each time this process gains or loses leadership. */
  readonly leadershipTerm?: (() => number) | undefined;
}

/** The reporting step of a pass. */
export interface ReportStep {
  /** Finds out what blocks the registry and what its pods report, and writes the status. Returns the milliseconds until the next check. */
  report(registry: RegistryObject, outcome: Outcome, context: ReconcileContext): Promise<number | undefined>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates the step. */
export function createReportStep(deps: ReportDeps): ReportStep {
  const { informers, poller, statuses, clock, leadershipTerm = () => 0 } = deps;
  const firstLooks = createFirstLooks(clock, leadershipTerm);
  const troubles = createTroubleFinder(deps);
  const doubts = createDoubts(clock);

  return {
    report: async (object, outcome, context) => {
      const key = keyOf(object);
      const heldMs = firstLooks.hold(key, poller?.isUndecided(key) === true);
      if (heldMs !== undefined) return heldMs;
      const { children, pods } = outcome;
      const { deployment } = children ?? servingObjects(object, informers);
      const { trouble, againMs: troubledMs } = await troubles.find(key, deployment, pods, context.signal);
      const facts = countedFacts(key, pods, poller);
      const { doubt, againMs: doubtedMs } = doubts.look(key, facts, poller === undefined ? [] : readyNames(pods));
      const { againMs: contestedMs } = await statuses.write(object, observe(object, { ...outcome, facts, trouble, doubt }, deps), context);
      return soonest(troubledMs, doubtedMs, contestedMs);
    },
    forget: (registry) => {
      statuses.forget(registry);
      troubles.forget(registry);
      doubts.forget(registry);
      firstLooks.forget(registry);
    },
  };
}

/** The shortest of these delays; undefined: there is none. */
export function soonest(...waits: readonly (number | undefined)[]): number | undefined {
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
