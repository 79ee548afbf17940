import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds that the button shows the result. */
const SAID_MS = 3_000;
/** Labels of the button; `selected` if the browser does not let the page copy. */
const WORDS = { ready: 'Copy', copied: 'Copied', selected: 'Selected: press Ctrl+C or ⌘C' } as const;

/** A text to be pasted elsewhere, with a button that copies it. */
export function Copyable({
  text,
  label,
}: {
  readonly text: string;
  /** What it is, for screen readers. */ readonly label: string;
}): JSX.Element {
  const [said, setSaid] = useState<keyof typeof WORDS>('ready');
  const shown = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (said === 'ready') return undefined;
    const timer = setTimeout(() => setSaid('ready'), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    // Only pages over https, or on localhost, may write to the clipboard.
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
      <button type="button" class="copy" onClick={copy}>
        {WORDS[said]}
        <span class="unseen"> {label}</span>
      </button>
      <span class="unseen" aria-live="polite">
        {said === 'ready' ? '' : WORDS[said]}
      </span>
    </div>
  );
}
