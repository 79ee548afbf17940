import { cpus, loadavg, totalmem } from 'node:os';
import { isMet, type Measure } from './measure.ts';

/** Where the figures were taken. */
export interface Machine {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGB: number;
  /** Programs that wanted a core in the minute before, on average. */
  readonly load: number;
}

/** This machine. */
export function thisMachine(): Machine {
  const cores = cpus();
  return {
    node: process.version,
    cores: cores.length,
    processor: cores[0]?.model ?? 'unknown',
    memoryGB: Math.round(totalmem() / 1e9),
    load: loadavg()[0] ?? 0,
  };
}

/** The figures as a table for people, with a line below each on how it was measured. */
export function table(measures: readonly Measure[]): string {
  const rows = measures.map((measure) => [measure.name, figure(measure), target(measure), isMet(measure) ? 'met' : 'MISSED']);
  const head = ['measure', 'measured', 'target', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = measures.flatMap(({ note }, index) => [line(rows[index] ?? []), `  ${note}`]);
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...lines].join('\n');
}

/** Everything for programs. */
export function json(machine: Machine, measures: readonly Measure[], leftOut: readonly string[]): string {
  return `${JSON.stringify({ machine, measures: measures.map((measure) => ({ ...measure, met: isMet(measure) })), leftOut }, undefined, 2)}\n`;
}

function figure({ value, unit }: Measure): string {
  const digits = ['MB', '%', 'x'].includes(unit) ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

function target({ target, unit }: Measure): string {
  return 'atMost' in target ? `<= ${target.atMost} ${unit}` : `>= ${target.atLeast} ${unit}`;
}
