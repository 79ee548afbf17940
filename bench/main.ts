/** `make bench`: start, memory, throughput and what the controller costs, each with its target. `--help` says more. */
import { writeFile } from 'node:fs/promises';
import { measureCli } from './cli.ts';
import { measureController } from './controller.ts';
import { measureLarge } from './large.ts';
import { measureEnforcement } from './enforcement.ts';
import { measureFailover } from './failover.ts';
import { measureFormats } from './formats.ts';
import { measureInstall } from './install.ts';
import { isMet, type Measure, type PartResult } from './measure.ts';
import { measureNewcomer } from './newcomer.ts';
import { PARTS, readBenchOptions, type BenchOptions, type Part } from './options.ts';
import { buildPrograms } from './programs.ts';
import { json, table, thisMachine } from './report.ts';
import { measurePage } from './page.ts';
import { measureScale } from './scale.ts';
import { measureSearch } from './search.ts';
import { measureServed } from './served.ts';
import { measureServer } from './server.ts';
import { measureSources } from './sources.ts';
import { measureStatus } from './status.ts';
import { measureThroughput } from './throughput.ts';

const measuring: Readonly<Record<Part, (signal: AbortSignal) => Promise<PartResult>>> = {
  server: measureServer,
  cli: measureCli,
  page: measurePage,
  list: measureThroughput,
  search: measureSearch,
  sources: measureSources,
  large: measureLarge,
  formats: measureFormats,
  controller: measureController,
  failover: measureFailover,
  status: measureStatus,
  enforcement: measureEnforcement,
  scale: measureScale,
  install: measureInstall,
  served: measureServed,
  newcomer: measureNewcomer,
};

/** With more load than this before the start, absolute times are not reliable. */
const QUIET_LOAD = 1;

/** Runs the parts one after the other. Returns the exit code. */
async function bench(options: BenchOptions, signal: AbortSignal): Promise<number> {
  const machine = thisMachine();
  console.log(
    `Node.js ${machine.node}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGB} GB, load ${machine.load.toFixed(1)}`,
  );
  if (machine.load > QUIET_LOAD) console.log('Something else is running here: times will be longer than on a quiet machine.');
  buildPrograms();
  const measures: Measure[] = [];
  const leftOut: string[] = [];
  const failed: Part[] = [];
  for (const part of PARTS.filter((name) => options.parts.includes(name))) {
    console.error(`measuring: ${part} ...`);
    try {
      const result = await measuring[part](signal);
      measures.push(...result.measures);
      if (result.leftOut !== undefined) leftOut.push(`${part}: ${result.leftOut}`);
    } catch (error) {
      signal.throwIfAborted();
      failed.push(part);
      console.error(error);
    }
  }
  if (measures.length > 0) console.log(`\n${table(measures)}\n`);
  for (const line of leftOut) console.log(`Left out: ${line}`);
  if (options.json !== undefined) await writeFile(options.json, json(machine, measures, leftOut));
  return verdict(measures, leftOut, failed);
}

/** Says in one line how it went. Returns the exit code. */
function verdict(measures: readonly Measure[], leftOut: readonly string[], failed: readonly Part[]): number {
  const missed = measures.filter((measure) => !isMet(measure)).map(({ name }) => name);
  const ci = process.env['CI'] === 'true' || process.env['CI'] === '1';
  const faults = [
    ...missed.map((name) => `target missed: ${name}`),
    ...failed.map((part) => `could not be measured: ${part}`),
    ...(ci ? leftOut.map((line) => `in CI nothing may be left out: ${line}`) : []),
  ];
  const met = measures.length === 0 ? 'Nothing was measured.' : `All ${measures.length} targets are met.`;
  console.log(faults.length === 0 ? met : faults.join('\n'));
  return faults.length === 0 ? 0 : 1;
}

/** Exit code of a program that an interrupt ended. */
const INTERRUPTED = 130;

async function main(): Promise<number> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupt.abort(new Error(signal)));
  let options;
  try {
    options = readBenchOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nTry: node bench/main.ts --help`);
    return 2;
  }
  if ('help' in options) {
    console.log(options.help);
    return 0;
  }
  try {
    return await bench(options, interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    console.error(`interrupted (${String(interrupt.signal.reason)})`);
    return INTERRUPTED;
  }
}

// An interrupted start of the API server is still under way; its own watch ends it when this process ends.
process.exit(await main());
