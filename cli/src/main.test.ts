import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { builtProgram, expectFile, type Program } from './testing.ts';
import { COMMANDS } from './commands/all.ts';
import { VERSION } from './version.ts';

let program: Program;
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
});

test.each<[args: string[], code: number, stream: 'stdout' | 'stderr', text: string]>([
  [[], 2, 'stderr', 'Usage: toolhive-registry COMMAND'],
  [['--help'], 0, 'stdout', 'Usage: toolhive-registry COMMAND'],
  [['help', 'list'], 0, 'stdout', 'Usage: toolhive-registry list [REGISTRY] [flags]'],
  [['help', '--help'], 0, 'stdout', 'Usage: toolhive-registry COMMAND'],
  [['help', 'enforce', 'check'], 0, 'stdout', 'Usage: toolhive-registry enforce check [FILE...] [flags]'],
  [['help', 'enforce'], 0, 'stdout', 'Usage: toolhive-registry enforce COMMAND [flags]'],
  [['help', 'serve'], 0, 'stdout', 'Usage: toolhive-registry serve --config FILE|DIR'],
  [['version', '--client'], 0, 'stdout', `Client: ${VERSION}`],
  [['--version'], 0, 'stdout', `Client: ${VERSION} (commit `],
  [['serve', '--help'], 0, 'stdout', 'Usage: toolhive-registry serve --config FILE|DIR'],
  [['serve'], 2, 'stderr', '--config is missing'],
  [['fooo'], 2, 'stderr', 'error: unknown command "fooo"; "toolhive-registry --help" lists the commands'],
  [['fooo', '--help'], 2, 'stderr', 'error: unknown command "fooo"'],
  [['help', 'fooo'], 2, 'stderr', 'error: unknown command "fooo"'],
  [['help', 'lst'], 2, 'stderr', 'error: unknown command "lst"; did you mean list?'],
  [['enforce', 'chek'], 2, 'stderr', 'error: unknown command "enforce chek"; did you mean enforce check?'],
  [['si\nng'], 2, 'stderr', String.raw`error: unknown command "si\x0Ang"`],
  [['list', '--si\nng'], 2, 'stderr', String.raw`error: unknown option '--si\x0Ang'`],
  [['add'], 2, 'stderr', 'Run "toolhive-registry add --help" for its arguments and flags.'],
  [['enforce', 'check', '--filenam', 'x'], 2, 'stderr', "error: unknown option '--filenam' (Did you mean --filename?)"],
  [['enforce', 'check', '--filenam', 'x'], 2, 'stderr', 'Run "toolhive-registry enforce check --help" for its arguments and flags.'],
  [['completion', 'tcsh'], 2, 'stderr', 'error: SHELL is "tcsh"; use one of bash, zsh, fish'],
])('%j: exit code %i, and on %s what is expected', async (args, code, stream, text) => {
  const found = await program.run(args);
  expect(found[stream]).toContain(text);
  expect([found.code, found[stream === 'stdout' ? 'stderr' : 'stdout']]).toEqual([code, '']);
});

test('the help of the program', async () => {
  expectFile('help.txt', (await program.run(['--help'])).stdout);
});

const commands = COMMANDS.groups.flatMap((group) => group.commands).filter((one) => 'flags' in one);

test.each(commands.map((command) => [command.name, command] as const))('%s: its help has every flag and example', async (name, command) => {
  const { code, stdout } = await program.run([...name.split(' '), '--help']);
  expect(code).toBe(0);
  for (const flag of Object.keys(command.flags as object)) expect(stdout).toContain(`--${flag}`);
  expect(command.examples.length).toBeGreaterThan(0);
  for (const { line } of command.examples) expect(stdout).toContain(`  toolhive-registry ${line}`);
});
