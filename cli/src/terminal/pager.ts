import { spawn } from 'node:child_process';
import type { Session } from './session.ts';

/** Takes text, page by page. */
export type Write = (text: string) => Promise<void>;

/** The reader has left the pager: no more output is needed. */
class PagerLeft extends Error {
  override readonly name = 'PagerLeft';
}

/**
 * Has a long result shown by the pager of TOOLHIVE_REGISTRY_PAGER or PAGER, or by `less`, as git does: on a terminal that can, and only what does not fit
 * on its screen. An empty variable, `cat` or `--no-pager` turns it off. Where the pager fails, as one does that is not there, the result is written as it
 * is.
 */
export async function paged(
  session: Session,
  { 'no-pager': isOff }: { readonly 'no-pager': boolean },
  work: (write: Write) => Promise<void>,
): Promise<void> {
  const program = pagerOf(session);
  if (isOff || program === undefined) return work(session.write);
  const screen = new Screen(session.terminal);
  let pager: Pager | undefined;
  try {
    await work(async (text) => {
      screen.add(text);
      if (pager !== undefined) await pager.write(text);
      else if (screen.isFull) {
        pager = new Pager(program, session);
        await pager.write(screen.text);
      }
    });
  } catch (error) {
    if (!(error instanceof PagerLeft)) {
      // What there was until then is shown, above what went wrong.
      await shown(pager, screen, session);
      throw error;
    }
  }
  await shown(pager, screen, session);
}

async function shown(pager: Pager | undefined, screen: Screen, session: Session): Promise<void> {
  if (pager === undefined || (await pager.end()) === 'failed') await session.write(screen.text);
}

/** The pager to start; undefined where there is to be none. */
function pagerOf({ terminal, env }: Session): string | undefined {
  const program = env['TOOLHIVE_REGISTRY_PAGER'] ?? env['PAGER'] ?? 'less';
  const term = env['TERM'] ?? '';
  return !terminal.out || term === '' || term === 'dumb' || program.trim() === '' || program === 'cat' ? undefined : program;
}

/** What was written, and whether it still fits on the screen. */
class Screen {
  readonly #columns: number;
  readonly #rows: number;
  #lines = 0;
  text = '';

  constructor({ columns = 80, rows = 24 }: Session['terminal']) {
    // Terminals whose size is not known say 0.
    this.#columns = columns || 80;
    this.#rows = rows || 24;
  }

  add(text: string): void {
    this.text += text;
    for (const line of text.split('\n').slice(0, -1)) this.#lines += Math.max(1, Math.ceil(line.replace(STYLE, '').length / this.#columns));
  }

  /** One row is for the prompt of the shell. */
  get isFull(): boolean {
    return this.#lines >= this.#rows;
  }
}

/** What marks a part of a text, and takes no room. */
// eslint-disable-next-line no-control-regex
const STYLE = /\u001b\[\d+m/g;

/** A pager that runs. */
class Pager {
  readonly #input: NodeJS.WritableStream;
  readonly #ended: Promise<'done' | 'failed'>;
  readonly #interrupts = withoutInterrupts();
  #isOpen = true;

  constructor(program: string, { env }: Session) {
    const child = spawn('/bin/sh', ['-c', program], { stdio: ['pipe', 'inherit', 'inherit'], env: { LESS: 'FRX', ...env } });
    this.#input = child.stdin;
    this.#ended = new Promise((resolve) => {
      // If a signal ended it, the reader did.
      child.once('close', (code) => resolve(code === 0 || code === null ? 'done' : 'failed'));
      child.once('error', () => resolve('failed'));
    });
    this.#input.on('error', () => (this.#isOpen = false));
    void this.#ended.then(() => (this.#isOpen = false));
  }

  /** Throws {@link PagerLeft} where nobody reads on. Of a pager that fails all is kept for later. */
  async write(text: string): Promise<void> {
    if (this.#isOpen) await new Promise<void>((resolve) => this.#input.write(text, () => resolve()));
    else if ((await this.#ended) === 'done') throw new PagerLeft();
  }

  async end(): Promise<'done' | 'failed'> {
    try {
      this.#input.end();
      return await this.#ended;
    } finally {
      this.#interrupts[Symbol.dispose]();
    }
  }
}

/** Ctrl-C is for the pager while it is there: it ends what less looks for, and must not leave it behind with the terminal. */
function withoutInterrupts(): Disposable {
  const before = process.listeners('SIGINT');
  const ignore = (): void => undefined;
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', ignore);
  return {
    [Symbol.dispose]: () => {
      process.removeListener('SIGINT', ignore);
      for (const listener of before) process.on('SIGINT', listener);
    },
  };
}
