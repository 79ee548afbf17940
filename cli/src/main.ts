#!/usr/bin/env node
import { COMMANDS } from './commands/all.ts';
import { complete } from './commands/completion/complete.ts';
import { COMPLETE_COMMAND } from './commands/completion/scripts.ts';
import { runProgram } from './program/run.ts';
import { unexpected } from './program/unexpected.ts';
import { printable } from './terminal/printable.ts';
import { processSession } from './terminal/process-session.ts';
import type { ExitCode } from './program/command.ts';

/** Runs a command, or answers a shell that asks what fits. */
async function main(args: readonly string[]): Promise<ExitCode> {
  const session = processSession(process.argv[1] ?? '');
  if (args[0] !== COMPLETE_COMMAND) return runProgram(COMMANDS, args, session);
  await session.write(await complete(COMMANDS, args.slice(1), session));
  return 0;
}

// A program that has nothing left to wait for before it has ended failed somewhere.
const lost = (): void => {
  process.exitCode = 1;
  process.stderr.write('error: the program ended before its work was finished\n');
};
/** Uncaught errors: Node.js itself would print the line that threw it, which in the single file is the whole program. */
const fault = (error: unknown): void => {
  for (const line of unexpected(error, process.env)) process.stderr.write(`${printable(line, 'keep')}\n`);
  process.exit(1);
};
process.once('beforeExit', lost);
process.on('uncaughtException', fault);
// No top-level await: the single file is CommonJS (hack/build.ts).
main(process.argv.slice(2)).then((code) => {
  process.removeListener('beforeExit', lost);
  process.exitCode = code;
}, fault);
