import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { licensesText, packagesOf } from '../cli/licenses.ts';
import { BOM_FILE, programBom } from '../sbom/product.ts';
import { buildSeconds } from './origin.ts';
import { assertAscii, COMMON, defined, ROOT, UNUSED_NAMESPACE } from './options.ts';

/**
 * The parts of undici that the registry server uses: sending GETs. The package's own entry also has fetch, WebSocket, mocks and caches, which as text alone
 * are 4 MB of memory. A part that is missing here is undefined in the bundle: registry-server/src/bundle.test.ts has it send one.
 */
const UNDICI_PARTS = `
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
Object.assign(Dispatcher.prototype, { request: require('undici/lib/api/api-request.js'), connect: require('undici/lib/api/api-connect.js') });
exports.Agent = require('undici/lib/dispatcher/agent.js');
exports.ProxyAgent = require('undici/lib/dispatcher/proxy-agent.js');
exports.buildConnector = require('undici/lib/core/connect.js');
`;

/** Leaves out of undici what the registry server does not use. */
export const undiciParts: Plugin = {
  name: 'undici-parts',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici-parts' }));
    bundler.onLoad({ filter: /.*/, namespace: 'undici-parts' }, () => ({ contents: UNDICI_PARTS, resolveDir: ROOT }));
    // Bodies of requests, which a GET has none of.
    bundler.onResolve({ filter: /^\.\.\/web\// }, ({ path }) => ({ path, namespace: UNUSED_NAMESPACE }));
  },
};

/** Options for bundling a program. */
export interface BundleParts {
  /** Constants by the names that the sources declare. */
  readonly constants: Readonly<Record<string, string>>;
  /** Source files of the constants. */
  readonly inputs?: readonly string[];
  readonly plugins?: readonly Plugin[];
}

/** The name of a program in a bill of materials, if it is not that of its folder. */
const PUBLISHED_NAMES: Readonly<Record<string, string>> = {
  'registry-server': 'toolhive-registry-server',
  controller: 'toolhive-registry-controller',
};

/**
 * Bundles `<program>/src/main.ts` into one file, `<folder>/<program>/main.cjs`, with the given constants. Beside it are the licenses of what it
 * contains, `THIRD-PARTY-LICENSES`, and its bill of materials, `sbom.cdx.json`.
 */
export async function bundleProgram(folder: string, program: string, { constants, inputs = [], plugins = [] }: BundleParts): Promise<void> {
  const entry = `${program}/src/main.ts`;
  if (!existsSync(`${ROOT}${entry}`)) {
    console.log(`${program}: skipped, there is no ${entry} yet`);
    return;
  }
  const started = performance.now();
  const outfile = `${folder}/${program}/main.cjs`;
  const { metafile } = await build({
    ...COMMON,
    entryPoints: [entry],
    outfile,
    plugins: [...plugins, ...COMMON.plugins],
    // Used only without a bundle.
    define: defined({ ...constants, 'import.meta.url': '' }),
    metafile: true,
  });
  assertAscii(outfile, readFileSync(resolve(ROOT, outfile), 'utf8'));
  const packages = packagesOf([...Object.keys(metafile.inputs), ...inputs]);
  const beside = (name: string): string => join(dirname(resolve(ROOT, outfile)), name);
  writeFileSync(beside('THIRD-PARTY-LICENSES'), licensesText(ROOT, packages));
  writeFileSync(beside(BOM_FILE), programBom(ROOT, PUBLISHED_NAMES[program] ?? program, packages, buildSeconds()));
  const kilobytes = Math.round((Object.values(metafile.outputs)[0]?.bytes ?? 0) / 1024);
  console.log(`${outfile} (${kilobytes} KiB, ${Math.round(performance.now() - started)} ms)`);
}
