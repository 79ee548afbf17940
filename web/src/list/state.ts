import type { ApiError } from '../api/request.ts';

/** One page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total?: number;
  readonly next?: string;
}

/** The loaded part of a list. */
export interface ListState<T> {
  /** The list. While another one is on its way, what was there stays. */
  readonly of: string;
  /** Undefined: nothing was read yet. */
  readonly items: readonly T[] | undefined;
  readonly total: number | undefined;
  /** Where the next page begins; undefined: all was read. */
  readonly next: string | undefined;
  readonly loading: boolean;
  /** Why the last requested page failed. */
  readonly error: ApiError | undefined;
}

/** Something that happens to a list. `after` is the start of the page; undefined: the first page. */
export type ListEvent<T> =
  | { readonly kind: 'asked' }
  | { readonly kind: 'came'; readonly of: string; readonly after: string | undefined; readonly page: Page<T> }
  | { readonly kind: 'failed'; readonly of: string; readonly error: ApiError };

/** A list before its first page. */
export function emptyList<T>(of: string): ListState<T> {
  return { of, items: undefined, total: undefined, next: undefined, loading: true, error: undefined };
}

/** The reducer of a list. A first page replaces everything; a later one is appended. */
export function listAfter<T>(state: ListState<T>, event: ListEvent<T>): ListState<T> {
  switch (event.kind) {
    case 'asked':
      return { ...state, loading: true, error: undefined };
    case 'failed':
      return { ...(state.of === event.of ? state : emptyList<T>(event.of)), loading: false, error: event.error };
    case 'came': {
      const { of, after, page } = event;
      const before = after === undefined ? [] : (state.items ?? []);
      return { of, items: [...before, ...page.items], total: page.total, next: page.next, loading: false, error: undefined };
    }
  }
  return state;
}
