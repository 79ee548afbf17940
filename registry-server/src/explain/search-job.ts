import { readFileSync, statSync } from 'node:fs';
import { searchSource, type Occurrence, type Wanted } from '@toolhive-registry/catalog';
import { codeOf } from '../errors.ts';
import type { SourceData } from '../sync/engine.ts';

/** A search through all data of the sources, served or not. */
export interface SearchJob {
  readonly sources: readonly SourceData[];
  readonly wanted: Wanted;
}

/** An entry that was found, with the source that has it. */
export interface FoundEntry extends Occurrence {
  readonly source: string;
}

/** Whether the job of a thread is a search. */
export function isSearchJob(job: object): job is SearchJob {
  return 'wanted' in job;
}

/** Reads every source, which blocks its thread. Data that were replaced in the meantime yield nothing. */
export function runSearchJob({ sources, wanted }: SearchJob): FoundEntry[] {
  return sources.flatMap(({ name, path, filters }) => {
    const bytes = bytesOf(path);
    return bytes === undefined ? [] : searchSource(bytes, filters, wanted).map((found) => ({ ...found, source: name }));
  });
}

/** Bytes that a search reads. */
export function searchedBytes({ sources }: SearchJob): number {
  return sources.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
