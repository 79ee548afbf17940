import type { ComponentChildren, JSX } from 'preact';
import type { ApiError } from '../api/request.ts';

/** A notice, above content or in place of missing content. */
export function Notice({
  title,
  tone = 'plain',
  heading = false,
  children,
}: {
  readonly title: string;
  readonly tone?: 'plain' | 'bad';
  /** It replaces the whole view. */
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

/** The answer of a registry that has nothing to serve yet (registry-server, notReady). Others answer 503 as well. */
const NOT_LOADED = /catalog has not been loaded yet/i;

/** A failed request. */
export function Failed({
  error,
  again,
  heading = false,
}: {
  readonly error: ApiError;
  readonly again: () => void;
  readonly heading?: boolean;
}): JSX.Element {
  const isStarting = error.status === 503 && NOT_LOADED.test(error.message);
  return (
    <Notice
      title={isStarting ? 'The registry has no catalog yet' : 'This cannot be shown'}
      tone={isStarting ? 'plain' : 'bad'}
      heading={heading}
    >
      <p>{error.message}</p>
      <button
        type="button"
        onClick={() => {
          // The button goes away with the error.
          document.getElementById('content')?.focus({ preventScroll: true });
          again();
        }}
      >
        Try again
      </button>
    </Notice>
  );
}

/** A loading indicator. */
export function Waiting({ what }: { readonly what: string }): JSX.Element {
  return (
    <p class="waiting" role="status">
      Loading {what} …
    </p>
  );
}
