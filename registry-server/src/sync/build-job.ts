import { readFileSync } from 'node:fs';
import { buildSnapshot, openSnapshot, type SourceReport, type SourceRules } from '@toolhive-registry/catalog';

/** What a worker thread is asked to do. Data pass by files: nothing large is copied between threads. */
export interface BuildJob {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly sources: readonly (SourceRules & {
    readonly candidates: readonly { readonly path: string; readonly hash: string; readonly fallback: boolean }[];
  })[];
  readonly filter?: SourceRules['filter'];
  /** The snapshot that is served: its entries keep their times. */
  readonly previous?: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What comes back. The block is handed over, not copied. */
export interface BuildOutcome {
  /** Undefined when no source had anything usable. */
  readonly block?: Uint8Array<ArrayBuffer>;
  readonly reports: readonly SourceReport[];
}

/** Reads the files of a job and builds the snapshot. Blocks its thread. */
export function runBuildJob(job: BuildJob): BuildOutcome {
  return buildSnapshot({
    registry: job.registry,
    filter: job.filter,
    sources: job.sources.map((source) => ({
      ...source,
      candidates: source.candidates.map(({ path, fallback }) => ({ bytes: readFileSync(path), fallback })),
    })),
    previous: job.previous === undefined ? undefined : openSnapshot(job.previous, { verify: false }),
    now: job.now,
  });
}
