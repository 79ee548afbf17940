import { createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { queryOf, readPlace, type Place } from './place.ts';

/** The current place, and navigation. */
export interface Router {
  readonly place: Place;
  /** The user came here by the back or forward button, and expects the same content. */
  readonly cameBack: boolean;
  /** Navigates. With `replace` the back button skips the current place, such as after each letter of a search. */
  readonly go: (place: Place, how?: { readonly replace?: boolean; /** Does not scroll to the top. */ readonly stay?: boolean }) => void;
}

const RouterContext = createContext<Router | undefined>(undefined);

/** Provides the router to components below. */
export const RouterProvider = RouterContext.Provider;

/** The router of the page. */
export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (router === undefined) throw new Error('there is no router');
  return router;
}

/** The address of a place, relative to the page, so that it works below any path. */
export function addressOf(place: Place): string {
  const query = queryOf(place);
  return query === '' ? './' : query;
}

/** A router for the address of the window. */
export function useWindowRouter(): Router {
  const [{ place, cameBack }, setPlace] = useState(() => ({ place: readPlace(location.search), cameBack: false }));
  useEffect(() => {
    const follow = (): void => setPlace({ place: readPlace(location.search), cameBack: true });
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  return useMemo(
    () => ({
      place,
      cameBack,
      go: (next, { replace = false, stay = replace } = {}) => {
        if (replace) history.replaceState(null, '', addressOf(next));
        else history.pushState(null, '', addressOf(next));
        setPlace({ place: next, cameBack: false });
        if (!stay) scrollTo(0, 0);
      },
    }),
    [place, cameBack],
  );
}
