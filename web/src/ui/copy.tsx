import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds that the button says what became of it. */
const SAID_MS = 2_000;

/** A text to be pasted elsewhere, with a button that copies it. */
export function Copyable({
  text,
  label,
}: {
  readonly text: string;
  /** What it is, for screen readers. */ readonly label: string;
}): JSX.Element {
  const [said, setSaid] = useState<'copied' | 'selected'>();
  const shown = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    // Only pages that were reached over https, or on this machine, may write to the clipboard.
    const written = globalThis.isSecureContext ? navigator.clipboard.writeText(text) : Promise.reject(new Error('not allowed'));
    written.then(
      () => setSaid('copied'),
      () => {
        if (shown.current !== null) getSelection()?.selectAllChildren(shown.current);
        setSaid('selected');
      },
    );
  };
  return (
    <div class="copyable">
      <pre ref={shown} tabIndex={0} aria-label={label} dir="ltr">
        {text}
      </pre>
      <button type="button" class="copy" onClick={copy} aria-label={`Copy ${label}`}>
        {said === undefined ? 'Copy' : said === 'copied' ? 'Copied' : 'Selected: press Ctrl+C'}
      </button>
      <span class="unseen" aria-live="polite">
        {said === 'copied' ? 'Copied' : ''}
      </span>
    </div>
  );
}
