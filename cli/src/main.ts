#!/usr/bin/env node
import { CATALOG } from './commands/catalog.ts';
import { complete } from './commands/completion/complete.ts';
import { ASK } from './commands/completion/scripts.ts';
import { runProgram } from './program/run.ts';
import { processSession } from './terminal/process-session.ts';
import type { ExitCode } from './program/command.ts';

/** Runs a command, or answers a shell that asks what fits. */
async function main(args: readonly string[]): Promise<ExitCode> {
  const session = processSession(process.argv[1] ?? '');
  if (args[0] !== ASK) return runProgram(CATALOG, args, session);
  await session.write(await complete(CATALOG, args.slice(1), session));
  return 0;
}

// No top-level await: the single file is CommonJS (hack/build.ts).
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
