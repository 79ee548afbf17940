import { plainText } from './hidden.ts';
import { ASK_PUBLISHER, type Refusal } from './reading.ts';
import type { Target, UnusableTarget } from './target.ts';

/** A package or remote of an entry, and why it cannot be used, if so. */
export interface Considered {
  readonly target: Target | UnusableTarget;
  readonly refusal?: Refusal;
}

/** A package or remote to choose from. */
export interface TargetChoice {
  /** Its place in the entry: `packages/0`, `remotes/1`. */
  readonly id: string;
  /** A description. */
  readonly about: string;
}

/** Why none of them can be used, or not the chosen one. The reason is that of the first. */
export function unavailableBecause(all: readonly Considered[], wanted: string | undefined): Refusal {
  const relevant = wanted === undefined ? all : all.filter(({ target }) => target.id === wanted);
  const refused = relevant.flatMap(({ target, refusal }) => (refusal === undefined ? [] : [{ target, refusal }]));
  const [first] = refused;
  if (first !== undefined) {
    const message = refused.map(({ target, refusal }) => sentence(target.about, refusal.message)).join(' ');
    return { reason: first.refusal.reason, message, remedy: first.refusal.remedy };
  }
  if (wanted === undefined) {
    const message = 'The entry has neither packages nor remotes: it does not say how its server is run or reached.';
    return { reason: 'nothing', message, remedy: ASK_PUBLISHER };
  }
  const ids = all.map(({ target }) => target.id).join(', ');
  const message = `The entry has no ${JSON.stringify(plainText(wanted, 60))}${ids === '' ? '' : `; it has ${ids}`}.`;
  return { reason: 'nothing', message, remedy: 'Name one that it has.' };
}

function sentence(about: string, message: string): string {
  const subject = upperFirst(about);
  return message.startsWith(subject) ? `${message}.` : `${subject}: ${message}.`;
}

/** Capitalizes the beginning of a sentence. */
export function upperFirst(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
