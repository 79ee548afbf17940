import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BareAnswer } from './bare-server.ts';
import { get, untilOk, type Answer } from './http.ts';
import { imageProgram, repositoryFile } from './image.ts';
import type { LoadJob } from './load.ts';
import { ask, startLoad } from './load-client.ts';
import { median, type Measure, type PartResult } from './measure.ts';
import { cpuSeconds } from './proc.ts';
import { startServerProgram } from './programs.ts';
import { Scope, type Program } from './scope.ts';

const DUMP = 'catalog/testdata/official-registry-dump-2026-02-06.json';
const PATH = '/v0.1/servers?limit=30';
const CONNECTIONS = 10;
const WARM_UP_SECONDS = 3;
const ROUND_SECONDS = 5;
const ROUNDS = 5;
const TARGET_PERCENT = 60;

/** Throughput of a list page, as a share of what a bare server manages that sends the same bytes in the same run. */
export async function measureThroughput(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const image = await imageProgram(scope, 'registry-server');
  const server = await startServerProgram(scope, image, { config: await officialRegistry(scope) });
  await untilOk(`${server.internalUrl}/readiness`, server, signal);
  const answer = await get(`${server.url}${PATH}`, signal);
  const bare = scope.start('bare server', [repositoryFile('bench/bare-server.ts')], { env: image.env, ipc: true });
  const bareUrl = (await ask(
    bare,
    { headers: withoutHop(answer), body: answer.body.toString('utf8') } satisfies BareAnswer,
    signal,
  )) as string;
  const load = startLoad(scope);
  assertSame(answer, await get(`${bareUrl}${PATH}`, signal));

  const round = async (program: Program, url: string, seconds: number): Promise<Round> => {
    const before = cpuSeconds(program.pid);
    const job: LoadJob = { url: `${url}${PATH}`, seconds, connections: CONNECTIONS };
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
  return { measures: measuresOf(ours, bares, answer.body.length) };
}

function measuresOf(ours: readonly Round[], bares: readonly Round[], bytes: number): Measure[] {
  const middle = (rounds: readonly Round[], pick: (round: Round) => number): number => median(rounds.map(pick));
  const rate = (rounds: readonly Round[]): number => middle(rounds, ({ perSecond }) => perSecond);
  const perCpuSecond = (rounds: readonly Round[]): number => middle(rounds, ({ perSecond, busy }) => perSecond / busy);
  const busy = (rounds: readonly Round[]): string => `${Math.round(100 * middle(rounds, (round) => round.busy))} %`;
  const compared = (figure: (rounds: readonly Round[]) => number): Pick<Measure, 'value' | 'unit' | 'target'> => ({
    value: (100 * figure(ours)) / figure(bares),
    unit: '%',
    target: { atLeast: TARGET_PERCENT },
  });
  const against = (figure: (rounds: readonly Round[]) => number): string =>
    `${Math.round(figure(ours))} against ${Math.round(figure(bares))}`;
  return [
    {
      name: 'list: throughput, share of bare node:http, 1,731 servers',
      ...compared(rate),
      note: `${against(rate)} a second; medians of ${ROUNDS} rounds of ${ROUND_SECONDS} s in turns, ${CONNECTIONS} connections, ${bytes} bytes`,
    },
    {
      name: 'list: throughput per processor time, share of bare node:http',
      ...compared(perCpuSecond),
      note: `${against(perCpuSecond)} in a second of processor time; they were busy ${busy(ours)} and ${busy(bares)}: below 90 % the client set the pace`,
    },
  ];
}

interface Round {
  readonly perSecond: number;
  /** Cores that the server used, on average. */
  readonly busy: number;
}

/** Writes a manifest for the dump, and returns its path. */
async function officialRegistry(scope: Scope): Promise<string> {
  const manifest = {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'official' },
    spec: { source: { type: 'file', file: { path: repositoryFile(DUMP) } } },
  };
  const path = join(await scope.folder(), 'official.yaml');
  await writeFile(path, JSON.stringify(manifest));
  return path;
}

/** Node.js writes these itself. */
function withoutHop({ headers }: Answer): BareAnswer['headers'] {
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...rest } = headers;
  return rest;
}

function assertSame(ours: Answer, bare: Answer): void {
  const names = (answer: Answer): string => Object.keys(answer.headers).toSorted().join(', ');
  const { servers } = JSON.parse(ours.body.toString('utf8')) as { readonly servers: readonly unknown[] };
  if (servers.length !== 30) throw new Error(`the page has ${servers.length} servers and not 30`);
  if (!bare.body.equals(ours.body) || names(bare) !== names(ours)) throw new Error('the bare server does not send the same answer');
}
