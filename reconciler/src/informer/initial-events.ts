import type { WatchEvent } from '../client/watch.ts';
import { isInitialEventsEnd } from '../client/watch.ts';
import type { Clock } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';

/** The initial objects of a watch, collected as they arrive. */
export class InitialEvents<T extends KubeObject> {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #items = new Map<string, T>();
  #onStuck: () => void = () => undefined;
  #cancel: (() => void) | undefined;
  #isOver = false;

  /** After `limitMs` milliseconds without an event it is stuck. */
  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** Whether all were sent. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Returns the collected objects once all were sent, and keeps none of them. */
  takeItems(): T[] {
    const items = [...this.#items.values()];
    this.#items.clear();
    return items;
  }

  /** Called when nothing has arrived for too long. */
  onStuck(listener: () => void): void {
    this.#onStuck = listener;
  }

  /** The server has sent something. */
  heard(): void {
    this.#cancel?.();
    this.#cancel = this.#isOver ? undefined : this.#clock.after(this.#limitMs, () => this.#onStuck());
  }

  /** Processes the next event. An object may change or go while the others are sent. */
  take(event: WatchEvent<T>): void {
    if (event.type === 'BOOKMARK') {
      this.#isOver = isInitialEventsEnd(event);
      if (this.#isOver) this.end();
    } else if (event.type === 'DELETED') this.#items.delete(formatKey(keyOf(event.object)));
    else this.#items.set(formatKey(keyOf(event.object)), event.object);
  }

  /** Stops waiting. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
