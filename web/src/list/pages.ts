import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { asApiError, retryLater, type ApiError } from '../api/request.ts';
import { useRouter } from '../location/router.ts';
import { emptyList, listAfter, type ListEvent, type ListState, type Page } from './state.ts';

export type { Page } from './state.ts';

/** A list that is read page by page. */
export interface Pages<T> {
  /** Undefined: none yet. While the first page of another list is on its way, what was there stays. */
  readonly items: readonly T[] | undefined;
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly error: ApiError | undefined;
  /** Asks for the next page. Nothing happens while one is on its way, and after one that failed. */
  readonly more: () => void;
  /** Asks for the page that failed. */
  readonly again: () => void;
}

/** Loaded lists by their keys, so that going back from an entry shows the list as it was. */
export type KeptLists = Map<string, unknown>;

/** Lists that are kept. */
const MAX_KEPT = 5;

/**
 * Reads a list page by page, from the beginning when `key` changes. A page that fails for a temporary reason is requested again, and earlier
 * pages stay.
 *
 * @param kept cache for going back; undefined: the list is not kept
 */
export function usePages<T>(
  key: string,
  kept: KeptLists | undefined,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const { cameBack } = useRouter();
  const [state, dispatch] = useReducer<ListState<T>, ListEvent<T> | ListState<T>>(
    (before, event) => ('kind' in event ? listAfter(before, event) : event),
    keptList<T>(kept, key, cameBack) ?? emptyList<T>(key),
  );
  const latest = useRef({ load, state });
  latest.current = { load, state };
  /** Aborts the current request. */
  const giveUp = useRef((): void => undefined);

  const ask = useCallback(
    (after: string | undefined, attempt = 0): void => {
      giveUp.current();
      const stop = new AbortController();
      let endRetry = (): void => undefined;
      giveUp.current = () => {
        stop.abort();
        endRetry();
      };
      dispatch({ kind: 'asked' });
      latest.current.load(after, stop.signal).then(
        (page) => {
          if (!stop.signal.aborted) dispatch({ kind: 'came', of: key, after, page });
        },
        (cause: unknown) => {
          if (stop.signal.aborted) return;
          const error = asApiError(cause);
          dispatch({ kind: 'failed', of: key, error });
          endRetry = retryLater(error, attempt, () => ask(after, attempt + 1));
        },
      );
    },
    [key],
  );

  useEffect(() => {
    const known = keptList<T>(kept, key, cameBack);
    if (known === undefined) ask(undefined);
    else dispatch(known);
    return () => giveUp.current();
  }, [ask]);
  useEffect(() => {
    if (kept !== undefined && state.of === key && state.items !== undefined && !state.loading) keep(kept, key, state);
  }, [state]);

  return {
    items: state.items,
    total: state.total,
    hasMore: state.next !== undefined,
    loading: state.loading,
    error: state.error,
    more: () => {
      const { loading, next, error } = latest.current.state;
      if (!loading && next !== undefined && error === undefined) ask(next);
    },
    again: () => ask(latest.current.state.next),
  };
}

function keptList<T>(kept: KeptLists | undefined, key: string, cameBack: boolean): ListState<T> | undefined {
  return cameBack ? (kept?.get(key) as ListState<T> | undefined) : undefined;
}

function keep(kept: KeptLists, key: string, state: unknown): void {
  kept.delete(key);
  kept.set(key, state);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
}
