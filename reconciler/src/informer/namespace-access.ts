import type { ResourceKind } from '../client/kinds.ts';
import type { Logger } from '../logger.ts';

/** Called for a namespace in which a refusal began or ended. */
export type AccessListener = (namespace: string) => void;

/** The namespaces in which a kind may not be listed or watched. Logs when that begins and when it ends, not each attempt. */
export class NamespaceAccess {
  readonly #kind: ResourceKind;
  readonly #logger: Logger;
  readonly #errors = new Map<string, unknown>();
  readonly #listeners = new Set<AccessListener>();

  constructor(kind: ResourceKind, logger: Logger) {
    this.#kind = kind;
    this.#logger = logger;
  }

  /** The server's last refusal while it lasts; undefined: none. */
  error(namespace: string): unknown {
    return this.#errors.get(namespace);
  }

  /** Adds a listener; returns a function that removes it. */
  onChange(listener: AccessListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The server has refused. */
  refused(namespace: string, error: unknown): void {
    const isNew = !this.#errors.has(namespace);
    this.#errors.set(namespace, error);
    if (!isNew) return;
    const what =
      namespace === ''
        ? 'the kind is forbidden; everything else works, and it is tried again'
        : 'a namespace is forbidden; the others are followed, and it is tried again';
    this.#logger.warn({ err: error, ...this.#fields(namespace) }, what);
    this.#tell(namespace);
  }

  /** The server has not refused. */
  allowed(namespace: string): void {
    if (!this.#errors.delete(namespace)) return;
    this.#logger.info(this.#fields(namespace), namespace === '' ? 'the kind is no longer forbidden' : 'a namespace is no longer forbidden');
    this.#tell(namespace);
  }

  #fields(namespace: string): object {
    return { kind: this.#kind.kind, group: this.#kind.group, namespace };
  }

  #tell(namespace: string): void {
    for (const listener of this.#listeners) {
      try {
        listener(namespace);
      } catch (error) {
        this.#logger.error({ err: error, ...this.#fields(namespace) }, 'a listener failed');
      }
    }
  }
}
