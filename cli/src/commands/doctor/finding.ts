/** How something is: `unknown` where it could not be looked at. */
export type State = 'ok' | 'warning' | 'problem' | 'unknown';

/** What a check says of one thing. */
export interface Finding {
  /** The check, or what of a thing was checked, in a word or two. */
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

/** It works, and somebody ought to know. */
export function warning(check: string, sentence: string, remedy: string): Finding {
  return { check, state: 'warning', sentence, remedy };
}

/** It does not work. */
export function problem(check: string, sentence: string, remedy: string): Finding {
  return { check, state: 'problem', sentence, remedy };
}

/** Something that was to be looked at: it was seen, or there is a reason why not. */
export type Seen<T> = { readonly is: 'seen'; readonly value: T } | Unseen;

/** Something that could not be looked at. */
export interface Unseen {
  readonly is: 'unseen';
  /** As a sentence without its first words: `you may not list pods in namespace prod`. */
  readonly why: string;
  /** The permission that is missing; absent: it is not that. */
  readonly permission?: string;
  /** The API server failed to answer, and this is what to do about it. */
  readonly remedy?: string | undefined;
}

/** What was seen. */
export function seen<T>(value: T): Seen<T> {
  return { is: 'seen', value };
}

/** Nobody knows, and why: a problem where the API server failed to answer. */
export function unknown(check: string, { why, permission, remedy }: Unseen): Finding {
  if (remedy !== undefined) return problem(check, why, remedy);
  const told = { check, state: 'unknown', sentence: why } as const;
  return permission === undefined ? told : { ...told, remedy: `ask an administrator for permission to ${permission}` };
}
