import type { ExitCode } from './command.ts';

/** An error for the user: one sentence that says what is wrong, and one that says what to do about it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** What to do about it. */
  readonly remedy: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, options: { readonly remedy?: string; readonly exitCode?: ExitCode; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.remedy = options.remedy;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Wrong usage or invalid input: exit code 2. */
export function misuse(message: string, remedy?: string): Failure {
  return new Failure(message, { exitCode: 2, ...(remedy === undefined ? {} : { remedy }) });
}

/** A sentence as a part of a longer one. Names keep their capitals. */
export function clause(sentence: string): string {
  return sentence
    .replace(/\.$/, '')
    .replace(/^(?:The|A|An|It|This|That|There|Use|Put|Write|Take|Choose|Give|Set) /, (word) => word.toLowerCase());
}

/** What is wrong in one line: of an error of this program's own with its remedy. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = error instanceof Failure ? error.remedy : undefined;
  return remedy === undefined ? error.message : `${error.message}; ${remedy}`;
}
