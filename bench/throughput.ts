import { writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BareAnswer } from './bare-server.ts';
import { get, untilOk, type Answer } from './http.ts';
import { imageProgram, repositoryFile, type ImageProgram } from './image.ts';
import { largeCatalog } from './large-catalog.ts';
import type { LoadJob } from './load.ts';
import { ask, startLoad, type LoadClient } from './load-client.ts';
import { median, type Measure, type PartResult } from './measure.ts';
import { cpuSeconds } from './proc.ts';
import { startServerProgram, type ServerProgram } from './programs.ts';
import { Scope, type Program } from './scope.ts';

const DUMP = 'catalog/testdata/official-registry-dump-2026-02-06.json';
const LARGE_VERSIONS = 75_000;
const CONNECTIONS = 10;
const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 3;
const ROUNDS = 3;
/** Server and client each have a core of their own. */
const SERVER_CORE = 0;
const CLIENT_CORE = 1;
/** Requests that are made only once each. */
const UNIQUE_PATHS = 150_000;

/** Something that clients ask for. */
interface Case {
  readonly name: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Every request is one that was never made before: the path with another cursor and limit. */
  readonly unique?: boolean;
  /** Share of what a bare server manages, in percent. */
  readonly atLeast: number;
}

const LIST = '/v0.1/servers?limit=30';
const GZIP = { 'Accept-Encoding': 'gzip' };

/** Throughput of answers, as a share of what a bare server manages that sends the same bytes in the same run. */
export async function measureThroughput(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const image = await imageProgram(scope, 'registry-server');
  const load = startLoad(scope, CLIENT_CORE);
  const measures: Measure[] = [];
  const small = await serverOf(scope, image, repositoryFile(DUMP));
  await untilOk(`${small.internalUrl}/readiness`, small, signal);
  for (const one of [
    { name: 'list of 30, 1,731 servers', path: LIST, atLeast: 90 },
    { name: 'list of 30 in gzip, 1,731 servers', path: LIST, headers: GZIP, atLeast: 75 },
  ]) {
    measures.push(await measureCase(one, { scope, image, server: small, load }));
  }
  measures.push(await measureWalk(small, signal));
  await small.stop();

  const folder = await scope.folder();
  const file = join(folder, 'large.json');
  await writeFile(file, largeCatalog({ versions: LARGE_VERSIONS }));
  const large = await serverOf(scope, image, file);
  await untilOk(`${large.internalUrl}/readiness`, large, signal);
  const name = await nameOfFirst(large, signal);
  const size = `${LARGE_VERSIONS.toLocaleString('en')} versions`;
  const etag = (await get(`${large.url}${LIST}`, signal)).headers.etag ?? '';
  const cases: Case[] = [
    { name: `list of 30, ${size}`, path: LIST, atLeast: 90 },
    { name: `list of 100, ${size}`, path: '/v0.1/servers?limit=100', atLeast: 90 },
    { name: `one version, ${size}`, path: `/v0.1/servers/${encodeURIComponent(name)}/versions/latest`, atLeast: 90 },
    { name: `304, ${size}`, path: LIST, headers: { 'If-None-Match': etag }, atLeast: 90 },
    { name: `pages that were never asked for, ${size}`, path: LIST, unique: true, atLeast: 75 },
    { name: `list of 30 in gzip, ${size}`, path: LIST, headers: GZIP, atLeast: 75 },
  ];
  for (const one of cases) measures.push(await measureCase(one, { scope, image, server: large, load }));
  measures.push(await measureJunk({ scope, image, server: large, load }));
  return { measures };
}

interface Surroundings {
  readonly scope: Scope;
  readonly image: ImageProgram;
  readonly server: ServerProgram;
  readonly load: LoadClient;
}

async function measureCase(one: Case, { scope, image, server, load }: Surroundings): Promise<Measure> {
  const { signal } = scope;
  const answer = await warmAnswer(`${server.url}${one.path}`, one.headers, signal);
  const bare = scope.start('bare server', [repositoryFile('bench/bare-server.ts')], { env: image.env, ipc: true, core: SERVER_CORE });
  const bareUrl = (await ask(
    bare,
    { status: answer.status, headers: withoutHop(answer), body: answer.body.toString('base64') } satisfies BareAnswer,
    signal,
  )) as string;
  assertSame(answer, await get(`${bareUrl}${one.path}`, signal, one.headers));
  const paths = one.unique === true ? await uniquePaths(server, signal) : undefined;
  let used = 0;
  const round = async (program: Program, url: string, seconds: number): Promise<Round> => {
    // Each round has a part of its own of the paths that are to be new.
    const share = paths?.slice(used, used + Math.floor(UNIQUE_PATHS / (2 * ROUNDS + 2)));
    used += share?.length ?? 0;
    const job: LoadJob = {
      url: `${url}${one.path}`,
      seconds,
      connections: CONNECTIONS,
      status: answer.status,
      ...(one.headers === undefined ? {} : { headers: one.headers }),
      ...(share === undefined ? {} : { paths: share }),
    };
    const before = cpuSeconds(program.pid);
    const { perSecond, failed } = await load.run(job, signal);
    if (failed > 0) throw new Error(`${failed} requests to the ${program.name} failed; a throughput with failures says nothing`);
    return { perSecond, busy: (cpuSeconds(program.pid) - before) / seconds };
  };
  await round(bare, bareUrl, WARM_UP_SECONDS);
  await round(server, server.url, WARM_UP_SECONDS);
  const bares: Round[] = [];
  const ours: Round[] = [];
  // In turns, so that a noisy moment of the machine hits both.
  for (let count = 0; count < ROUNDS; count += 1) {
    bares.push(await round(bare, bareUrl, ROUND_SECONDS));
    ours.push(await round(server, server.url, ROUND_SECONDS));
  }
  await bare.stop();
  return measureOf(one, ours, bares, answer.body.length);
}

interface Round {
  readonly perSecond: number;
  /** Cores that the server used, on average. */
  readonly busy: number;
}

function measureOf(one: Case, ours: readonly Round[], bares: readonly Round[], bytes: number): Measure {
  const middle = (rounds: readonly Round[], pick: (round: Round) => number): number => median(rounds.map(pick));
  const rate = (rounds: readonly Round[]): number => middle(rounds, ({ perSecond }) => perSecond);
  const perCpu = (rounds: readonly Round[]): number => middle(rounds, ({ perSecond, busy }) => perSecond / busy);
  const busy = (rounds: readonly Round[]): number => Math.round(100 * middle(rounds, (round) => round.busy));
  return {
    name: `list: ${one.name}, share of bare node:http`,
    value: (100 * rate(ours)) / rate(bares),
    unit: '%',
    target: { atLeast: one.atLeast },
    note:
      `${Math.round(rate(ours))} against ${Math.round(rate(bares))} a second, ${Math.round((100 * perCpu(ours)) / perCpu(bares))} % per processor time; ` +
      `busy ${busy(ours)} and ${busy(bares)} %; ${bytes} bytes; medians of ${ROUNDS} rounds of ${ROUND_SECONDS} s in turns`,
  };
}

/** Questions of all kinds that nobody asked before, for whatever is looked up, searched, or not there. */
function junkPaths(): string[] {
  return Array.from({ length: 20_000 }, (_, index) => {
    const word = `x${(index * 7919).toString(36)}`;
    const kinds = [
      `/v0.1/servers?search=${word}`,
      `/v0.1/servers?limit=${1 + (index % 100)}&version=${word}`,
      `/v0.1/servers?tag=${word}`,
      `/v0.1/servers?limit=30&${word}=1`,
      `/v0.1/servers/${word}%2F${word}/versions`,
      `/v0.1/servers?updated_since=2026-01-01T00:00:${String(index % 60).padStart(2, '0')}.${index}Z&limit=2`,
      `/api/v1/facets?tag=${word}`,
      `/v0.1/servers?cursor=${Buffer.from(`${word}\n1`).toString('base64url')}`,
      `/${word}`,
    ];
    return kinds[index % kinds.length] ?? '/';
  });
}

const JUNK_PER_SECOND = 200;

/** The throughput of the hot page that is lost to junk requests. */
async function measureJunk({ scope, server, load }: Surroundings): Promise<Measure> {
  const { signal } = scope;
  const junk = startLoad(scope, CLIENT_CORE);
  const hot: LoadJob = { url: `${server.url}${LIST}`, seconds: ROUND_SECONDS, connections: CONNECTIONS };
  const alone: number[] = [];
  const beside: number[] = [];
  for (let count = 0; count < ROUNDS; count += 1) {
    alone.push((await load.run(hot, signal)).perSecond);
    const stopped = junk.run(
      { url: server.url, seconds: ROUND_SECONDS + 1, connections: 4, rate: JUNK_PER_SECOND, paths: junkPaths().slice(count * 4_000) },
      signal,
    );
    stopped.catch(() => undefined);
    await sleep(500, undefined, { signal });
    beside.push((await load.run(hot, signal)).perSecond);
    await stopped;
  }
  return {
    name: `list: what the hot page loses to ${JUNK_PER_SECOND} junk questions a second, ${LARGE_VERSIONS.toLocaleString('en')} versions`,
    value: 100 - (100 * median(beside)) / median(alone),
    unit: '%',
    target: { atMost: 10 },
    note: `${Math.round(median(beside))} against ${Math.round(median(alone))} a second`,
  };
}

/** A client that walks the whole list one by one, as `thv config set-registry` does. */
async function measureWalk(server: ServerProgram, signal: AbortSignal): Promise<Measure> {
  const times: number[] = [];
  let count = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    count = 0;
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const path = `/v0.1/servers?limit=1&version=latest${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { body } = await get(`${server.url}${path}`, signal, {}, agent);
      const page = JSON.parse(body.toString()) as {
        readonly servers: readonly unknown[];
        readonly metadata: { readonly nextCursor?: string };
      };
      count += page.servers.length;
      cursor = page.metadata.nextCursor;
    }
    times.push(performance.now() - started);
  }
  agent.destroy();
  return {
    name: `list: walk of ${count.toLocaleString('en')} servers with limit=1`,
    value: median(times),
    unit: 'ms',
    target: { atMost: 400 },
    note: `median of ${ROUNDS} walks on one connection`,
  };
}

/** Pages with any start and any length. */
async function uniquePaths(server: ServerProgram, signal: AbortSignal): Promise<string[]> {
  const cursors: string[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined && cursors.length < UNIQUE_PATHS / 40) {
    const { body } = await get(`${server.url}/v0.1/servers?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`, signal);
    cursor = (JSON.parse(body.toString()) as { readonly metadata: { readonly nextCursor?: string } }).metadata.nextCursor;
    if (cursor !== undefined) cursors.push(cursor);
  }
  // Of 30 servers on average, as the page beside them.
  return Array.from({ length: UNIQUE_PATHS }, (_, index) => {
    const limit = 10 + Math.floor(index / cursors.length);
    return `/v0.1/servers?limit=${limit}&cursor=${cursors[index % cursors.length] ?? ''}`;
  });
}

async function nameOfFirst(server: ServerProgram, signal: AbortSignal): Promise<string> {
  const { body } = await get(`${server.url}/v0.1/servers?limit=1`, signal);
  const { servers } = JSON.parse(body.toString()) as { readonly servers: readonly { readonly server: { readonly name: string } }[] };
  return servers[0]?.server.name ?? '';
}

async function serverOf(scope: Scope, image: ImageProgram, file: string): Promise<ServerProgram> {
  const manifest = {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'bench' },
    spec: { source: { type: 'file', file: { path: file } } },
  };
  const config = join(await scope.folder(), 'registry.yaml');
  await writeFile(config, JSON.stringify(manifest));
  return startServerProgram(scope, image, { config, core: SERVER_CORE });
}

/** The answer from the cache, in its cached encoding. */
async function warmAnswer(url: string, headers: Case['headers'], signal: AbortSignal): Promise<Answer> {
  for (let count = 0; count < 5; count += 1) await get(url, signal, headers);
  return get(url, signal, headers);
}

/** Node.js writes these itself. */
function withoutHop({ headers }: Answer): BareAnswer['headers'] {
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...rest } = headers;
  return rest;
}

function assertSame(ours: Answer, bare: Answer): void {
  const names = (answer: Answer): string => Object.keys(answer.headers).toSorted().join(', ');
  if (ours.status !== bare.status || !bare.body.equals(ours.body) || names(bare) !== names(ours)) {
    throw new Error(`the bare server does not send the same answer: ${names(bare)} and ${names(ours)}`);
  }
}
