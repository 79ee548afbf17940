/** `npm run lint`: import directions, types, lint rules and format, each with its own exit code folded into one. */
import { spawnSync } from 'node:child_process';
import { checkImports } from './lint/imports.ts';

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['types of the page', 'tsc', '--noEmit', '--project', 'web'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings', '.'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
];

const problems = checkImports('.');
for (const problem of problems) console.error(problem);
console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} imports`);

let failed = problems.length > 0;
for (const [name, command, ...args] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
