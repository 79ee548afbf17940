import { isWrite, type Call } from './call.ts';
import type { Verdict } from './proxy.ts';

/** Something that happens to one call of a controller. */
export interface Interruption {
  readonly name: string;
  /** The calls to which it can happen. */
  readonly concerns: (call: Call) => boolean;
  /** What happens to the call. `dies` kills the controller. */
  readonly verdict: (dies: () => void) => Verdict;
  /** It kills the controller: nothing more of it gets through. */
  readonly isDeadly: boolean;
}

/** Kills the controller right before and right after a write. */
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
  // Watches have their own suites, and these suites do not use Leases.
  return { name, concerns: ({ verb, resource }) => verb !== 'watch' && resource !== 'leases', isDeadly: false, verdict: () => verdict };
}

/** A call fails, or is carried out without an answer. */
export const FAILURES: readonly Interruption[] = [
  failure('409 for', { kind: 'answer', status: 409 }),
  failure('429 for', { kind: 'answer', status: 429, retryAfterSeconds: 1 }),
  failure('500 for', { kind: 'answer', status: 500 }),
  failure('504 after', { kind: 'answer after', status: 504 }),
  failure('connection lost before', { kind: 'cut' }),
  failure('connection lost after', { kind: 'cut after' }),
];
