#!/usr/bin/env node
import { CATALOG } from './commands/catalog.ts';
import { runProgram } from './program/run.ts';
import { processSession } from './terminal/process-session.ts';

// No top-level await: the single file is CommonJS (hack/build.ts).
void runProgram(CATALOG, process.argv.slice(2), processSession(process.argv[1] ?? '')).then((code) => {
  process.exitCode = code;
});
