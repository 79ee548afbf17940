import { basename } from 'node:path';
import { build, transform, type Metafile } from 'esbuild';
import { buildTime, commit } from '../build/origin.ts';
import { assertAscii, COMMON, defined } from '../build/options.ts';
import { bundledPage } from '../build/page.ts';
import { workerProgram } from '../build/worker.ts';

/** A module of the built command line: CommonJS that requires other parts as `./NAME`. */
export interface Part {
  readonly name: string;
  readonly text: string;
  /** Files of the repository that it was made from, such as `node_modules/zod/index.js`. */
  readonly inputs: readonly string[];
}

/** The command line in parts. What runs first is `main.cjs`. */
export interface CliParts {
  readonly parts: readonly Part[];
  /** Source files, including those of the worker thread and of the page for browsers. */
  readonly inputs: readonly string[];
}

/** The entry part. */
export const MAIN_PART = 'main.cjs';

/**
 * Builds the command line in parts, so that a command loads what it needs and no more: as one CommonJS file of 4.3 MB `--help` takes 101 ms, most of which
 * V8 spends on reading what never runs; in parts it takes 39, where `node -e 0` takes 23.
 *
 * esbuild splits ES modules only. Each is made CommonJS in a second step: an ES module that imports `node:http` loads all that this exports, a WebSocket
 * client among it, in 30 ms and 10 MB that `require` does not take; and libraries that call `require` would fail.
 *
 * There is no compile cache (`module.enableCompileCache`): of 38 ms it took off 2, of a list nothing, and it writes into a folder that nobody asked for.
 */
export async function cliParts(): Promise<CliParts> {
  const worker = await workerProgram();
  const page = await bundledPage();
  const { outputFiles, metafile } = await build({
    ...COMMON,
    format: 'esm',
    splitting: true,
    entryPoints: [{ in: 'cli/src/main.ts', out: 'main' }],
    // Nothing is written. The folder is part of what names are made from, so it is always the same.
    outdir: 'dist/cli',
    write: false,
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    // The URL is used only without a bundle.
    define: defined({
      BUILD_COMMIT: commit(),
      BUILD_TIME: buildTime(),
      BUNDLED_WORKER: worker.text,
      BUNDLED_PAGE: page.text,
      'import.meta.url': '',
    }),
    metafile: true,
  });
  const parts = await Promise.all(outputFiles.map(({ path, text }) => partOf(basename(path), text, metafile)));
  return {
    parts: parts.sort((a, b) => (a.name < b.name ? -1 : 1)),
    inputs: [...new Set([...Object.keys(metafile.inputs), ...worker.inputs, ...page.inputs])].sort(),
  };
}

async function partOf(name: string, module: string, { outputs }: Metafile): Promise<Part> {
  const { code } = await transform(module.replace(/^#!.*\n/, ''), {
    format: 'cjs',
    platform: COMMON.platform,
    target: COMMON.target,
    minifyWhitespace: COMMON.minifyWhitespace,
    minifySyntax: COMMON.minifySyntax,
    charset: COMMON.charset,
    // `import()` becomes `require`, behind a promise.
    supported: { 'dynamic-import': false },
  });
  assertAscii(name, code);
  return { name, text: code, inputs: Object.keys(outputs[`dist/cli/${name}`]?.inputs ?? {}) };
}
