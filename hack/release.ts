/**
 * What the release workflow asks:
 *
 *   node hack/release.ts check vX.Y.Z   fails unless the tag is the version in package.json and the changelog has it; prints `version` and `prerelease`
 *   node hack/release.ts notes vX.Y.Z   prints the text of the release's page
 *   node hack/release.ts assets         collects in dist/release/ what `make cli-package`, hack/sbom.ts and other jobs (dist/artifacts/) have made
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFolder, type MadeFile } from './cli/files.ts';
import { isPrerelease, productVersion } from './generate/version.ts';
import { assetNames, checksums, CHECKSUMS } from './release/assets.ts';
import { sectionOf } from './release/changelog.ts';
import { releaseNotes } from './release/notes.ts';

const root = new URL('../', import.meta.url);
const dist = fileURLToPath(new URL('dist/', root));
const REPOSITORY = 'https://github.com/toolhive-registry/toolhive-registry';

/** The version that a tag stands for. Throws where that is not the version of these sources, or not one that is released. */
function versionOf(tag: string | undefined): string {
  const version = productVersion(root);
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag ?? 'missing'}, and package.json has version ${version}; tag v${version}`);
  if (version.endsWith('-dev')) throw new Error(`${version} is a version between releases; run node hack/version.ts X.Y.Z first`);
  return version;
}

function changelog(): string {
  return readFileSync(new URL('CHANGELOG.md', root), 'utf8');
}

function assets(): readonly MadeFile[] {
  const version = productVersion(root);
  const named = [...assetNames(version)].map(([from, path]) => {
    if (!existsSync(join(dist, from))) throw new Error(`dist/${from} is not there; docs/releasing.md says what makes it`);
    return { path, content: readFileSync(join(dist, from)), executable: path.endsWith('.cjs') };
  });
  const boms = globSync('{sbom,artifacts}/*.cdx.json', { cwd: dist }).map((from) => ({
    path: basename(from),
    content: readFileSync(join(dist, from)),
  }));
  const crds = globSync('crds/*.yaml', { cwd: root })
    .sort()
    .map((file) => readFileSync(new URL(file, root), 'utf8'));
  const files = [...named, ...boms, { path: `toolhive-registry-crds-${version}.yaml`, content: crds.join('---\n') }];
  return [...files, { path: CHECKSUMS, content: checksums(files) }];
}

const COMMANDS: Readonly<Record<string, (tag?: string) => string>> = {
  check: (tag) => {
    const version = versionOf(tag);
    sectionOf(changelog(), version);
    return `version=${version}\nprerelease=${isPrerelease(version)}\n`;
  },
  notes: (tag) => releaseNotes(changelog(), versionOf(tag), REPOSITORY),
  assets: () => {
    const files = assets();
    writeFolder(join(dist, 'release'), files);
    return files.map(({ path }) => `dist/release/${path}\n`).join('');
  },
};

const [command = '', tag] = process.argv.slice(2);
try {
  const run = COMMANDS[command];
  if (run === undefined) throw new Error('Usage: node hack/release.ts check TAG | notes TAG | assets');
  process.stdout.write(run(tag));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
