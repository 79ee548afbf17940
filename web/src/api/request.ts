import { isObject, own } from '@toolhive-registry/catalog/entry';

/** Why there is no usable answer of the registry. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status; undefined: there was no answer at all. */
  readonly status: number | undefined;
  /** Temporary: the registry was not reached, or has no catalog yet. */
  readonly mayPass: boolean;

  constructor(message: string, { status, mayPass = status === 503 }: { readonly status?: number; readonly mayPass?: boolean } = {}) {
    super(message);
    this.status = status;
    this.mayPass = mayPass;
  }
}

/** Converts any failure to one that can be shown. */
export function asApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError(cause instanceof Error ? cause.message : String(cause));
}

/** Delay of retries after a temporary failure in milliseconds: first and maximum. */
const RETRY_MS = { first: 2_000, most: 30_000 } as const;

/**
 * Schedules a retry if a registry has no catalog yet or does not answer, with growing delays, and not while the page is hidden. The result takes
 * that back.
 */
export function retryLater(error: ApiError, attempt: number, again: () => void): () => void {
  if (!error.mayPass) return () => undefined;
  const onSight = (): void => {
    if (document.hidden) document.addEventListener('visibilitychange', onSight, { once: true });
    else again();
  };
  const timer = setTimeout(onSight, Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** attempt));
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onSight);
  };
}

/** Required fields of an answer: something between the page and the registry may answer instead. */
export type Shape = Readonly<Record<string, 'object' | 'objects' | 'text'>>;

function hasForm(value: unknown, field: string, form: Shape[string] | undefined): boolean {
  const found = isObject(value) ? own(value, field) : undefined;
  if (form === 'text') return typeof found === 'string';
  return form === 'objects' ? Array.isArray(found) && found.every(isObject) : isObject(found);
}

/** Requests JSON from the registry at a path without a leading slash: the page may be served below any path. Throws {@link ApiError}. */
export async function getJson<T>(path: string, signal: AbortSignal, shape: Shape = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal, headers: { Accept: 'application/json' } });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError('The registry does not answer. Check the network, and whether the registry is still running.', { mayPass: true });
  }
  if (response.ok) {
    let value: unknown;
    try {
      value = await response.json();
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new ApiError('The answer of the registry is not JSON. Check what is between the registry and this page.');
    }
    const wrong = Object.keys(shape).find((field) => !hasForm(value, field, shape[field]));
    if (wrong === undefined) return value as T;
    throw new ApiError(
      `The answer is not from a registry: "${wrong}" is not what it should be. Check what is between the registry and this page.`,
    );
  }
  throw new ApiError(await reasonOf(response), { status: response.status });
}

/** The error message of the registry, or of something between it and the page. */
async function reasonOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { detail, error } = JSON.parse(text) as { readonly detail?: unknown; readonly error?: unknown };
    if (typeof detail === 'string' && detail !== '') return sentence(detail);
    if (typeof error === 'string' && error !== '') return sentence(error);
  } catch {
    // Not an answer of the registry.
  }
  return `The registry answers with ${response.status}${response.statusText === '' ? '' : ` ${response.statusText}`}.`;
}

function sentence(text: string): string {
  const end = /[.!?]$/.test(text) ? '' : '.';
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${end}`;
}
