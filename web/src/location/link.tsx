import type { ComponentChildren, JSX } from 'preact';
import { addressOf, useRouter } from './router.ts';
import type { Place } from './place.ts';

/** A link to a place of the page. */
export function Link({
  to,
  class: name,
  current = false,
  children,
}: {
  readonly to: Place;
  readonly class?: string;
  /** It leads to the current place. */
  readonly current?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { go } = useRouter();
  const follow = (event: MouseEvent): void => {
    // With a modifier key the browser opens another tab or window.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={addressOf(to)} class={name} onClick={follow} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}
