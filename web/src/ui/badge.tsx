import type { ComponentChildren, JSX } from 'preact';

/** What a badge says, beside its words. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** A word or two about something. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ComponentChildren }): JSX.Element {
  return <span class={`badge ${tone}`}>{children}</span>;
}
