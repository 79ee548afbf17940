import { KubeApiError } from '../client/errors.ts';

/** Why we ended a watch ourselves. */
export class WatchAbandoned extends Error {
  /** The server sends initial objects without ever marking their end. */
  readonly isEndless: boolean;

  constructor(message: string, isEndless: boolean) {
    super(message);
    this.isEndless = isEndless;
  }
}

/** The server does not accept the request itself. */
export function isRefusal(error: unknown): boolean {
  return error instanceof KubeApiError && (error.status === 400 || error.status === 422);
}

/** The server wants fewer requests. */
export function isBusy(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 429;
}

/** The kind's gate is closed. */
export class GateClosed extends Error {}

/** The gate could not decide whether it is open; see `cause`. Whatever that was, it is not an answer to a list or a watch. */
export class GateFailed extends Error {}
