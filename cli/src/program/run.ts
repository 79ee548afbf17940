import { CommanderError, type Command } from 'commander';
import { normalizedWords, helpFor } from './normalize.ts';
import { Failure, sentenceOf } from './failure.ts';
import { unexpected } from './unexpected.ts';
import { commandTree, type CommandSet } from './tree.ts';
import type { AnyCommand, ExitCode } from './command.ts';
import { printable } from '../terminal/printable.ts';
import type { Session } from '../terminal/session.ts';

/** Runs the command that the arguments name, and says what went wrong in one sentence. Returns the exit code. */
export async function runProgram(all: CommandSet, args: readonly string[], session: Session): Promise<ExitCode> {
  let code: ExitCode = 0;
  let called: AnyCommand | undefined;
  const out: string[] = [];
  const root = commandTree(all, session, (ended, spec) => {
    code = ended;
    called = spec;
  });
  for (const one of everyCommand(root))
    one.configureOutput({
      writeOut: (text) => out.push(text),
      writeErr: (text) => session.say(text.replace(/\n$/, '')),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(session.terminal.columns ?? 100, 120),
      getErrHelpWidth: () => Math.min(session.terminal.columns ?? 100, 120),
    });
  try {
    await root.parseAsync([...normalizedWords(all, args, session.program)], { from: 'user' });
  } catch (error) {
    code = error instanceof CommanderError ? misused(error, helpFor(all, args, session.program), session) : failed(error, session);
  }
  try {
    if (out.length > 0) await session.write(out.join(''));
  } catch (error) {
    code = failed(error, session);
  }
  // A verdict is one whether someone reads on or not; of all else the reader has missed a part.
  return code === 0 && !session.isRead() && called?.verdict !== true ? 141 : code;
}

/** A command and all below it. */
function everyCommand(root: Command): Command[] {
  return [root, ...root.commands.flatMap(everyCommand)];
}

function failed(error: unknown, session: Session): ExitCode {
  if (session.signal.aborted) {
    // A wait reports itself what it leaves behind; for everything else it is unknown how far it got.
    session.say(error instanceof Failure ? sentenceOf(error) : 'interrupted');
    return 130;
  }
  if (error instanceof Failure) {
    session.say(`error: ${sentenceOf(error)}`);
    return error.exitCode;
  }
  for (const line of unexpected(error, session.env)) session.say(line);
  return 1;
}

/** Commander's own complaints, in the form of all others. What was typed is a part of them. */
function misused({ exitCode, code, message }: CommanderError, help: string, { say }: Session): ExitCode {
  if (exitCode === 0) return 0;
  if (code === 'commander.help') return 2;
  const [, what = message, meant = ''] = /^(.*?)(?:\n(\(Did you mean [^\n]*\)))?$/s.exec(message) ?? [];
  say(`${printable(what)}${meant === '' ? '' : ` ${meant}`}`);
  say(help);
  return 2;
}
