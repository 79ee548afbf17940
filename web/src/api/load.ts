import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asApiError, retryLater, type ApiError } from './request.ts';

/** The state of a request. */
export interface Loaded<T> {
  /** The previous value stays during a reload. */
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  /** Asks again. */
  readonly again: () => void;
}

interface State<T> {
  /** The key of the value or error. */
  readonly of: string;
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
}

/**
 * Loads something when `key` changes. Outdated requests are aborted; one that fails for a temporary reason is
 * again.
 *
 * @param options `keep`: the value of the previous key stays until the answer arrives, for values that are not wrong next to a new key
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { keep = false }: { readonly keep?: boolean } = {},
): Loaded<T> {
  const [state, setState] = useState<State<T>>({ of: key, value: undefined, error: undefined });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const stop = new AbortController();
    let endRetry = (): void => undefined;
    const ask = (attempt: number): void => {
      latest.current(stop.signal).then(
        (value) => {
          if (!stop.signal.aborted) setState({ of: key, value, error: undefined });
        },
        (cause: unknown) => {
          if (stop.signal.aborted) return;
          const error = asApiError(cause);
          setState((before) => ({ of: key, value: before.of === key ? before.value : undefined, error }));
          endRetry = retryLater(error, attempt, () => ask(attempt + 1));
        },
      );
    };
    ask(0);
    return () => {
      stop.abort();
      endRetry();
    };
  }, [key, turn]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  const isOfKey = state.of === key;
  return { value: isOfKey || keep ? state.value : undefined, error: isOfKey ? state.error : undefined, again };
}
