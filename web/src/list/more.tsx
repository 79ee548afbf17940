import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Loads the next page when the end comes near the window, or when the button is pressed. */
export function More({
  loading,
  more,
  text,
}: {
  readonly loading: boolean;
  readonly more: () => void;
  readonly text: string;
}): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(more);
  latest.current = more;
  useEffect(() => {
    if (button.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
      },
      { rootMargin: '600px' },
    );
    observer.observe(button.current);
    return () => observer.disconnect();
    // Observed again after each page: if the window is still not full, no other event would occur.
  }, [loading]);
  return (
    <button type="button" class="more" disabled={loading} ref={button} onClick={more}>
      {loading ? 'Loading …' : text}
    </button>
  );
}
