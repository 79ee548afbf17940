import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from './parts.ts';
import { singleFile } from './single-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'single-file-'));
  file = join(folder, 'program.cjs');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a single file of parts, by their names. */
async function write(
  texts: Readonly<Record<string, string>>,
  { comments = [], minimum = 24 }: { comments?: string[]; minimum?: number } = {},
) {
  const parts = Object.entries(texts).map(([name, text]): Part => ({ name, text, inputs: [] }));
  writeFileSync(file, await singleFile({ parts, comments, minimum }), { mode: 0o755 });
}

test.each<[what: string, parts: Record<string, string>, printed: string]>([
  ['a part alone', { 'main.cjs': 'console.log(1)' }, '1'],
  [
    'a part that another requires, once',
    {
      'b.cjs': 'console.log("b"); exports.x = 2;',
      'main.cjs': 'require("./b.cjs"); console.log(require("./b.cjs").x)',
      'z.cjs': 'throw 1',
    },
    'b\n2',
  ],
  [
    'parts that require each other',
    { 'b.cjs': 'exports.x = require("./main.cjs")', 'main.cjs': 'exports.y = 3; console.log(require("./b.cjs").x.y)' },
    '3',
  ],
  ['an exported function', { 'b.cjs': 'module.exports = () => 4', 'main.cjs': 'console.log(require("./b.cjs")())' }, '4'],
  ['what Node.js has', { 'main.cjs': 'console.log(require("node:path").basename(__filename))' }, 'program.cjs'],
  ['line ends and comment signs', { 'main.cjs': 'console.log(`\n*/ // \\n \\u2028`.length)\n// end' }, '10'],
])('runs %s', async (_, parts, printed) => {
  await write(parts, { comments: ['About', '', 'Copyright \u00a9 Zo\u00eb */'] });
  expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe(`${printed}\n`);
});

test('is started by its own first line, through a link, too', async () => {
  await write({ 'main.cjs': 'console.log(process.argv.slice(2).join())' });
  symlinkSync(file, join(folder, 'kubectl-plugin'));
  const env = { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}` };
  expect(execFileSync(join(folder, 'kubectl-plugin'), ['a', 'b'], { encoding: 'utf8', env })).toBe('a,b\n');
});

test('an error says in which part it was thrown', async () => {
  await write({ 'b.cjs': '\nthrow new Error("broken")', 'main.cjs': 'require("./b.cjs")' });
  expect(spawnSync(process.execPath, [file], { encoding: 'utf8' }).stderr).toContain(`${file}/b.cjs:2`);
});

test('a module that is nowhere is an error of Node.js', async () => {
  await write({ 'main.cjs': 'require("./gone.cjs")' });
  expect(spawnSync(process.execPath, [file], { encoding: 'utf8' }).stderr).toContain("Cannot find module './gone.cjs'");
});

test('a Node.js that is too old says so, and runs nothing', async () => {
  await write({ 'main.cjs': 'console.log("run")' }, { minimum: 999 });
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    `toolhive-registry needs Node.js 999 or newer, and this is ${process.version}; install it, or put it first on the PATH\n`,
  ]);
});

test('has ASCII alone, with its comments written out', async () => {
  await write({ 'main.cjs': '' }, { comments: ['\u00a9 Zo\u00eb'] });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('\n// \\u00a9 Zo\\u00eb\n');
  expect(text).toMatch(/^[\0-\x7f]*$/);
});
