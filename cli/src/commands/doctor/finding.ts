/** The result of a check: `unknown` if it could not be performed. */
export type State = 'ok' | 'warning' | 'problem' | 'unknown';

/** The result of one check. */
export interface Finding {
  /** The check in a word or two. */
  readonly check: string;
  readonly state: State;
  readonly sentence: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** What was found about one thing. */
export interface Section {
  /** Such as `CRDs`, or `Registry prod/team`. */
  readonly about: string;
  readonly findings: readonly Finding[];
}

/** It is as it should be. */
export function ok(check: string, sentence: string): Finding {
  return { check, state: 'ok', sentence };
}

/** It works, and someone ought to know. */
export function warning(check: string, sentence: string, remedy: string): Finding {
  return { check, state: 'warning', sentence, remedy };
}

/** It does not work. */
export function problem(check: string, sentence: string, remedy: string): Finding {
  return { check, state: 'problem', sentence, remedy };
}

/** An observation: a value, or the reason why there is none. */
export type Seen<T> = { readonly is: 'seen'; readonly value: T } | Unseen;

/** Something that could not be looked at. */
export interface Unseen {
  readonly is: 'unseen';
  /** As a sentence without its first words: `you may not list pods in namespace prod`. */
  readonly why: string;
  /** The missing permission; absent: the reason is another one. */
  readonly permission?: string;
  /** The API server failed to answer, and this is what to do about it. */
  readonly remedy?: string | undefined;
}

/** What was seen. */
export function seen<T>(value: T): Seen<T> {
  return { is: 'seen', value };
}

/** The result is unknown, and why: a problem if the API server failed to answer. */
export function unknown(check: string, { why, permission, remedy }: Unseen): Finding {
  if (remedy !== undefined) return problem(check, why, remedy);
  const unknownFinding = { check, state: 'unknown', sentence: why } as const;
  return permission === undefined ? unknownFinding : { ...unknownFinding, remedy: `ask an administrator for permission to ${permission}` };
}
