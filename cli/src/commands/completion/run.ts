import type { Run } from '../../program/command.ts';
import { PLUGIN, PROGRAM } from '../../program/names.ts';
import { script } from './scripts.ts';
import type { flags as flagSpecs, SHELLS } from './command.ts';

/** Prints the script of a shell, for the name under which the program was called. */
export const runCompletion: Run<typeof flagSpecs> = async ({ args: [shell] }, session) => {
  await session.write(script(shell as (typeof SHELLS)[number], session.program === PROGRAM ? PROGRAM : PLUGIN));
  return 0;
};
