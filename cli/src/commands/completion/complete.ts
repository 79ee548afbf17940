import { offerFor, type Offer } from '../../program/completion.ts';
import type { Completed } from '../../program/flag.ts';
import type { CommandSet } from '../../program/tree.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';

/** Milliseconds for names that only a cluster or a registry knows: whoever types does not wait longer. */
const PATIENCE_MS = 2_000;

/**
 * Answers a shell: words that fit, each with what it is for behind a tab, and in the last line `:0` where names of files fit too, `:4` where not, `:6` where
 * no space is to follow either. Never
 * fails: a shell has nowhere to show an error.
 */
export async function complete(all: CommandSet, typed: readonly string[], session: Session): Promise<string> {
  const offer = offerFor(all, typed);
  const names = await namesFor(offer.also, typed, session).catch(() => []);
  const words = [...offer.words, ...names.filter((word) => word.startsWith(typed.at(-1) ?? '')).map((word) => ({ word, about: '' }))];
  const lines = words.map(({ word, about }) => `${printable(word)}${about === '' ? '' : `\t${about}`}\n`);
  // Behind a name that goes on there is no space.
  const goesOn = words.length > 0 && words.every(({ word }) => word.endsWith('/'));
  return `${lines.join('')}${goesOn ? ':6' : directive(offer)}\n`;
}

function directive({ also }: Offer): string {
  return also === 'file' ? ':0' : ':4';
}

async function namesFor(also: Completed | undefined, typed: readonly string[], session: Session): Promise<readonly string[]> {
  if (also === undefined || also === 'file') return [];
  const { known } = await import('./known-names.ts');
  return known(also, typed, { ...session, signal: AbortSignal.any([session.signal, AbortSignal.timeout(PATIENCE_MS)]) });
}
