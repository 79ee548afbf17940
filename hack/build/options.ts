import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { BUNDLE } from '../bundle.ts';

/** The repository's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Parts of libraries that are never used. They would stay in memory as long as the program runs: 8 MB of 80.
 * Zod's messages in other languages (it loads all), and of Express, which only dispatches here, the readers of request bodies with their
 * tables of character sets, the table of media types, and the parser of nested queries. What was used of them would work from source and
 * fail in the bundle: registry-server/src/http/express.test.ts keeps that out.
 */
const UNUSED = /(?:^|\/)locales\/index\.[cm]?js$|^(?:body-parser|mime-db|qs)$/;

/** Namespace of what is left out. */
export const UNUSED_NAMESPACE = 'unused';

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup: (bundler) => {
    bundler.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: UNUSED_NAMESPACE }));
    bundler.onLoad({ filter: /.*/, namespace: UNUSED_NAMESPACE }, ({ path }) => ({
      contents: path.includes('locales') ? 'export {};' : 'module.exports = {};',
    }));
  },
};

/** Build options of all programs. */
export const COMMON = { ...BUNDLE, absWorkingDir: ROOT, plugins: [withoutUnused], logLevel: 'warning' } as const satisfies BuildOptions;

/** Names of constants and their values, as esbuild puts them in. */
export function defined(constants: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** Throws an error where a program has a character that is not ASCII. esbuild escapes strings, but not regular expressions. */
export function assertAscii(file: string, text: string): void {
  const odd = /[^\0-\x7f]/.exec(text);
  if (odd !== null) throw new Error(`${file} has the character "${odd[0]}", which makes it take twice the memory; write it as an escape`);
}
