import type { BuildOptions } from 'esbuild';

/** How programs are bundled for images. */
export const BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // ES modules first: what is not used of them is left out.
  mainFields: ['module', 'main'],
  // Names stay as they are, so that a stack trace can be read; spaces and comments would stay in memory.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // One other character, and V8 keeps all of the text with two bytes for each.
  charset: 'ascii',
  // A module that imports `node:http` loads all that it exports, a WebSocket client among it: 10 MB that `require` does not take.
  format: 'cjs',
} as const satisfies BuildOptions;
