import type { JsonObject } from '../../json.ts';

/** What a server of a client's configuration runs or connects to. */
export interface Found {
  readonly package?: JsonObject;
  readonly remote?: JsonObject;
  /** The version that is pinned, if one is. */
  readonly version?: string | undefined;
  /** In a few words. */
  readonly what: string;
  /** What was left out since it may be secret, as a part of a sentence. */
  readonly dropped: readonly string[];
}

/** Why there is no form for it. */
export interface Problem {
  readonly problem: string;
}
