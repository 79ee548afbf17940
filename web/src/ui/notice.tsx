import type { ComponentChildren, JSX } from 'preact';
import type { ApiError } from '../api/request.ts';

/** Something that has to be known, in place of what is not there or above it. */
export function Notice({
  title,
  tone = 'plain',
  heading = false,
  children,
}: {
  readonly title: string;
  readonly tone?: 'plain' | 'bad';
  /** It stands for the whole view. */
  readonly heading?: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {heading ? <h1>{title}</h1> : <strong>{title}</strong>}
      {children}
    </div>
  );
}

/** An answer that did not come. */
export function Failed({ error, again }: { readonly error: ApiError; readonly again: () => void }): JSX.Element {
  const isStarting = error.status === 503;
  return (
    <Notice title={isStarting ? 'The registry has no catalog yet' : 'This cannot be shown'} tone={isStarting ? 'plain' : 'bad'}>
      <p>{error.message}</p>
      <button type="button" onClick={again}>
        Try again
      </button>
    </Notice>
  );
}

/** Something is on its way. */
export function Waiting({ what }: { readonly what: string }): JSX.Element {
  return (
    <p class="waiting" role="status">
      Loading {what} …
    </p>
  );
}
