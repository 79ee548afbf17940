import { useCallback, useEffect, useState } from 'preact/hooks';
import { asApiError, retryLater, type ApiError } from './request.ts';

/** Something that is asked for. While it is asked for again, what was known stays. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  /** Asks again. */
  readonly again: () => void;
}

/** Asks for something when `key` is another one. Questions that nobody waits for any more are given up; a registry that is not ready is asked again. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'again'>>({ value: undefined, error: undefined, loading: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    let endRetry = (): void => undefined;
    setState((before) => ({ ...before, loading: true }));
    load(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setState({ value, error: undefined, loading: false });
      },
      (cause: unknown) => {
        if (stop.signal.aborted) return;
        const error = asApiError(cause);
        setState((before) => ({ ...before, error, loading: false }));
        endRetry = retryLater(error, () => setTurn((count) => count + 1));
      },
    );
    return () => {
      stop.abort();
      endRetry();
    };
  }, [key, turn]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  return { value: state.value, error: state.error, loading: state.loading, again };
}
