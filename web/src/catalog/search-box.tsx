import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds without typing after which a search starts. */
const QUIET_MS = 120;
/** Longest question that the API takes (registry-server, MAX_QUESTION and MAX_SEARCH). */
const MAX_LENGTH = 500;

/** The identifier of the box. */
export const SEARCH_BOX = 'search';

/** The search box. Escape clears it. */
export function SearchBox({
  q,
  label,
  change,
}: {
  readonly q: string;
  readonly label: string;
  readonly change: (q: string) => void;
}): JSX.Element {
  const [text, setText] = useState(q);
  const submitted = useRef(q);
  // The address was changed by something else, such as the back button.
  if (q !== submitted.current) {
    submitted.current = q;
    setText(q);
  }
  // The latest place: a filter may have been chosen since the last letter.
  const latest = useRef(change);
  latest.current = change;
  const tell = (next: string): void => {
    if (next === submitted.current) return;
    submitted.current = next;
    latest.current(next);
  };
  useEffect(() => {
    const timer = setTimeout(() => tell(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <form
      role="search"
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        tell(text);
      }}
    >
      <input
        id={SEARCH_BOX}
        type="search"
        name="q"
        aria-label={label}
        placeholder={`${label} …`}
        maxLength={MAX_LENGTH}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText('');
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
