import type { ApiClient } from '../client/api-client.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger } from '../logger.ts';
import type { ChangeSelection } from './wait-for-change.ts';
import { waitForChange } from './wait-for-change.ts';

/** What blocks a key: an object of a kind that no informer watches, or all of them in a namespace. */
export interface Blocker extends ChangeSelection {
  readonly kind: ResourceKind;
}

/** What waiting needs. */
export interface BlockersOptions {
  readonly client: ApiClient;
  readonly logger?: Logger | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/**
 * Waits until a blocker changes after a request was refused, so that a controller need not poll. It is best effort: a wait that fails just ends, so check again
 * from time to time as well.
 */
export class Blockers {
  readonly #options: BlockersOptions;
  readonly #logger: Logger;
  /** By key, then by blocker. */
  readonly #waits = new Map<string, Map<string, AbortController>>();
  readonly #running = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: BlockersOptions) {
    this.#options = options;
    this.#logger = options.logger ?? stderrLogger();
  }

  /** Calls `onChange` once when the blocker has changed. Does nothing if the key already waits for this blocker. */
  wait(key: string, blocker: Blocker, onChange: () => void): void {
    const waits = this.#waits.get(key) ?? new Map<string, AbortController>();
    const id = idOf(blocker);
    if (this.#isClosed || waits.has(id)) return;
    const stop = new AbortController();
    this.#waits.set(key, waits.set(id, stop));
    const ended = (): void => {
      if (waits.get(id) === stop) waits.delete(id);
      if (waits.size === 0 && this.#waits.get(key) === waits) this.#waits.delete(key);
    };
    const running = this.#run(blocker, stop.signal, ended, onChange).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Keeps only those waits of the key that are for one of these. */
  keep(key: string, blockers: readonly Blocker[]): void {
    const kept = new Set(blockers.map(idOf));
    const waits = this.#waits.get(key);
    for (const [id, stop] of waits ?? []) {
      if (kept.has(id)) continue;
      waits?.delete(id);
      stop.abort(new Error('nobody waits any more'));
    }
    if (waits?.size === 0) this.#waits.delete(key);
  }

  /** Ends all waits of the key, without a call. */
  clear(key: string): void {
    const waits = this.#waits.get(key);
    this.#waits.delete(key);
    for (const stop of waits?.values() ?? []) stop.abort(new Error('nobody waits any more'));
  }

  /** Ends all waits, and starts no others. Resolves when their requests have ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const key of this.#waits.keys()) this.clear(key);
    await Promise.all(this.#running);
  }

  async #run(blocker: Blocker, signal: AbortSignal, ended: () => void, onChange: () => void): Promise<void> {
    const { client, clock, random } = this.#options;
    const { kind, namespace, name } = blocker;
    const fields = { kind: kind.kind, group: kind.group, namespace, name };
    try {
      await waitForChange(client, kind, blocker, signal, { clock, random });
    } catch (error) {
      ended();
      if (!signal.aborted) this.#logger.debug({ err: error, ...fields }, 'waiting for a change failed');
      return;
    }
    // Before the call: it may start waiting again.
    ended();
    if (signal.aborted) return;
    try {
      onChange();
    } catch (error) {
      this.#logger.error({ err: error, ...fields }, 'a listener failed');
    }
  }
}

function idOf({ kind, namespace = '', name = '', uid = '' }: Blocker): string {
  return [kind.plural, kind.group, namespace, name, uid].join('/');
}
