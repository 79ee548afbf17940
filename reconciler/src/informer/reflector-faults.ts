import { KubeApiError } from '../client/errors.ts';

/** Why we ended a watch ourselves. */
export class WatchAbandoned extends Error {
  /** The server began with all objects and did not come to their end. */
  readonly isEndless: boolean;

  constructor(message: string, isEndless: boolean) {
    super(message);
    this.isEndless = isEndless;
  }
}

/** The request itself is what the server does not take. */
export function isRefusal(error: unknown): boolean {
  return error instanceof KubeApiError && (error.status === 400 || error.status === 422);
}

/** The server is there and wants to be asked less. */
export function isBusy(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 429;
}

/** The kind's gate is closed. */
export class GateClosed extends Error {}

/** The kind's gate could not say whether it is open; `cause` tells why. Whatever that was, it is no answer to a list or a watch. */
export class GateFailed extends Error {}
