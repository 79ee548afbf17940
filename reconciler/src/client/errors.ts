import { isRecord } from '../objects.ts';

/** An error as reported by the API server in a `Status` body (meta/v1 Status in the Kubernetes API reference). */
export interface ApiErrorInit {
  /** HTTP status, or the code within a watch's ERROR event. */
  readonly status: number;
  /** Machine-readable cause such as `NotFound`, `Conflict`, `Expired`. */
  readonly reason: string;
  readonly message: string;
  readonly details?: Record<string, unknown> | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The request, such as `GET /api/v1/pods`. */
  readonly request: string;
}

/** The API server answered with an error. */
export class KubeApiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly request: string;

  constructor(init: ApiErrorInit) {
    super(`${init.request}: ${init.message} (${[init.status, init.reason].filter(Boolean).join(' ')})`);
    this.name = 'KubeApiError';
    this.status = init.status;
    this.reason = init.reason;
    this.details = init.details;
    this.retryAfterSeconds = init.retryAfterSeconds;
    this.request = init.request;
  }
}

/** The API server could not be reached, did not answer in time, or its answer broke off; see `cause`. */
export class KubeConnectionError extends Error {
  /** Whether the request certainly never reached the server, so that any request is safe to repeat. */
  readonly neverSent: boolean;

  constructor(message: string, options: { cause?: unknown; neverSent?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'KubeConnectionError';
    this.neverSent = options.neverSent ?? false;
  }
}

/** A stream or body that violates the API, such as a line that is not JSON. */
export class KubeDecodeError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'KubeDecodeError';
  }
}

/** Creates the error for an answer from its `Status` body; any other body is quoted, shortened. */
export function apiError(request: string, status: number, body: string, retryAfter?: string): KubeApiError {
  return statusError(request, parseStatus(body) ?? { message: body.trim().slice(0, 300) || 'no body' }, status, retryAfter);
}

/** Creates the error from a `Status` object, such as that of a watch's ERROR event. `status` is used if the object has no code. */
export function statusError(request: string, object: Record<string, unknown>, status: number, retryAfter?: string): KubeApiError {
  const details = isRecord(object['details']) ? object['details'] : undefined;
  const seconds = Number(retryAfter ?? details?.['retryAfterSeconds'] ?? Number.NaN);
  return new KubeApiError({
    request,
    status: typeof object['code'] === 'number' ? object['code'] : status,
    reason: typeof object['reason'] === 'string' ? object['reason'] : '',
    message: typeof object['message'] === 'string' && object['message'] !== '' ? object['message'] : 'the API server gave no message',
    details,
    retryAfterSeconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined,
  });
}

function parseStatus(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && value['kind'] === 'Status' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** 404: no such object, or no such kind. */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 404;
}

/** 409: the object changed meanwhile, exists already, or another manager owns the field. */
export function isConflict(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 409;
}

/** 409 for a create: an object of that name exists. */
export function isAlreadyExists(error: unknown): boolean {
  return isConflict(error) && (error as KubeApiError).reason === 'AlreadyExists';
}

/** 422: the resulting object is not valid. */
export function isInvalid(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 422;
}

/** 403: RBAC, admission or quota refuses. */
export function isForbidden(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 403;
}

/** 410: the resourceVersion or continue token is too old; list again. */
export function isGone(error: unknown): boolean {
  return error instanceof KubeApiError && (error.status === 410 || error.reason === 'Expired' || error.reason === 'Gone');
}

/**
 * The requested resourceVersion is one that the server has not reached yet, as after a restore of etcd. client-go recognizes the answer by the cause
 * `ResourceVersionTooLarge` and, for older servers, by the message.
 */
export function isResourceVersionTooLarge(error: unknown): boolean {
  if (!(error instanceof KubeApiError)) return false;
  const causes = error.details?.['causes'];
  const named = Array.isArray(causes) && causes.some((cause) => isRecord(cause) && cause['reason'] === 'ResourceVersionTooLarge');
  return named || error.message.includes('Too large resource version');
}

/** No answer, or one from somebody who could not help at the moment: the same request may well succeed later, unchanged. */
export function isOutage(error: unknown): boolean {
  return error instanceof KubeConnectionError || (error instanceof KubeApiError && (error.status >= 500 || error.status === 429));
}
