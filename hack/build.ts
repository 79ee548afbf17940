/** `npm run build`: bundles each program into one file, `dist/<program>/main.js`. The same sources give the same bytes. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Express, pino and prom-client are CommonJS and ask for Node's own modules by `require`, which modules do not have. */
const banner = `import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);`;

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // ES modules first: what is not used of them is left out.
  mainFields: ['module', 'main'],
  // An image holds nothing to read a source map with, so names and lines stay as they are and a stack trace can be read.
  minify: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** The commit that is built: SOURCE_COMMIT where the sources come without their history, such as from an archive. */
function commit(): string {
  const given = process.env['SOURCE_COMMIT'];
  if (given !== undefined && given !== '') return given;
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/** The registry server's worker thread as text: started with `eval`, it is CommonJS. */
async function workerProgram(): Promise<string> {
  const { outputFiles } = await build({ ...common, entryPoints: ['registry-server/src/sync/worker.ts'], format: 'cjs', write: false });
  return outputFiles[0]?.text ?? '';
}

/** Bundles `<program>/src/main.ts` with the given constants put in. */
async function bundle(program: string, constants: Readonly<Record<string, string>>): Promise<void> {
  const entry = `${program}/src/main.ts`;
  if (!existsSync(`${root}${entry}`)) {
    console.log(`${program}: skipped, there is no ${entry} yet`);
    return;
  }
  const started = performance.now();
  const outfile = `dist/${program}/main.js`;
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    outfile,
    format: 'esm',
    banner: { js: banner },
    define: Object.fromEntries(Object.entries(constants).map(([name, text]) => [name, JSON.stringify(text)])),
    metafile: true,
  });
  const kilobytes = Math.round((metafile.outputs[outfile]?.bytes ?? 0) / 1024);
  console.log(`${outfile} (${kilobytes} KiB, ${Math.round(performance.now() - started)} ms)`);
}

const BUILD_COMMIT = commit();
await bundle('registry-server', { BUILD_COMMIT, BUNDLED_WORKER: await workerProgram() });
await bundle('controller', { BUILD_COMMIT });
