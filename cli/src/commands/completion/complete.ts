import { offerFor, type Offer } from '../../program/completion.ts';
import type { Completed } from '../../program/flag.ts';
import type { CommandSet } from '../../program/tree.ts';
import type { Session } from '../../terminal/session.ts';

/**
 * Names without special characters in any shell, so that a shell may insert them unquoted: bash does not quote what it is offered. Any other name is
 * left out, for it comes from a catalog or a cluster: `a;touch${IFS}x` would be run. Names of the official schema and of Kubernetes all fit.
 */
const PLAIN_NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._/:@%+,=-]*$/u;

/** Time limit in milliseconds for names that only a cluster or a registry knows: people who type do not wait longer. */
const PATIENCE_MS = 2_000;

/**
 * Answers a shell: words that fit, each with what it is for after a tab, and in the last line `:0` where names of files fit too, `:4` where not, `:6` where
 * no space is to follow either. Never fails: a shell has nowhere to show an error.
 */
export async function complete(all: CommandSet, typed: readonly string[], session: Session): Promise<string> {
  const offer = offerFor(all, typed);
  const names = await namesFor(offer.also, typed, session).catch(() => []);
  const words = [...offer.words, ...offered(names, typed.at(-1) ?? '')];
  const lines = words.map(({ word, about }) => `${word}${about === '' ? '' : `\t${about}`}\n`);
  // After a name that can be continued there is no space.
  const goesOn = words.length > 0 && words.every(({ word }) => /[/=]$/.test(word));
  return `${lines.join('')}${goesOn ? ':6' : directive(offer)}\n`;
}

/** Names for what is typed; behind `--flag=` they have that before them. */
function offered(names: readonly string[], current: string): { readonly word: string; readonly about: string }[] {
  const prefix = /^-[a-zA-Z-]+=/.exec(current)?.[0] ?? '';
  return names
    .filter((name) => PLAIN_NAME.test(name) && name.startsWith(current.slice(prefix.length)))
    .map((name) => ({ word: `${prefix}${name}`, about: '' }));
}

function directive({ also }: Offer): string {
  return also === 'file' ? ':0' : ':4';
}

async function namesFor(also: Completed | undefined, typed: readonly string[], session: Session): Promise<readonly string[]> {
  if (also === undefined || also === 'file') return [];
  const { knownNames } = await import('./known-names.ts');
  return knownNames(also, typed, { ...session, signal: AbortSignal.any([session.signal, AbortSignal.timeout(PATIENCE_MS)]) });
}
