import type { JsonObject } from '../../json.ts';

/** What a server of a client's configuration runs or connects to. */
export interface Found {
  readonly package?: JsonObject;
  readonly remote?: JsonObject;
  /** The pinned version, if any. */
  readonly version?: string | undefined;
  /** In a few words. */
  readonly what: string;
  /** What was left out because it may be secret, as a phrase. */
  readonly dropped: readonly string[];
}

/** Why it cannot be converted. */
export interface Problem {
  readonly problem: string;
}
