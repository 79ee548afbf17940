import type { Environment } from './environment.ts';

/** The environment of the program, injectable so that tests can call commands. */
export interface Session {
  /** How it was called, for messages: `toolhive-registry`, or `kubectl mcpregistry`. */
  readonly program: string;
  readonly env: Environment;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Writes the result. Waits for a slower reader; if the reader is gone, the output is lost, which is not an error. */
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** False once the reader of a pipe has gone, such as `head`: whatever only shows something may stop. */
  readonly isRead: () => boolean;
  /** Says something beside the result, on standard error, one line each. Whatever could do something on a terminal is written out. */
  readonly say: (line: string) => void;
  /** Draws over the last line of standard error, on a terminal alone; what does not fit on the line is cut. */
  readonly draw: (text: string) => void;
  readonly terminal: Terminal;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What reads what the program writes. */
export interface Terminal {
  /** The result is read by a person. */
  readonly out: boolean;
  /** Messages are read by a person. */
  readonly err: boolean;
  /** Characters of a line; undefined where the result is read by a program. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** The result may have colors. */
  readonly color: boolean;
}
