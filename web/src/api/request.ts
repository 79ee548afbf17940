import { isObject, own } from '@toolhive-registry/catalog/entry';

/** Why the registry gave no answer that can be used. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status; undefined: there was no answer at all. */
  readonly status: number | undefined;
  /** It may pass by itself: the registry was not reached, or has no catalog yet. */
  readonly mayPass: boolean;

  constructor(message: string, { status, mayPass = status === 503 }: { readonly status?: number; readonly mayPass?: boolean } = {}) {
    super(message);
    this.status = status;
    this.mayPass = mayPass;
  }
}

/** Any failure as one that can be shown. */
export function asApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError(cause instanceof Error ? cause.message : String(cause));
}

/** Milliseconds until a question is asked again that failed for a reason that may pass by itself: at first, and at most. */
const RETRY_MS = { first: 2_000, most: 30_000 } as const;

/**
 * Calls back in a while where a registry has no catalog yet or does not answer, later each time, and not while nobody looks at the page. The result takes
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

/** Fields that an answer has to have: the page reads on as if it came from this registry, and something between them may answer instead. */
export type Shape = Readonly<Record<string, 'object' | 'objects' | 'text'>>;

function hasForm(value: unknown, field: string, form: Shape[string] | undefined): boolean {
  const found = isObject(value) ? own(value, field) : undefined;
  if (form === 'text') return typeof found === 'string';
  return form === 'objects' ? Array.isArray(found) && found.every(isObject) : isObject(found);
}

/** Asks the registry for JSON at a path without a slash before it: the page may be served below any path. Throws {@link ApiError}. */
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

/** What the registry says of an error, or what stands between it and the page. */
async function reasonOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { detail, error } = JSON.parse(text) as { readonly detail?: unknown; readonly error?: unknown };
    if (typeof detail === 'string' && detail !== '') return sentence(detail);
    if (typeof error === 'string' && error !== '') return sentence(error);
  } catch {
    // Not the registry's own answer.
  }
  return `The registry answers with ${response.status}${response.statusText === '' ? '' : ` ${response.statusText}`}.`;
}

function sentence(text: string): string {
  const end = /[.!?]$/.test(text) ? '' : '.';
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${end}`;
}
