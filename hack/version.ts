/**
 * `node hack/version.ts X.Y.Z`: makes X.Y.Z the version everywhere. It goes into package.json; CHANGELOG.md gets its heading and today's date, Chart.yaml what
 * changes; everything else follows by `npm run generate`. A version that ends in `-dev` is one between releases: the changelog stays as it is.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withChanges } from './generate/chart-metadata.ts';
import { assertVersion, manifestWithVersion } from './generate/version.ts';
import { changesOf, sectionOf, withRelease } from './release/changelog.ts';

const root = new URL('../', import.meta.url);

function edit(path: string, change: (text: string) => string): string {
  const file = new URL(path, root);
  const changed = change(readFileSync(file, 'utf8'));
  writeFileSync(file, changed);
  return changed;
}

const [asked, ...more] = process.argv.slice(2);
if (asked === undefined || asked.startsWith('-') || more.length > 0) {
  console.error(
    'Usage: node hack/version.ts X.Y.Z\n\nMakes X.Y.Z, such as 0.2.0, 0.2.0-rc.1 or 0.3.0-dev, the version everywhere. docs/releasing.md says what comes next.',
  );
  process.exit(asked === '--help' || asked === '-h' ? 0 : 2);
}
const version = assertVersion(asked, 'the version');
const date = new Date().toISOString().slice(0, 10);
if (!version.endsWith('-dev')) {
  const changelog = edit('CHANGELOG.md', (text) => withRelease(text, version, date));
  edit('charts/toolhive-registry/Chart.yaml', (chart) => withChanges(chart, changesOf(sectionOf(changelog, version))));
}
edit('package.json', (manifest) => manifestWithVersion(manifest, 'package.json', version));
execFileSync(process.execPath, [fileURLToPath(new URL('generate.ts', import.meta.url))], { stdio: ['ignore', 'ignore', 'inherit'] });
console.log(`everything has version ${version}; look at git diff`);
