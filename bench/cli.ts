import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { untilOk } from './http.ts';
import { imageProgram, repositoryFile } from './image.ts';
import { median, type Measure, type PartResult } from './measure.ts';
import { quickstartInPod } from './pod-layout.ts';
import { startServerProgram } from './programs.ts';
import { Scope } from './scope.ts';

const ROUNDS = 25;
/** Limits in ms, and, independent of the speed of the machine, as a multiple of an empty Node.js program. */
const TARGETS = { help: { ms: 120, times: 3 }, list: { ms: 300, times: 7 } };
const FORMS = { package: 'dist/cli/package/bin/toolhive-registry.cjs', 'single file': 'dist/cli/toolhive-registry.cjs' };

/** A call of the command line, and how long it took in each round. */
interface Call {
  readonly name: string;
  readonly command: keyof typeof TARGETS;
  readonly args: readonly string[];
  readonly times: number[];
}

/** How long a call of the command line takes, from making the process until it has ended, as built for npm and as one file. */
export async function measureCli(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const server = await startServerProgram(scope, await imageProgram(scope, 'registry-server'), await quickstartInPod(scope));
  await untilOk(`${server.internalUrl}/readiness`, server, signal);
  const calls = Object.entries(FORMS).flatMap(([form, path]): Call[] => {
    const file = repositoryFile(path);
    return [
      { name: `cli, ${form}: --help`, command: 'help', args: [file, '--help'], times: [] },
      { name: `cli, ${form}: list --url, 88 servers`, command: 'list', args: [file, 'list', '--url', server.url], times: [] },
    ];
  });
  const bare: number[] = [];
  for (const { args } of calls) timeOf(args);
  for (let round = 0; round < ROUNDS; round += 1) {
    signal.throwIfAborted();
    bare.push(timeOf(['-e', '0']));
    for (const { args, times } of calls) times.push(timeOf(args));
  }
  return { measures: calls.flatMap((call) => measuresOf(call, bare)) };
}

function measuresOf({ name, command, times }: Call, bare: readonly number[]): Measure[] {
  const target = TARGETS[command];
  const ratios = times.map((time, round) => time / (bare[round] ?? Number.NaN));
  return [
    {
      name,
      value: median(times),
      unit: 'ms',
      target: { atMost: target.ms },
      note: `median of ${ROUNDS}, least ${Math.round(Math.min(...times))} ms, worst ${Math.round(Math.max(...times))} ms`,
    },
    {
      name: `${name}, of node -e 0`,
      value: median(ratios),
      unit: 'x',
      target: { atMost: target.times },
      note: `median over rounds, in each of which they take turns; node -e 0 takes ${Math.round(median(bare))} ms`,
    },
  ];
}

function timeOf(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status ?? 'a signal'}: ${stderr}`);
  return performance.now() - started;
}
