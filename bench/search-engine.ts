/** The search by itself, in a process of its own: answers a message that names a catalog with what it takes, and ends with the bench. */
import { readFileSync } from 'node:fs';
import { Ranker } from '../catalog/src/search/rank.ts';
import { readColumns } from '../catalog/src/snapshot/columns.ts';
import { openSnapshot } from '../catalog/src/snapshot/snapshot.ts';
import { WordColumn } from '../catalog/src/snapshot/word-column.ts';
import { WordCollector } from '../catalog/src/search/entry-words.ts';
import { encodeSource, entryOfItem, readSource, type ListQuery, type Snapshot, type Steps } from '../catalog/src/index.ts';
import { rankedQuestions, searches } from './search-questions.ts';

/** What is asked for. */
export interface EngineJob {
  /** A file in the form of the official API's lists. */
  readonly catalog: string;
}

/** What was found: times in microseconds, the least of some rounds for each question. */
export interface EngineResult {
  readonly search: readonly number[];
  readonly ranked: readonly number[];
  /** Longest slice of a search, between two of which others have their turn. */
  readonly longestSlice: number;
  readonly indexMs: number;
  /** Sections of the block, and what ranking takes beside them, in bytes. */
  readonly indexBytes: number;
  readonly words: number;
}

const ROUNDS = 7;
const PAGE = 20;

process.on('message', ({ catalog }: EngineJob) => {
  const draft = readSource({ name: 'bench', format: 'auto', filters: [] }, { bytes: readFileSync(catalog) }, { now: 0 });
  const { block } = encodeSource({ registry: { name: 'bench', namespace: 'bench' }, draft, rules: '', now: 0 });
  const snapshot = openSnapshot(block, { verify: false });
  const columns = readColumns(block, { verify: false });
  const { index } = columns;
  const before = process.memoryUsage().arrayBuffers;
  const ranker = new Ranker(index);
  const extra = process.memoryUsage().arrayBuffers - before;
  ranker.rank('warm', { limit: 1, order: 'name', among: new Uint8Array(snapshot.rowCount) });
  const slices: number[] = [];
  const result: EngineResult = {
    search: searches().map(({ search, transport }) => {
      const labels = transport === undefined ? [] : [[`transport:${transport}`]];
      const query: ListQuery = { search, labels, version: 'latest', limit: PAGE };
      return least(() => {
        slices.push(longest(snapshot.listInSteps(query)));
      });
    }),
    ranked: rankedQuestions().map((question) => least(() => void snapshot.rank({ question, order: 'relevance', limit: PAGE }))),
    longestSlice: 0,
    indexMs: indexMs(snapshot),
    indexBytes: extra + Object.values(index).reduce((sum, section: Uint8Array | Uint32Array) => sum + section.byteLength, 0),
    words: index.wordOffsets.length - 1,
  };
  process.send?.({ ...result, longestSlice: leastOfEach(slices) });
});
process.on('disconnect', () => process.exit());

/** Least time of some rounds, in microseconds. */
function least(work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best * 1000;
}

/** Does work in slices. Returns the longest one, in microseconds. */
function longest(steps: Steps<unknown>): number {
  let most = 0;
  for (;;) {
    const started = performance.now();
    const { done } = steps.next();
    most = Math.max(most, performance.now() - started);
    if (done === true) return most * 1000;
  }
}

/** The maximum over questions of the minimum over rounds. */
function leastOfEach(slices: readonly number[]): number {
  let most = 0;
  for (let at = 0; at < slices.length; at += ROUNDS) most = Math.max(most, Math.min(...slices.slice(at, at + ROUNDS)));
  return most;
}

/** How long it takes to find the words of all entries and to turn them around, in milliseconds. */
function indexMs(snapshot: Snapshot): number {
  const entries = snapshot.rowsOf({ includeDeleted: true }).map((row) => {
    const { name, version } = snapshot.keyAt(row);
    return entryOfItem(name, version, snapshot.itemAt(row).toString());
  });
  const started = performance.now();
  const collector = new WordCollector();
  const column = new WordColumn();
  column.add(entries.map((entry) => collector.ofEntry(entry)));
  column.sections();
  return performance.now() - started;
}
