/** Decides when, and where, this process may act. */
export interface Leadership {
  /**
   * Resolves when this process leads, for some namespace at least; rejects with the signal's reason. The answered signal is aborted when it may not
   * act any more.
   */
  acquire(signal: AbortSignal): Promise<AbortSignal>;
  /** Lets another process lead at once. Called when all work has ended, also where nothing was acquired. */
  release(): Promise<void>;
  /** Whether it leads at this very moment, for objects of a namespace (empty: cluster-wide ones). Without it: everywhere once acquired. */
  leads?(namespace: string): boolean;
  /** Calls `listener` when it leads for more namespaces than before. The answer takes it away. */
  onGained?(listener: () => void): () => void;
  /** Throws when it can neither lead nor learn who does; a condition for `/readyz`. */
  check?(): void;
}
