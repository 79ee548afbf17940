import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test.each<[string[], number, string]>([
  [[], 2, 'Usage: toolhive-registry COMMAND'],
  [['--help'], 0, 'serve      serve the catalog'],
  [['--version'], 0, '0.'],
  [['serve', '--help'], 0, 'Usage: toolhive-registry serve --config FILE|DIR'],
  [['serve'], 2, '--config is missing'],
  [['sing'], 2, 'unknown command "sing"'],
])('%j exits with %i', (args, code, text) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  expect(stdout + stderr).toContain(text);
  expect(status).toBe(code);
});
