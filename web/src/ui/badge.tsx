import type { JSX } from 'preact';
import { Plain } from './plain.tsx';

/** What a badge says, beside its words. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** Longest text of one: it may be of the catalog. */
const MAX_LENGTH = 60;

/** A word or two about something. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: string }): JSX.Element {
  return (
    <span class={`badge ${tone}`}>
      <Plain text={children} most={MAX_LENGTH} />
    </span>
  );
}
