import { isRecord } from '../objects.ts';

/** What the API server says went wrong, from a `Status` body (meta/v1 Status in the Kubernetes API reference). */
export interface ApiErrorInit {
  /** HTTP status, or the code within a watch's ERROR event. */
  readonly status: number;
  /** Machine-readable cause such as `NotFound`, `Conflict`, `Expired`. */
  readonly reason: string;
  readonly message: string;
  readonly details?: Record<string, unknown> | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** What was asked, such as `GET /api/v1/pods`. */
  readonly request: string;
}

/** The API server answered, and the answer is no. */
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

/** The API server could not be reached, or did not answer in time, or its answer broke off; `cause` tells which. */
export class KubeConnectionError extends Error {
  /** Whether the request surely never reached the server, so that repeating it is safe whatever it was. */
  readonly neverSent: boolean;

  constructor(message: string, options: { cause?: unknown; neverSent?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'KubeConnectionError';
    this.neverSent = options.neverSent ?? false;
  }
}

/** A stream or body that is not what the API promises, such as a line that is not JSON. */
export class KubeDecodeError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'KubeDecodeError';
  }
}

/** Makes the error for an answer from its `Status` body; any other body is quoted, shortened. */
export function apiError(request: string, status: number, body: string, retryAfter?: string): KubeApiError {
  return statusError(request, parseStatus(body) ?? { message: body.trim().slice(0, 300) || 'no body' }, status, retryAfter);
}

/** Makes the error from a `Status` object, as a watch's ERROR event carries it. `status` counts where the object has no code. */
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

/** 409 for a create: there is an object of that name. */
export function isAlreadyExists(error: unknown): boolean {
  return isConflict(error) && (error as KubeApiError).reason === 'AlreadyExists';
}

/** 422: the object as it would be is not valid. */
export function isInvalid(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 422;
}

/** 403: RBAC, admission or quota refuses. */
export function isForbidden(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 403;
}

/** 410: the resourceVersion or continue token is too old; list anew. */
export function isGone(error: unknown): boolean {
  return error instanceof KubeApiError && (error.status === 410 || error.reason === 'Expired' || error.reason === 'Gone');
}

/**
 * The asked resourceVersion is one the server has not reached yet, as after a restore of etcd. client-go knows the answer by the
 * cause `ResourceVersionTooLarge` and, for older servers, by the message.
 */
export function isResourceVersionTooLarge(error: unknown): boolean {
  if (!(error instanceof KubeApiError)) return false;
  const causes = error.details?.['causes'];
  const named = Array.isArray(causes) && causes.some((cause) => isRecord(cause) && cause['reason'] === 'ResourceVersionTooLarge');
  return named || error.message.includes('Too large resource version');
}

/** Nobody answered, or somebody who could not help at the moment: the same request may well succeed later, unchanged. */
export function isOutage(error: unknown): boolean {
  return error instanceof KubeConnectionError || (error instanceof KubeApiError && (error.status >= 500 || error.status === 429));
}
