import { build } from 'esbuild';
import { COMMON, defined } from '../build/options.ts';
import { guarded } from './guard.ts';
import { MAIN_PART, type Part } from './parts.ts';

/** What precedes and follows the JSON string of a part. */
const BEFORE = '// ';
const AFTER = '\n';

/**
 * The command line as one file: a loader of a few lines, then each part as a JSON string in a comment line, which V8 skips. The loader (loader.ts) reads
 * a part from the file when it is required, and compiles it then.
 *
 * `--help` takes 47 ms: 8 more than from the package, and not 101 as with all parts in one program, or 53 with parts as texts of a program. Compressed parts
 * would make the file a quarter as large; uncompressed, people can read what they run.
 */
export async function singleFile({
  parts,
  comments,
  minimum,
}: {
  readonly parts: readonly Part[];
  /** Lines for people who open the file. */
  readonly comments: readonly string[];
  /** Least major version of Node.js. */
  readonly minimum: number;
}): Promise<string> {
  const lines = parts.map(({ text }) => `${BEFORE}${JSON.stringify(text)}${AFTER}`);
  const loader = guarded(minimum, await loaderProgram(placesOf(parts, lines)));
  const head = comments.map((line) => `//${line === '' ? '' : ` ${escaped(line)}`}\n`);
  return [loader, ...head, ...lines].join('');
}

/** Where each part is: all is ASCII, so characters are bytes. */
function placesOf(parts: readonly Part[], lines: readonly string[]): Record<string, [fromEnd: number, bytes: number]> {
  let fromEnd = lines.reduce((sum, { length }) => sum + length, 0);
  return Object.fromEntries(
    parts.map(({ name }, index) => {
      const { length } = lines[index] ?? '';
      const place: [number, number] = [fromEnd - BEFORE.length, length - BEFORE.length - AFTER.length];
      fromEnd -= length;
      return [name, place];
    }),
  );
}

async function loaderProgram(places: Readonly<Record<string, readonly [number, number]>>): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: COMMON.absWorkingDir,
    entryPoints: ['hack/cli/loader.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // What an older Node.js has to be able to read before it can say that it is too old.
    target: 'node14',
    write: false,
    define: defined({ PARTS: places, MAIN_PART }),
  });
  return outputFiles[0]?.text ?? '';
}

/** A line of comment in ASCII, as the whole file is: one other character, and V8 takes two bytes for each of its four million. */
function escaped(line: string): string {
  return line.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
