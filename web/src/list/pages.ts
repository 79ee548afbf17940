import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asApiError, retryLater, type ApiError } from '../api/request.ts';

/** One page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total?: number;
  readonly next?: string;
}

/** Pages of a list that were read so far. */
export interface Pages<T> {
  /** Undefined: none yet. While the first page of another list is on its way, what was there stays. */
  readonly items: readonly T[] | undefined;
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly error: ApiError | undefined;
  readonly more: () => void;
  readonly again: () => void;
}

interface State<T> {
  readonly items: readonly T[] | undefined;
  readonly total: number | undefined;
  readonly next: string | undefined;
  readonly loading: boolean;
  readonly error: ApiError | undefined;
}

/** Lists that were read, by their keys: whoever comes back from an entry finds the list as it was. */
export type KeptLists = Map<string, unknown>;

/** Lists that are kept. */
const MAX_KEPT = 5;

/** Reads a list page by page, from the beginning when `key` is another one. */
export function usePages<T>(
  key: string,
  kept: KeptLists,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [state, setState] = useState<State<T>>(() => (kept.get(key) as State<T> | undefined) ?? EMPTY);
  const [turn, setTurn] = useState(0);
  const running = useRef<AbortController | undefined>(undefined);
  const latest = useRef(load);
  latest.current = load;

  const ask = useCallback(
    (cursor: string | undefined, before: readonly T[]): (() => void) => {
      running.current?.abort();
      const stop = new AbortController();
      running.current = stop;
      let endRetry = (): void => undefined;
      setState((state) => ({ ...state, loading: true }));
      latest.current(cursor, stop.signal).then(
        ({ items, total, next }) => {
          if (stop.signal.aborted) return;
          const found: State<T> = { items: [...before, ...items], total, next, loading: false, error: undefined };
          keep(kept, key, found);
          setState(found);
        },
        (cause: unknown) => {
          if (stop.signal.aborted) return;
          const error = asApiError(cause);
          setState((state) => ({ ...state, loading: false, error }));
          endRetry = retryLater(error, () => setTurn((count) => count + 1));
        },
      );
      return () => {
        stop.abort();
        endRetry();
      };
    },
    [key, kept],
  );

  useEffect(() => {
    const known = turn === 0 ? (kept.get(key) as State<T> | undefined) : undefined;
    if (known === undefined) return ask(undefined, []);
    setState(known);
    return undefined;
  }, [ask, turn]);

  return {
    items: state.items,
    total: state.total,
    hasMore: state.next !== undefined,
    loading: state.loading,
    error: state.error,
    more: () => {
      if (!state.loading && state.next !== undefined) ask(state.next, state.items ?? []);
    },
    again: () => setTurn((count) => count + 1),
  };
}

const EMPTY = { items: undefined, total: undefined, next: undefined, loading: true, error: undefined } as const;

function keep(kept: KeptLists, key: string, state: unknown): void {
  kept.delete(key);
  kept.set(key, state);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
}
