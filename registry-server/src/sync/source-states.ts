import type { Finding } from '@toolhive-registry/catalog';
import type { SourceMemory } from '../store/store.ts';

/** What is known of one source while the server runs. */
export interface SourceState {
  readonly name: string;
  readonly state: 'pending' | 'ok' | 'failed';
  readonly error?: SourceFailure;
  /** What is served from it; absent: nothing yet. */
  readonly memory?: SourceMemory;
  /** Failures since the last success. */
  readonly failures: number;
  /** When it was last asked, milliseconds since 1970; 0: never. */
  readonly lastAttempt: number;
  readonly findings: readonly Finding[];
  /** All of them, where more were found than are kept. */
  readonly findingCount: number;
  /** Entries of the served data that were left out. */
  readonly leftOut: number;
}

/** Why a source failed: a word for conditions and Events, and a sentence for people. */
export interface SourceFailure {
  readonly reason: string;
  readonly message: string;
}

/** What a sync found out about one source. */
export interface SourceResult {
  readonly name: string;
  /** It was asked for its data, and not only built anew from what it had. */
  readonly asked: boolean;
  readonly error?: SourceFailure;
  /** Hash of new data that are served from now on. */
  readonly newHash?: string;
  readonly findings?: readonly Finding[];
  readonly findingCount?: number;
  readonly leftOut?: number;
}

/** The states of all sources of the manifest, in its order. */
export interface SourceStates {
  all(): readonly SourceState[];
  get(name: string): SourceState;
  /** Keeps the states of the named sources and forgets the others. */
  keepOnly(names: readonly string[]): void;
  apply(results: readonly SourceResult[], now: number): void;
}

/** Creates the states from what an earlier run remembered. */
export function createSourceStates(names: readonly string[], remembered: Readonly<Record<string, SourceMemory>>): SourceStates {
  const blank = (name: string): SourceState => ({
    name,
    state: 'pending',
    failures: 0,
    lastAttempt: 0,
    findings: [],
    findingCount: 0,
    leftOut: 0,
  });
  const initial = (name: string): SourceState => {
    const memory = Object.hasOwn(remembered, name) ? remembered[name] : undefined;
    return memory === undefined ? blank(name) : { ...blank(name), state: 'ok', memory };
  };
  let states = new Map(names.map((name) => [name, initial(name)]));
  return {
    all: () => [...states.values()],
    get: (name) => states.get(name) ?? blank(name),
    keepOnly: (kept) => {
      // A source that was taken out has no data any more when it comes back.
      states = new Map(kept.map((name) => [name, states.get(name) ?? blank(name)]));
    },
    apply: (results, now) => {
      for (const result of results) {
        const before = states.get(result.name);
        if (before !== undefined) states.set(result.name, after(before, result, now));
      }
    },
  };
}

function after(before: SourceState, result: SourceResult, now: number): SourceState {
  const found =
    result.findings === undefined
      ? { findings: before.findings, findingCount: before.findingCount, leftOut: before.leftOut }
      : { findings: result.findings, findingCount: result.findingCount ?? result.findings.length, leftOut: result.leftOut ?? 0 };
  const lastAttempt = result.asked ? now : before.lastAttempt;
  if (result.error !== undefined) {
    return { ...before, state: 'failed', error: result.error, failures: before.failures + (result.asked ? 1 : 0), lastAttempt, ...found };
  }
  // Built anew from what it had: whether it can be reached is not known from that.
  if (!result.asked) return { ...before, ...found };
  const { error: _error, ...rest } = before;
  const hash = result.newHash ?? before.memory?.hash;
  if (hash === undefined) return { ...rest, state: 'pending', failures: 0, lastAttempt, ...found };
  return { ...rest, state: 'ok', memory: { hash, lastSuccessTime: new Date(now).toISOString() }, failures: 0, lastAttempt, ...found };
}
