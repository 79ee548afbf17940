import type { JSX } from 'preact';
import { Plain } from './plain.tsx';

/** The tone of a badge. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** Maximum length of its text, which may come from the catalog. */
const MAX_LENGTH = 60;

/** A word or two about something. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: string }): JSX.Element {
  return (
    <span class={`badge ${tone}`}>
      <Plain text={children} most={MAX_LENGTH} />
    </span>
  );
}
