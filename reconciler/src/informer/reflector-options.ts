import type { ApiClient, ListOptions } from '../client/api-client.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';

/** Returns whether a kind counts as present; a string: it does, in this version of its group. */
export type Gate = (signal: AbortSignal) => Promise<boolean | string>;

/** What has happened to an informer so far; for metrics and tests. */
export interface InformerStats {
  lists: number;
  /** Lists that came as the beginning of a watch. */
  watchLists: number;
  watches: number;
  events: number;
  bookmarks: number;
  /** Events that were repetitions, or older than what had arrived: they are ignored. */
  repeats: number;
  errors: number;
  /** Lists made because the server no longer knew our resourceVersion. */
  relists: number;
  /** Watches given up because nothing arrived. */
  silences: number;
}

/** Where a reflector delivers what it learns. */
export interface ReflectorTarget<T extends KubeObject> {
  /** Reduces an object to what is kept of it, as soon as it arrives, so that initial events are not held in full. The original is not used afterwards. */
  prepare(object: T): T;
  /** A complete list: what is not in it is deleted. */
  replace(items: readonly T[]): void;
  apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: T): void;
  /** The kind does not exist on the server (only with `optional`). `isCertain`: its gate says so, not a server that may be just starting. */
  absent(isCertain: boolean): void;
  failed(error: unknown): void;
  /** Listing or watching is forbidden. Only with `tolerateForbidden`: for a single namespace, or a kind that the program can do without. */
  forbidden(error: unknown): void;
  /** A watch is running, and what it missed is arriving. What comes with the beginning of a watch, or by a list, is delivered by `replace` before. */
  recovered(): void;
}

/** Waits and limits, in milliseconds. */
export interface ReflectorTimes {
  /** Default 800; after failures the wait doubles from here up to `maxBackoffMs` (30,000), jittered. */
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
  /** Default 70,000: bookmarks come about every 60 s, so a longer silence means a dead connection. */
  readonly silenceLimitMs: number;
  /** Default 30,000: how often to look for an optional kind that is absent. */
  readonly optionalRetryMs: number;
  /** Default 30,000: a server that has not sent all objects and is silent for so long does not know how to begin a watch with them. */
  readonly initialEventsLimitMs: number;
}

export interface ReflectorOptions<T extends KubeObject> {
  readonly client: ApiClient;
  readonly kind: ResourceKind;
  readonly select: ListOptions;
  readonly optional: boolean;
  /** A refusal blocks nobody. */
  readonly tolerateForbidden: boolean;
  /** Whether the kind may be listed and watched; see `InformerOptions`. */
  readonly gate: Gate | undefined;
  readonly times: ReflectorTimes;
  readonly target: ReflectorTarget<T>;
  readonly stats: InformerStats;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: () => number;
}
