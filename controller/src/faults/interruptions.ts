import { isWrite, type Call } from './call.ts';
import type { Verdict } from './proxy.ts';

/** Something that happens to one call of a controller. */
export interface Interruption {
  readonly name: string;
  /** The calls that it can happen to. */
  readonly concerns: (call: Call) => boolean;
  /** What becomes of the call. `dies` ends the controller. */
  readonly verdict: (dies: () => void) => Verdict;
  /** The controller is killed by it: nothing more of it gets through. */
  readonly isDeadly: boolean;
}

/** A controller is killed right before and right after a write. */
export const KILLS: readonly Interruption[] = [
  {
    name: 'killed before',
    concerns: isWrite,
    isDeadly: true,
    verdict: (dies) => {
      dies();
      return { kind: 'hang' };
    },
  },
  { name: 'killed after', concerns: isWrite, isDeadly: true, verdict: (carriedOut) => ({ kind: 'cut after', carriedOut }) },
];

function failure(name: string, verdict: Verdict): Interruption {
  // Watches have suites of their own, and a Lease is nobody's in these.
  return { name, concerns: ({ verb, resource }) => verb !== 'watch' && resource !== 'leases', isDeadly: false, verdict: () => verdict };
}

/** A call fails, or is carried out and nobody hears of it. */
export const FAILURES: readonly Interruption[] = [
  failure('409 for', { kind: 'answer', status: 409 }),
  failure('429 for', { kind: 'answer', status: 429, retryAfterSeconds: 1 }),
  failure('500 for', { kind: 'answer', status: 500 }),
  failure('504 after', { kind: 'answer after', status: 504 }),
  failure('connection lost before', { kind: 'cut' }),
  failure('connection lost after', { kind: 'cut after' }),
];
