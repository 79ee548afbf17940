import { writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { get, untilOk } from './http.ts';
import { imageProgram, repositoryFile } from './image.ts';
import { largeCatalog } from './large-catalog.ts';
import { ask } from './load-client.ts';
import type { Measure, PartResult } from './measure.ts';
import { startServerProgram, type ServerProgram } from './programs.ts';
import { Scope } from './scope.ts';
import type { EngineJob, EngineResult } from './search-engine.ts';
import { rankedQuestions, searches } from './search-questions.ts';

const VERSIONS = 75_000;
const ROUNDS = 5;
/** Limits in microseconds: for the engine, and for a request over loopback. */
const SEARCH_US = 2_000;
const RANKED_US = 1_000;
const WORST_US = 2_000;
const REQUEST_US = 1_000;
const STALL_US = 5_000;
const INDEX_MS = 1_000;
const INDEX_MB = 12;
/** Each program has a core of its own. */
const SERVER_CORE = 0;
/** The delay of the loop is looked at this often, and every figure of it has this in it. */
const LOOP_RESOLUTION_US = 10_000;

/** Times of `search` and `q` over 75,000 entries, of the engine by itself and over HTTP, and the size of the index. */
export async function measureSearch(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const folder = await scope.folder();
  const catalog = join(folder, 'large.json');
  await writeFile(catalog, withWords(largeCatalog({ versions: VERSIONS })));
  const program = scope.start('search engine', [repositoryFile('bench/search-engine.ts')], { ipc: true, core: SERVER_CORE });
  const engine = (await ask(program, { catalog } satisfies EngineJob, signal)) as EngineResult;
  await program.stop();
  const measures = [
    timing('search: search in the engine', engine.search, SEARCH_US),
    timing('search: q in the engine', engine.ranked, RANKED_US),
    {
      name: 'search: the question that takes the longest',
      value: Math.max(...engine.ranked),
      unit: 'µs',
      target: { atMost: WORST_US },
      note: 'among them words that nearly every entry has, twelve words at once, twelve slips, two letters each',
    },
    {
      name: 'search: longest slice of a search',
      value: engine.longestSlice,
      unit: 'µs',
      target: { atMost: STALL_US },
      note: `of ${engine.search.length} texts; between two slices others are answered`,
    },
    {
      name: 'search: building the index',
      value: engine.indexMs,
      unit: 'ms',
      target: { atMost: INDEX_MS },
      note: `all words of ${VERSIONS} entries, in the thread that builds; ${engine.words} different ones`,
    },
    {
      name: 'search: index, with the memory for ranking',
      value: engine.indexBytes / 1e6,
      unit: 'MB',
      target: { atMost: INDEX_MB },
      note: 'of the snapshot; a question allocates nothing but its answer',
    },
  ];
  return { measures: [...measures, ...(await measureRequests(scope, catalog))] };
}

async function measureRequests(scope: Scope, catalog: string): Promise<Measure[]> {
  const { signal } = scope;
  const spec = { source: { type: 'file', file: { path: catalog } } };
  const config = join(await scope.folder(), 'registry.yaml');
  const manifest = { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', metadata: { name: 'bench' }, spec };
  await writeFile(config, JSON.stringify(manifest));
  const server = await startServerProgram(scope, await imageProgram(scope, 'registry-server'), { config, core: SERVER_CORE });
  await untilOk(`${server.internalUrl}/readiness`, server, signal);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const started = performance.now();
  await get(`${server.url}/api/v1/servers?q=warm`, signal, {}, agent);
  const firstMs = performance.now() - started;
  const search = await timesOf(
    server,
    agent,
    searches().map(({ search, transport = '' }) => {
      const query = new URLSearchParams({ search, transport, version: 'latest' }).toString();
      // A page of another length each time: an answer that was given before is kept.
      return (round) => `/v0.1/servers?${query}&limit=${PAGE + round}`;
    }),
    signal,
  );
  const ranked = await timesOf(
    server,
    agent,
    rankedQuestions().map((question) => {
      const path = `/api/v1/servers?${new URLSearchParams({ q: question }).toString()}`;
      return () => path;
    }),
    signal,
  );
  agent.destroy();
  await server.stop();
  return [
    timing('search: search over HTTP', search.times, SEARCH_US + REQUEST_US),
    stall('search: longest stall of the server meanwhile', search.stalls),
    timing('search: q over HTTP', ranked.times, RANKED_US + REQUEST_US, `; the very first one took ${Math.round(firstMs)} ms`),
    stall('search: longest stall of the server while it ranks', ranked.stalls),
  ];
}

const PAGE = 20;

/** Asks everything one after the other, in rounds. Returns the least time of each in microseconds, and the longest stall of each round. */
async function timesOf(
  server: ServerProgram,
  agent: Agent,
  paths: readonly ((round: number) => string)[],
  signal: AbortSignal,
): Promise<{ times: number[]; stalls: number[] }> {
  const times = paths.map(() => Infinity);
  const stalls: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await loopDelay(server, signal);
    for (const [index, path] of paths.entries()) {
      const url = `${server.url}${path(round)}`;
      const started = performance.now();
      const { status } = await get(url, signal, {}, agent);
      times[index] = Math.min(times[index] ?? Infinity, (performance.now() - started) * 1000);
      if (status !== 200) throw new Error(`${url} was answered with ${status}`);
    }
    stalls.push(await loopDelay(server, signal));
  }
  return { times, stalls };
}

/** The longest stall of the server's loop since this was last asked, in microseconds. */
async function loopDelay(server: ServerProgram, signal: AbortSignal): Promise<number> {
  const { body } = await get(`${server.internalUrl}/metrics`, signal);
  const [, seconds] = /^nodejs_eventloop_lag_max_seconds(?:\{[^}]*\})? (\S+)$/m.exec(body.toString()) ?? [];
  return Math.max(0, Number(seconds) * 1e6 - LOOP_RESOLUTION_US);
}

function timing(name: string, times: readonly number[], atMost: number, more = ''): Measure {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return {
    name: `${name}, p99`,
    value: at(0.99),
    unit: 'µs',
    target: { atMost },
    note: `p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)} µs of ${times.length} questions, the least of some rounds each${more}`,
  };
}

function stall(name: string, stalls: readonly number[]): Measure {
  return {
    name,
    value: Math.min(...stalls),
    unit: 'µs',
    target: { atMost: STALL_US },
    note: `the least of ${stalls.length} rounds; most ${Math.round(Math.max(...stalls))} µs`,
  };
}

const SYLLABLES = ['ka', 'ro', 'min', 'tel', 'pos', 'gra', 'dex', 'lo', 'vi', 'sen', 'tra', 'qu', 'ber', 'ton', 'li', 'ma'];

/** The same entries with words that few others have, since the dump over and over has none. */
function withWords(catalog: string): string {
  const items = JSON.parse(catalog) as { server: { description?: string } }[];
  const word = (number: number, length: number): string =>
    Array.from({ length }, (_, place) => SYLLABLES[Math.floor(number / 16 ** place) % 16]).join('');
  for (const [index, { server }] of items.entries()) {
    server.description = `${server.description ?? ''} ${word(index * 7919, 4)} ${word(index * 104_729, 3)}`;
  }
  return JSON.stringify(items);
}
