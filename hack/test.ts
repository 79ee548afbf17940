/**
 * `make test [ARGS=pattern]`: every suite that can run here. Suites against a real API server (`*.apiserver.test.ts`) need etcd and
 * kube-apiserver, those that have metrics and alerts judged (`*.promtool.test.ts`) promtool, those that have alerts fire
 * (`*.prometheus.test.ts`) Prometheus beside the API server, those of the page (`*.browser.test.ts`) Chromium; without them they are left out
 * with one line that says so. In CI nothing may be left out. The suites of the chart (`*.chart.test.ts`) are `make chart-check`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { assetsDir, chromiumPath, prometheusPath, promtoolPath } from '@toolhive-registry/testenv';

const patterns = process.argv.slice(2);
const ci = process.env['CI'] === 'true' || process.env['CI'] === '1';
/** Suites that need programs which are not there. */
const missing = [
  {
    kind: 'apiserver',
    there: assetsDir() !== undefined,
    suites: 'against a real API server',
    programs: 'etcd and kube-apiserver are',
    remedy: 'Run "make cluster-build" once (11 minutes), or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver.',
  },
  {
    kind: 'promtool',
    there: promtoolPath() !== undefined,
    suites: 'of metrics and alerts',
    programs: 'promtool is',
    remedy: 'Run "make cluster-build" once (11 minutes), or put promtool on the PATH; Debian has it in the package prometheus.',
  },
  {
    kind: 'prometheus',
    there: prometheusPath() !== undefined && assetsDir() !== undefined,
    suites: 'of alerts in a real Prometheus',
    programs: 'Prometheus or the API server is',
    remedy: 'Run "make cluster-build" once (11 minutes); Debian has Prometheus in the package of this name.',
  },
  {
    kind: 'browser',
    there: chromiumPath() !== undefined,
    suites: 'of the page in a browser',
    programs: 'Chromium is',
    remedy: 'Install the package chromium, or name the program in CHROMIUM.',
  },
].filter(({ there }) => !there);

if (ci && missing.length > 0) {
  for (const { programs, remedy } of missing) console.error(`${programs} missing: in CI no suite may be left out. ${remedy}`);
  process.exit(1);
}
mkdirSync('.cache', { recursive: true });
// Suites of the command line run it as it is built: once for all of them, which takes a second or two.
if (patterns.length === 0 || /cli/.test(patterns.join(' '))) {
  const built = resolve('.cache/built');
  const { status: code } = spawnSync(process.execPath, ['hack/build.ts', built, 'cli'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) process.exit(1);
  process.env['BUILT_CLI'] = resolve(built, 'cli/toolhive-registry.cjs');
}
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
/** Suites that hold what is said against what is so, moment by moment: they run by themselves, so that nobody takes their time. */
const FAULTS = 'controller/src/faults/';
/** Suites that only `make chart-check` runs, which brings what they need. */
const chart = process.env['KUBE_SCHEMAS'] === undefined ? [String.raw`\.chart\.test\.ts$`] : [];
/** One run of jest: what it leaves out, the file of its results, and more arguments. */
const all = patterns.length === 0;
const runs = [
  {
    without: all ? [FAULTS, ...chart] : chart,
    results: '.cache/jest.json',
    args: [...patterns, ...(patterns.join('').includes(FAULTS) ? ['--runInBand'] : [])],
  },
  ...(all ? [{ without: [], results: '.cache/jest-faults.json', args: [FAULTS, '--runInBand', '--passWithNoTests'] }] : []),
];
/**
 * Each suite loads undici into a context of its own, and with it a WebAssembly parser that dies with the context. Where V8 frees the code of
 * the dead ones it now and then ends the process ("Check failed: jit_page.has_value()", V8 13.6, in the tier-up of a wasm-to-JS wrapper), so
 * nothing is freed. A server or controller has one such parser for as long as it runs and needs none of this.
 */
const keepWasmCode = '--no-wasm-code-gc';
const flags = ['--experimental-vm-modules', '--no-warnings', keepWasmCode];
interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    /** What kept the suite from running, or what failed in it. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** What failed, a paragraph each that begins with a cross: the last thing that is printed, as the output of all suites is long. */
function failures({ testResults }: Results): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const suite = relative(process.cwd(), name);
    const tests = assertionResults.filter(({ status: of }) => of === 'failed');
    if (tests.length === 0) return assertionResults.length === 0 && message !== '' ? [paragraph(suite, message)] : [];
    return tests.map(({ fullName, failureMessages }) => paragraph(`${suite}: ${fullName}`, failureMessages.join('\n')));
  });
}

/** A title, and the first lines of what was said below it. */
function paragraph(title: string, text: string): string {
  return [`✗ ${title}`, ...stripVTControlCharacters(text).split('\n').slice(0, 20)].join('\n    ');
}
let [passed, failed, skipped, status] = [0, 0, 0, 0];
const causes: string[] = [];
for (const { without, results, args } of runs) {
  rmSync(results, { force: true });
  // First: up to the next flag jest takes everything for more of these, the patterns too.
  const ignored = [...missing.map(({ kind }) => String.raw`\.${kind}\.test\.ts$`), ...without].map(
    (path) => `--testPathIgnorePatterns=${path}`,
  );
  const run = spawnSync(process.execPath, [...flags, jest, ...ignored, '--json', `--outputFile=${results}`, ...args], { stdio: 'inherit' });
  if (!existsSync(results)) process.exit(1);
  status ||= run.status ?? 1;
  const counts = JSON.parse(readFileSync(results, 'utf8')) as Results;
  passed += counts.numPassedTests;
  failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  skipped += counts.numPendingTests + counts.numTodoTests;
  causes.push(...failures(counts));
}
for (const { kind, suites, remedy } of missing) {
  const count = globSync(`{*/src/**,web/tests/**,e2e/testenv/src/**,e2e/alerts,examples/**,docs}/*.${kind}.test.ts`).length;
  console.log(`Left out: ${count} suites ${suites}. ${remedy}`);
}
if (process.getuid?.() !== 0) console.log('Left out: a test with a full disk. It takes root.');
if (!existsSync('/usr/sbin/sshd')) console.log('Left out: the tests of Git over ssh. Install openssh-server.');
for (const text of causes) console.log(`${text}\n`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
if (ci && skipped > 0) console.error('In CI no test may be skipped.');
process.exitCode = status === 0 && ci && skipped > 0 ? 1 : status;
