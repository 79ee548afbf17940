#!/usr/bin/env node
import { COMMANDS } from './commands/all.ts';
import { complete } from './commands/completion/complete.ts';
import { ASK } from './commands/completion/scripts.ts';
import { runProgram } from './program/run.ts';
import { processSession } from './terminal/process-session.ts';
import type { ExitCode } from './program/command.ts';

/** Runs a command, or answers a shell that asks what fits. */
async function main(args: readonly string[]): Promise<ExitCode> {
  const session = processSession(process.argv[1] ?? '');
  if (args[0] !== ASK) return runProgram(COMMANDS, args, session);
  await session.write(await complete(COMMANDS, args.slice(1), session));
  return 0;
}

// A program that has nothing left to wait for before it has ended failed somewhere.
const lost = (): void => {
  process.exitCode = 1;
  process.stderr.write('error: the program ended before its work was done\n');
};
process.once('beforeExit', lost);
// No top-level await: the single file is CommonJS (hack/build.ts).
main(process.argv.slice(2)).then(
  (code) => {
    process.removeListener('beforeExit', lost);
    process.exitCode = code;
  },
  (error: unknown) => {
    process.removeListener('beforeExit', lost);
    process.exitCode = 1;
    // Where the result cannot be written, perhaps this can.
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  },
);
