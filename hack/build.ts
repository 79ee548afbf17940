/**
 * `npm run build`: bundles each program into one file, `dist/<program>/main.cjs`. The same sources give the same bytes.
 * `node hack/build.ts FOLDER PROGRAM` puts one of them elsewhere, for tests.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { BUNDLE } from './bundle.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Parts of libraries that no request ever reaches. They stay in memory as long as the program runs: 8 MB of 80.
 * Zod's messages in other languages (it loads all), and of Express, which only dispatches here, the readers of request bodies with their
 * tables of character sets, the table of media types, and the parser of nested queries. What was used of them would work from source and
 * fail in the bundle: registry-server/src/http/express.test.ts keeps that out.
 */
const UNUSED = /(?:^|\/)locales\/index\.[cm]?js$|^(?:body-parser|mime-db|qs)$/;

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup: (bundler) => {
    bundler.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: 'unused' }));
    bundler.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: path.includes('locales') ? 'export {};' : 'module.exports = {};',
    }));
  },
};

/**
 * What the registry server has of undici: sending GETs. The package's own entry also has fetch, WebSocket, mocks and caches, which as text alone
 * are 4 MB of memory. A part that is not here is no function in the bundle: registry-server/src/bundle.test.ts has it send one.
 */
const UNDICI_PARTS = `
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
Object.assign(Dispatcher.prototype, { request: require('undici/lib/api/api-request.js'), connect: require('undici/lib/api/api-connect.js') });
exports.Agent = require('undici/lib/dispatcher/agent.js');
exports.ProxyAgent = require('undici/lib/dispatcher/proxy-agent.js');
exports.buildConnector = require('undici/lib/core/connect.js');
`;

const undiciParts: Plugin = {
  name: 'undici-parts',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici-parts' }));
    bundler.onLoad({ filter: /.*/, namespace: 'undici-parts' }, () => ({ contents: UNDICI_PARTS, resolveDir: root }));
    // Bodies of requests, which a GET has none of.
    bundler.onResolve({ filter: /^\.\.\/web\// }, ({ path }) => ({ path, namespace: 'unused' }));
  },
};

const common = { ...BUNDLE, absWorkingDir: root, plugins: [withoutUnused], logLevel: 'warning' } as const satisfies BuildOptions;

/** The commit that is built: SOURCE_COMMIT where the sources come without their history, such as from an archive. */
function commit(): string {
  return process.env['SOURCE_COMMIT'] || git('rev-parse', 'HEAD') || 'unknown';
}

/** The time of the commit in UTC, which is the same for each build of it; without the history SOURCE_DATE_EPOCH (reproducible-builds.org). */
function buildTime(): string {
  const seconds = process.env['SOURCE_DATE_EPOCH'] || git('show', '--no-patch', '--format=%ct', `${BUILD_COMMIT}^{commit}`);
  return /^\d{1,11}$/.test(seconds) ? new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') : 'unknown';
}

/** What git says of the sources; '' where it cannot say anything. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', [...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** The registry server's worker thread as text: started with `eval`, it is CommonJS. */
async function workerProgram(): Promise<string> {
  const { outputFiles } = await build({ ...common, entryPoints: ['registry-server/src/sync/stages/worker.ts'], write: false });
  return outputFiles[0]?.text ?? '';
}

/** Bundles `<program>/src/main.ts` with the given constants put in. */
async function bundle(program: string, constants: Readonly<Record<string, string>>, plugins: readonly Plugin[] = []): Promise<void> {
  const entry = `${program}/src/main.ts`;
  if (!existsSync(`${root}${entry}`)) {
    console.log(`${program}: skipped, there is no ${entry} yet`);
    return;
  }
  const started = performance.now();
  const outfile = `${folder}/${program}/main.cjs`;
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    outfile,
    plugins: [...plugins, ...common.plugins],
    // Read only where there is no bundle.
    define: Object.fromEntries(Object.entries({ ...constants, 'import.meta.url': '' }).map(([name, text]) => [name, JSON.stringify(text)])),
    metafile: true,
  });
  // Texts are escaped; a regular expression is not.
  const odd = /[^\0-\x7f]/.exec(readFileSync(resolve(root, outfile), 'utf8'));
  if (odd !== null)
    throw new Error(`${outfile} has the character "${odd[0]}", which makes it take twice the memory; write it by its number`);
  const kilobytes = Math.round((Object.values(metafile.outputs)[0]?.bytes ?? 0) / 1024);
  console.log(`${outfile} (${kilobytes} KiB, ${Math.round(performance.now() - started)} ms)`);
}

const [folder = 'dist', only] = process.argv.slice(2);
const BUILD_COMMIT = commit();
const BUILD_TIME = buildTime();
const programs = {
  'registry-server': async () =>
    bundle('registry-server', { BUILD_COMMIT, BUILD_TIME, BUNDLED_WORKER: await workerProgram() }, [undiciParts]),
  controller: () => bundle('controller', { BUILD_COMMIT }),
  cli: async () => bundle('cli', { BUILD_COMMIT, BUILD_TIME, BUNDLED_WORKER: await workerProgram() }),
};
for (const [program, make] of Object.entries(programs)) if (only === undefined || only === program) await make();
