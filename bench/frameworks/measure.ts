import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentMB } from '../proc.ts';
import { Scope, type Program } from '../scope.ts';
import { ShopCluster, type Request } from './cluster.ts';
import { linesOfCode, type Contender } from './contenders.ts';

const SHOPS = 500;
const RESTARTS = 3;
const EDITS = 50;
const DRIFTS = 10;
const OUTAGES = 3;
const OUTAGE_MS = 20_000;
const IDLE_MS = 60_000;
const DEADLINE_MS = 300_000;
/** Between two edits, so that none meets the work of the one before. */
const PAUSE_MS = 100;

/** A row of the table: a measure and its value. */
export type Row = readonly [measure: string, value: string];

/** A controller under measurement; its program changes with each restart. */
interface Run {
  readonly contender: Contender;
  readonly cluster: ShopCluster;
  readonly scope: Scope;
  program: Program;
  /** Lines that the program has written so far. */
  log: string[];
}

/** Measures one controller against an API server of its own. */
export async function measure(contender: Contender, signal: AbortSignal): Promise<readonly Row[]> {
  await using scope = new Scope(signal);
  const cluster = await ShopCluster.start(scope);
  const run: Run = { contender, cluster, scope, program: await contender.start(scope, cluster.api), log: [] };
  keepLog(run);
  await cluster.createShops(['warm-up']);
  await cluster.served(['warm-up'], run.program.ended, DEADLINE_MS);
  await settled(run);
  const rows: Row[] = [];
  for (const part of [creation, memory, edits, drift, idle, restarts, outages]) {
    for (const row of await part(run)) {
      console.error(`${contender.name}: ${row.join(': ')}`);
      rows.push(row);
    }
  }
  rows.push(['lines of code', String(linesOfCode(contender.sources))]);
  rows.push(['installed, without Node.js or Python', `${(contender.installedBytes / 1e6).toFixed(1)} MB`]);
  return rows;
}

/** 500 Shops that are created at once: how long it takes, and what is written. */
async function creation(run: Run): Promise<Row[]> {
  const names = Array.from({ length: SHOPS }, (_, index) => nameOf(index));
  const startedAt = Date.now();
  await run.cluster.createShops(names);
  const createdMs = Date.now() - startedAt;
  await run.cluster.served(names, run.program.ended, DEADLINE_MS);
  await settled(run);
  const requests = await own(run);
  const doneAt = Math.max(
    ...names.flatMap((name) => [firstWrite(requests, 'configmaps', name), firstWrite(requests, 'shops/status', name)]),
  );
  const writes = requests.filter(({ isWrite, at }) => isWrite && at >= startedAt);
  return [
    [
      `${SHOPS} Shops created at once until all are served`,
      `${((doneAt - startedAt) / 1000).toFixed(1)} s (creating: ${(createdMs / 1000).toFixed(1)} s)`,
    ],
    ['writes for a Shop', `${(writes.length / SHOPS).toFixed(2)} (${kinds(writes)})`],
  ];
}

/** Resident memory, and the part of it that no other process can share. */
async function memory({ program }: Run): Promise<Row[]> {
  const [, kibibytes = '0'] = /^RssAnon:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8')) ?? [];
  const anonymous = (Number(kibibytes) * 1024) / 1e6;
  return [[`resident memory with ${SHOPS} Shops`, `${residentMB(program.pid).toFixed(0)} MB (anonymous: ${anonymous.toFixed(0)} MB)`]];
}

/** Edits of single Shops, one after the other. */
async function edits(run: Run): Promise<Row[]> {
  const times: number[] = [];
  for (let index = 0; index < EDITS; index += 1) times.push(await editTime(run, nameOf((index * 37) % SHOPS), 1000 + index));
  return [[`edit until the ConfigMap follows: median, slowest of ${EDITS}`, `${ms(median(times))}, ${ms(Math.max(...times))}`]];
}

/** Milliseconds from the API server's getting an edit until it has answered the controller's write for it. */
async function editTime({ cluster, program, contender }: Run, name: string, size: number): Promise<number> {
  await sleep(PAUSE_MS);
  await cluster.editShop(name, size);
  await cluster.follows(name, String(size), program.ended, DEADLINE_MS);
  return reaction(await cluster.requests([]), await cluster.requests(contender.userAgents), 'shops', name);
}

/** ConfigMaps that are changed by hand. */
async function drift(run: Run): Promise<Row[]> {
  const { cluster, program, contender } = run;
  const times: number[] = [];
  for (let index = 0; index < DRIFTS; index += 1) {
    // Not one of those that were edited, so it is known what it should say.
    const name = nameOf((index * 37 + 1) % SHOPS);
    await sleep(PAUSE_MS);
    await cluster.editConfigMap(name, 'by hand');
    await cluster.follows(name, '1', program.ended, DEADLINE_MS);
    times.push(reaction(await cluster.requests([]), await cluster.requests(contender.userAgents), 'configmaps', name));
  }
  return [[`drift until it is put back: median, slowest of ${DRIFTS}`, `${ms(median(times))}, ${ms(Math.max(...times))}`]];
}

/** From the bench's last patch of an object until the first accepted write of the ConfigMap that the controller sent after it. */
function reaction(bench: readonly Request[], controller: readonly Request[], what: string, name: string): number {
  const from = bench.findLast((request) => request.verb === 'patch' && request.what === what && request.name === name)?.at ?? Number.NaN;
  return firstWrite(controller, 'configmaps', name, from) - from;
}

/** A minute in which nothing happens. */
async function idle(run: Run): Promise<Row[]> {
  await settled(run);
  const from = Date.now();
  await sleep(IDLE_MS, undefined, { signal: AbortSignal.any([run.scope.signal, run.program.ended]) });
  const requests = (await own(run)).filter(({ at }) => at >= from);
  const writes = requests.filter(({ isWrite }) => isWrite);
  return [
    [`requests in ${IDLE_MS / 1000} idle seconds`, counted(requests)],
    ['writes among them', counted(writes)],
  ];
}

/** The program ends and starts again; a Shop is created at the moment it starts. */
async function restarts(run: Run): Promise<Row[]> {
  const times: number[] = [];
  const writes: (readonly Request[])[] = [];
  for (let index = 0; index < RESTARTS; index += 1) {
    await settled(run);
    await run.program.stop();
    const name = `new-${index}`;
    const startedAt = Date.now();
    run.program = await run.contender.start(run.scope, run.cluster.api);
    keepLog(run);
    await run.cluster.createShops([name]);
    await run.cluster.served([name], run.program.ended, DEADLINE_MS);
    await settled(run);
    const requests = (await own(run)).filter(({ at }) => at >= startedAt);
    times.push(Math.max(firstWrite(requests, 'configmaps', name), firstWrite(requests, 'shops/status', name)) - startedAt);
    writes.push(requests.filter((request) => request.isWrite && request.name !== name));
  }
  return [
    [`start with ${SHOPS} settled Shops until a new one is served, median of ${RESTARTS}`, ms(median(times))],
    ['writes that a restart makes, the new Shop aside', counted(writes.at(-1) ?? [])],
  ];
}

/** The API server goes away for 20 s; a Shop is edited at the moment it is ready again. */
async function outages(run: Run): Promise<Row[]> {
  const times: number[] = [];
  const errors: number[] = [];
  const lines: number[] = [];
  for (let index = 0; index < OUTAGES; index += 1) {
    await settled(run);
    const before = run.log.length;
    await run.cluster.outage(OUTAGE_MS);
    const readyAt = Date.now();
    const name = nameOf(index);
    await run.cluster.editShop(name, 2000 + index);
    await run.cluster.follows(name, String(2000 + index), run.program.ended, DEADLINE_MS);
    times.push(firstWrite(await own(run), 'configmaps', name, readyAt) - readyAt);
    const written = run.log.slice(before);
    lines.push(written.length);
    errors.push(written.filter((line) => run.contender.errorLine.test(line)).length);
  }
  return [
    [
      `API server away for ${OUTAGE_MS / 1000} s: from its being ready until an edit is served, each of ${OUTAGES}`,
      times.map((time) => `${(time / 1000).toFixed(1)} s`).join(', '),
    ],
    ['the same: errors in the log, lines in all; median', `${median(errors)}, ${median(lines)}`],
  ];
}

/** Collects what the current program writes, line by line. */
function keepLog(run: Run): void {
  for (const stream of [run.program.child.stdout, run.program.child.stderr]) {
    let rest = '';
    stream?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      run.log.push(...lines);
    });
  }
}

function settled({ cluster, contender, program }: Run): Promise<void> {
  return cluster.settled(contender.userAgents, program.ended, DEADLINE_MS);
}

function own({ cluster, contender }: Run): Promise<Request[]> {
  return cluster.requests(contender.userAgents);
}

/** When the API server had answered the first accepted write of this object that came at or after a moment. */
function firstWrite(requests: readonly Request[], what: string, name: string, from = 0): number {
  const fits = (request: Request): boolean => request.isWrite && request.accepted && request.what === what && request.name === name;
  const times = requests.filter((request) => fits(request) && request.at >= from).map(({ doneAt }) => doneAt);
  return times.length === 0 ? Number.NaN : Math.min(...times);
}

/** How many, and of which kinds. */
function counted(requests: readonly Request[]): string {
  return requests.length === 0 ? '0' : `${requests.length} (${kinds(requests)})`;
}

/** Such as `500 patch configmaps, 500 patch shops/status`. */
function kinds(requests: readonly Request[]): string {
  const counts = new Map<string, number>();
  for (const { verb, what } of requests) counts.set(`${verb} ${what}`, (counts.get(`${verb} ${what}`) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function nameOf(index: number): string {
  return `shop-${String(index).padStart(3, '0')}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
