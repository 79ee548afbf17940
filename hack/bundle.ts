import type { BuildOptions } from 'esbuild';

/** Bundle options for images. */
export const BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // ES modules first: their unused parts are dropped.
  mainFields: ['module', 'main'],
  // Names are kept for readable stack traces; whitespace and comments are removed because they would stay in memory.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // With a single non-ASCII character, V8 stores the whole text with two bytes per character.
  charset: 'ascii',
  // A module that imports `node:http` loads all that it exports, a WebSocket client among it: 10 MB that `require` does not take.
  format: 'cjs',
} as const satisfies BuildOptions;
