/**
 * `make cli-package`: builds the command line in all forms in which people install it, below `dist/cli/`. Nothing is published.
 *
 *   toolhive-registry.cjs             one file that Node.js runs
 *   sbom.cdx.json                     which packages it contains, by CycloneDX
 *   package/                          what npm packs
 *   toolhive-registry-VERSION.tgz     packed by npm
 *   krew/kubectl-mcpregistry.tar.gz   for Krew: the single file, LICENSE, NOTICE and THIRD-PARTY-LICENSES
 *   krew/mcpregistry.yaml             its manifest
 *
 * The same sources give the same bytes, with the same Node.js and npm: both archives are made by zlib. `node hack/cli-package.ts FOLDER` puts them elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './build/options.ts';
import { buildSeconds } from './build/origin.ts';
import { tarGz } from './cli/archive.ts';
import { buildCli } from './cli/build.ts';
import { writeMade } from './cli/files.ts';
import { krewManifest, KREW_ARCHIVE, KREW_MANIFEST } from './cli/krew.ts';

const [folder = 'dist'] = process.argv.slice(2);
const cli = join(resolve(ROOT, folder), 'cli');
const { version, single, legal } = await buildCli(`${folder}/cli`);

execFileSync('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', cli, join(cli, 'package')], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
console.log(`${folder}/cli/toolhive-registry-${version}.tgz`);

const archive = tarGz([single, ...legal], buildSeconds() ?? 0);
const template = readFileSync(join(ROOT, 'packaging/krew', KREW_MANIFEST), 'utf8');
writeMade(join(cli, 'krew'), { path: KREW_ARCHIVE, content: archive });
writeMade(join(cli, 'krew'), { path: KREW_MANIFEST, content: krewManifest(template, { tag: `v${version}`, archive }) });
console.log(`${folder}/cli/krew/{${KREW_ARCHIVE},${KREW_MANIFEST}}`);
