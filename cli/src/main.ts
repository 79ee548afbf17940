#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { serve } from '@toolhive-registry/registry-server';

const HELP = `Usage: toolhive-registry COMMAND [flags]

Commands:
  serve      serve the catalog of one MCPRegistry over HTTP (serve --help lists its flags)

  --version  print the version
  -h, --help print this text
`;

const [command, ...rest] = process.argv.slice(2);

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
async function run(): Promise<number> {
  if (command === 'serve') return serve('toolhive-registry serve', rest, process);
  if (command === '--version') {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (command === undefined || command === '--help' || command === '-h') {
    process.stdout.write(HELP);
    return command === undefined ? 2 : 0;
  }
  process.stderr.write(`unknown command "${command}"\n${HELP}`);
  return 2;
}

process.exitCode = await run();
