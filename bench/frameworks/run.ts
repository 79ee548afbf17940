/**
 * Measures the same controller with this framework, controller-runtime and kopf, one after the other, each against an API server of its own:
 * `node bench/frameworks/run.ts [--only ours|controller-runtime|kopf]`. It takes about 5 minutes for each of the five columns.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assetsDir } from '@toolhive-registry/testenv';
import { thisMachine } from '../report.ts';
import { GROUPS, prepare, type Group } from './contenders.ts';
import { measure, type Row } from './measure.ts';

/** A column of the table. */
interface Column {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** Prints what was measured as a Markdown table, and where. */
async function main(): Promise<void> {
  const assets = assetsDir();
  if (assets === undefined) throw new Error('etcd and kube-apiserver are missing; "make cluster-build" builds them (11 minutes, once)');
  const groups = chosen();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(`ended by ${signal}`)));
  const versions = [spawnSync(join(assets, 'kube-apiserver'), ['--version'], { encoding: 'utf8' }).stdout.trim()];
  const columns: Column[] = [];
  for (const group of groups) {
    const prepared = await prepare(group);
    if ('missing' in prepared) {
      console.error(prepared.missing);
      continue;
    }
    versions.push(prepared.versions);
    for (const contender of prepared.contenders) columns.push({ name: contender.name, rows: await measure(contender, stop.signal) });
  }
  const { cores, processor, memoryGB, load } = thisMachine();
  console.log(table(columns));
  console.log(
    `\n${cores} cores (${processor}), ${memoryGB} GB, load ${load.toFixed(1)}; ${versions.join('; ')}; ${new Date().toISOString().slice(0, 10)}`,
  );
}

/** The frameworks that the command line asks for. */
function chosen(): readonly Group[] {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const groups = GROUPS.filter((group) => only === undefined || group === only);
  if (groups.length === 0) throw new Error(`--only is one of ${GROUPS.join(', ')}, not "${only}"`);
  return groups;
}

/** Measures as lines, controllers as columns. */
function table(columns: readonly Column[]): string {
  const measures = columns[0]?.rows.map(([name]) => name) ?? [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['measure', ...columns.map(({ name }) => name)];
  const body = measures.map((name, index) => line([name, ...columns.map(({ rows }) => rows[index]?.[1] ?? '')]));
  return [line(head), line(head.map(() => '---')), ...body].join('\n');
}

try {
  await main();
} catch (error) {
  // An interrupt is no fault: its own sentence says enough.
  const { cause } = error as Error;
  console.error((error as Error).name === 'AbortError' && cause instanceof Error ? cause.message : error);
  process.exitCode = 1;
}
