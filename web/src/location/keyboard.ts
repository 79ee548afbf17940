import { useEffect, useRef } from 'preact/hooks';
import { SEARCH_BOX } from '../catalog/search-box.tsx';
import { WHOLE_CATALOG, type Place } from './place.ts';
import { addressOf, type Router } from './router.ts';

/** `/` goes to the search box from anywhere, and to the catalog where the view has none. */
export function useSearchKey({ go }: Router): void {
  useEffect(() => {
    const jump = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const box = document.getElementById(SEARCH_BOX);
      // At once if it exists: it must get the next keys, however long a frame takes.
      if (box !== null) return box.focus();
      go(WHOLE_CATALOG);
      requestAnimationFrame(() => document.getElementById(SEARCH_BOX)?.focus());
    };
    addEventListener('keydown', jump);
    return () => removeEventListener('keydown', jump);
  }, [go]);
}

/** In a new view, keyboard and screen reader users start at its top; back in a list, at the entry that they came from. */
export function useFocusOnNewView({ place, cameBack }: Router): void {
  const before = useRef<Place | undefined>(undefined);
  useEffect(() => {
    const from = before.current;
    before.current = place;
    // After `/` the focus is already in the search box.
    if (from === undefined || viewOf(from) === viewOf(place) || document.activeElement?.id === SEARCH_BOX) return;
    const entry = cameBack ? document.querySelector<HTMLElement>(`main a[href="${CSS.escape(addressOf(from))}"]`) : null;
    (entry ?? document.getElementById('content'))?.focus({ preventScroll: true });
  }, [place]);
}

function viewOf(place: Place): string {
  return place.view === 'server' ? `server ${place.name}` : place.view;
}
