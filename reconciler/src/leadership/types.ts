/** How a leadership may have changed. */
export type LeadershipChange = 'gained' | 'lost';

/** Decides when, and where, this process may act. It may lose that and regain it. */
export interface Leadership {
  /** Starts trying, and resolves when this process leads for the first time, for at least one namespace; rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Lets another process lead at once. Called when all work has ended, even if nothing was acquired. */
  release(): Promise<void>;
  /** Whether it leads at this very moment, for objects of a namespace (empty: cluster-wide ones). */
  leads(namespace: string): boolean;
  /** Calls `listener` each time that it leads for more or fewer namespaces than before. Returns a function that removes it. */
  onChange(listener: (change: LeadershipChange) => void): () => void;
  /** Throws when it can neither lead nor learn who does; a check for `/readyz`. */
  check?(): void;
}
