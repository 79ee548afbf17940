/**
 * `npm run build`: bundles registry server and controller into one file each, `dist/<program>/main.cjs`, with the licenses of what it contains and its bill of materials beside it,
 * and the command line into a folder that npm can pack and a single file, `dist/cli/`. The same sources give the same bytes.
 * `node hack/build.ts FOLDER PROGRAM` puts one of them elsewhere, for tests.
 */
import { bundleProgram, undiciParts } from './build/one-file.ts';
import { buildTime, commit } from './build/origin.ts';
import { bundledPage } from './build/page.ts';
import { workerProgram } from './build/worker.ts';
import { buildCli } from './cli/build.ts';

const [folder = 'dist', only] = process.argv.slice(2);
const BUILD_COMMIT = commit();
const programs = {
  'registry-server': async () => {
    const [worker, page] = [await workerProgram(), await bundledPage()];
    await bundleProgram(folder, 'registry-server', {
      constants: { BUILD_COMMIT, BUILD_TIME: buildTime(), BUNDLED_WORKER: worker.text, BUNDLED_PAGE: page.text },
      inputs: [...worker.inputs, ...page.inputs],
      plugins: [undiciParts],
    });
  },
  controller: () => bundleProgram(folder, 'controller', { constants: { BUILD_COMMIT } }),
  cli: () => buildCli(`${folder}/cli`),
};
for (const [program, make] of Object.entries(programs)) if (only === undefined || only === program) await make();
