import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError } from './request.ts';

/** Something that is asked for. While it is asked for again, what was known stays. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  /** Asks again. */
  readonly again: () => void;
}

/** Milliseconds after which a registry that has no catalog yet, or does not answer, is asked again. */
const RETRY_MS = 2_000;

/** Asks for something when `key` is another one. Questions that nobody waits for any more are given up; a registry that is not ready is asked again. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'again'> & { readonly of?: string }>({
    value: undefined,
    error: undefined,
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState((before) => ({ ...before, loading: true }));
    load(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setState({ value, error: undefined, loading: false, of: key });
      },
      (cause: unknown) => {
        if (stop.signal.aborted) return;
        const error = cause instanceof ApiError ? cause : new ApiError(cause instanceof Error ? cause.message : String(cause));
        setState((before) => ({ ...before, error, loading: false }));
        if (error.status === undefined || error.status === 503) timer = setTimeout(() => setTurn((count) => count + 1), RETRY_MS);
      },
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [key, turn]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  return { value: state.value, error: state.error, loading: state.loading, again };
}
