/** What may have become of a leadership. */
export type LeadershipChange = 'gained' | 'lost';

/** Decides when, and where, this process may act. It may lose that and get it again. */
export interface Leadership {
  /** Begins to try, and resolves when this process leads for the first time, for some namespace at least; rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Lets another process lead at once. Called when all work has ended, also where nothing was acquired. */
  release(): Promise<void>;
  /** Whether it leads at this very moment, for objects of a namespace (empty: cluster-wide ones). */
  leads(namespace: string): boolean;
  /** Calls `listener` each time that it leads for more or for fewer namespaces than before. The answer takes it away. */
  onChange(listener: (change: LeadershipChange) => void): () => void;
  /** Throws when it can neither lead nor learn who does; a condition for `/readyz`. */
  check?(): void;
}
