import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asApiError, retryLater, type ApiError } from './request.ts';

/** Something that is asked for. */
export interface Loaded<T> {
  /** While it is asked for again, what was known stays. */
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  /** Asks again. */
  readonly again: () => void;
}

interface State<T> {
  /** What the value or error is of. */
  readonly of: string;
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
}

/**
 * Asks for something when `key` is another one. Questions that nobody waits for any more are given up; one that fails for a reason that may pass is asked
 * again.
 *
 * @param options `keep`: what another key had stays until the answer is there, for what is not wrong beside something else
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
