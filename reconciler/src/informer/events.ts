import type { Logger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';

/** A change of the store. `update` has the former object too; a recreated object is a delete and an add. */
export type InformerEvent<T extends KubeObject> =
  | { readonly type: 'add'; readonly object: T }
  | { readonly type: 'update'; readonly object: T; readonly old: T }
  | { readonly type: 'delete'; readonly object: T };

/** May be asynchronous; it is not awaited, and what it throws is logged. */
export type InformerListener<T extends KubeObject> = (event: InformerEvent<T>) => void | Promise<void>;

/** Delivers events to listeners, isolating them from each other, the informer and the process. */
export class Listeners<T extends KubeObject> {
  readonly #listeners = new Set<InformerListener<T>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Adds a listener; returns a function that removes it. */
  add(listener: InformerListener<T>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Notifies all listeners. */
  emit(event: InformerEvent<T>): void {
    for (const listener of this.#listeners) this.deliver(listener, event);
  }

  /** Notifies one listener. */
  deliver(listener: InformerListener<T>, event: InformerEvent<T>): void {
    const failed = (error: unknown): void => {
      const { name, namespace } = event.object.metadata;
      this.#logger.error({ err: error, event: event.type, kind: event.object.kind, name, namespace }, 'a listener failed');
    };
    try {
      const done = listener(event);
      if (done instanceof Promise) done.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
