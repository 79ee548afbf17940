import { CommanderError, type Command } from 'commander';
import { Failure, sentenceOf } from './failure.ts';
import { commandTree, type CommandSet } from './tree.ts';
import type { ExitCode } from './command.ts';
import type { Session } from '../terminal/session.ts';

/** Runs the command that the arguments name, and says what went wrong in one sentence. Returns the exit code. */
export async function runProgram(all: CommandSet, args: readonly string[], session: Session): Promise<ExitCode> {
  let code: ExitCode = 0;
  const out: string[] = [];
  const root = commandTree(all, session, (ended) => (code = ended));
  for (const one of everyCommand(root))
    one.configureOutput({
      writeOut: (text) => out.push(text),
      writeErr: (text) => session.say(text.replace(/\n$/, '')),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(session.terminal.columns ?? 100, 120),
      getErrHelpWidth: () => Math.min(session.terminal.columns ?? 100, 120),
    });
  try {
    await root.parseAsync([...args], { from: 'user' });
  } catch (error) {
    code = failed(error, session);
  }
  if (out.length > 0) await session.write(out.join(''));
  return code;
}

/** A command and all below it. */
function everyCommand(root: Command): Command[] {
  return [root, ...root.commands.flatMap(everyCommand)];
}

function failed(error: unknown, session: Session): ExitCode {
  if (error instanceof CommanderError) return misused(error, session);
  if (session.signal.aborted) {
    // What a wait leaves behind it says itself; of all else nobody can tell how far it got.
    session.say(error instanceof Failure ? sentenceOf(error) : 'interrupted');
    return 130;
  }
  session.say(`error: ${sentenceOf(error)}`);
  if (error instanceof Failure) return error.exitCode;
  if (session.env['DEBUG'] === PROGRAM_DEBUG && error instanceof Error) session.say(error.stack ?? '');
  return 1;
}

/** Value of DEBUG that shows where an unexpected error came from. */
const PROGRAM_DEBUG = 'toolhive-registry';

/** Commander's own complaints, in the form of all others. */
function misused(error: CommanderError, { say, program }: Session): ExitCode {
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') return 2;
  say(error.message);
  say(`Run "${program} --help" for what there is.`);
  return 2;
}
