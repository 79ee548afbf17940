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
const USAGE = `Usage: node hack/version.ts X.Y.Z

Makes X.Y.Z, such as 0.2.0, 0.2.0-rc.1 or 0.3.0-dev, the version everywhere. docs/releasing.md says what comes next.`;

function text(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** The files that are written by hand, as a version makes them; all of them, or an error. */
function edited(version: string, date: string): readonly (readonly [path: string, content: string])[] {
  const manifest = ['package.json', manifestWithVersion(text('package.json'), 'package.json', version)] as const;
  if (version.endsWith('-dev')) return [manifest];
  const changelog = withRelease(text('CHANGELOG.md'), version, date);
  const chart = 'charts/toolhive-registry/Chart.yaml';
  return [manifest, ['CHANGELOG.md', changelog], [chart, withChanges(text(chart), changesOf(sectionOf(changelog, version)))]];
}

function main(args: readonly string[]): number {
  const [asked] = args;
  if (asked === undefined || asked.startsWith('-') || args.length > 1) {
    const isHelp = asked === '--help' || asked === '-h';
    (isHelp ? console.log : console.error)(USAGE);
    return isHelp ? 0 : 2;
  }
  try {
    const version = assertVersion(asked, 'the version');
    for (const [path, content] of edited(version, new Date().toISOString().slice(0, 10))) writeFileSync(new URL(path, root), content);
    execFileSync(process.execPath, [fileURLToPath(new URL('generate.ts', import.meta.url))], { stdio: ['ignore', 'ignore', 'inherit'] });
    console.log(`everything has version ${version}; look at git diff`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
