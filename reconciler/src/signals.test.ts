import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const MODULE = JSON.stringify(new URL('signals.ts', import.meta.url).href);
/** Reports when it listens, and the reason of the abort; lives on until a second signal. */
const PROGRAM = `
import { signalOf } from ${MODULE};
const signal = signalOf('SIGTERM', 'SIGINT');
signal.addEventListener('abort', () => console.log(signal.reason.message));
setInterval(() => undefined, 1000);
console.log('listening');
`;

test.each(['SIGTERM', 'SIGINT'] as const)('%s aborts, and a second one ends the process', async (name) => {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const said = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim();
  expect(await said()).toBe('listening');
  child.kill(name);
  expect(await said()).toBe(name);
  child.kill(name);
  expect(await exit).toEqual([null, name]);
});
