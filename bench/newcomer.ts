import { chromiumPath, freePorts } from '@toolhive-registry/testenv';
import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { answers } from './answers.ts';
import { repositoryFile } from './image.ts';
import type { Measure, PartResult } from './measure.ts';
import { Scope, unlessAborted, type Program } from './scope.ts';

const TARGETS = { firstPageMs: 60_000, readyMs: 120_000 };
/** Where `ip netns` lists the network of the test cluster while it is up. */
const CLUSTER_NETWORK = join('/run/netns', process.env['CLUSTER_NETNS'] ?? 'registry-e2e');
const QUICK_START = 'docs/quickstart.md';
/** The commands of the quick start's way into a cluster that are not a newcomer's wait for this product: the cluster itself, and a shell in it. */
const NOT_TIMED = /cluster-up|base-image|exec bash/;

/** A newcomer's way: from `git clone` to the first page in a browser, and to a registry that is Ready; and from a question to its answer. */
export async function measureNewcomer(signal: AbortSignal): Promise<PartResult> {
  const page = await firstPage(signal);
  const ready = await readyInCluster(signal);
  const leftOut = [page, ready].flatMap((result) => (typeof result === 'string' ? [result] : []));
  return {
    measures: [...[page, ready].flatMap((result) => (typeof result === 'string' ? [] : [result])), ...(await answers())],
    ...(leftOut.length > 0 ? { leftOut: leftOut.join('; ') } : {}),
  };
}

/** The README's two commands, then the address that they print, in Chromium. */
async function firstPage(signal: AbortSignal): Promise<Measure | string> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return 'there is no Chromium here; install the package chromium';
  await using scope = new Scope(signal);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  scope.defer(() => browser.close());
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}/`;

  const from = performance.now();
  const folder = await clone(scope);
  const cloned = performance.now();
  const run = scope.start('make run', ['--directory', folder, 'run', `ARGS=--address 127.0.0.1:${port}`], {
    program: 'make',
    env: newcomersEnv(),
  });
  await untilPrinted(run, `Open ${url}`);
  const served = performance.now();
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('.row').first().waitFor();
  const shown = performance.now();
  return {
    name: 'newcomer: git clone until the first page is in the browser',
    value: shown - from,
    unit: 'ms',
    target: { atMost: TARGETS.firstPageMs },
    note: `clone ${seconds(cloned - from)}, make run with the installation ${seconds(served - cloned)}, page ${seconds(shown - served)}; npm's cache as it was`,
  };
}

/** The commands of the quick start, from a fresh clone into a cluster that is up. */
async function readyInCluster(signal: AbortSignal): Promise<Measure | string> {
  const why = await noCluster();
  if (why !== undefined) return why;
  await using scope = new Scope(signal);
  await command(repositoryFile('.'), 'e2e/cluster/up', signal);
  scope.defer(() => command(repositoryFile('.'), 'e2e/cluster/down', signal));

  const from = performance.now();
  const folder = await clone(scope);
  const steps: string[] = [`clone ${seconds(performance.now() - from)}`];
  for (const line of await clusterCommands(folder)) {
    const started = performance.now();
    await command(folder, line, signal);
    steps.push(`${stepName(line)} ${seconds(performance.now() - started)}`);
  }
  return {
    name: 'newcomer: git clone until a registry is Ready in the cluster',
    value: performance.now() - from,
    unit: 'ms',
    target: { atMost: TARGETS.readyMs },
    note: `${steps.join(', ')}; base image on the machine`,
  };
}

async function noCluster(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'the test cluster takes root';
  if (await exists(CLUSTER_NETWORK)) return 'the test cluster is up already; e2e/cluster/down ends it';
  return undefined;
}

/** What the quick start says to do without Docker, and then in each cluster, up to the registry that is Ready. */
async function clusterCommands(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, QUICK_START), 'utf8');
  const images = block(text, 'make cluster-up').filter((line) => !NOT_TIMED.test(line));
  const install = block(text, 'helm install toolhive-registry charts/').filter((line) =>
    /^(helm install|kubectl (apply|wait)) /.test(line),
  );
  return [...images, ...install.map((line) => `e2e/cluster/exec ${line}`)];
}

/** The lines of the block of commands that has this one, without their comments. */
function block(markdown: string, first: string): string[] {
  const found = [...markdown.matchAll(/^```sh.*\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text).find((text) => text.startsWith(first));
  if (found === undefined) throw new Error(`${QUICK_START} has no block that begins with "${first}"`);
  return found
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, ''));
}

/** `make images`, `helm install`: a command without the settings before it, the images behind it and the network that it is run in. */
function stepName(line: string): string {
  const words = line.split(' ').filter((word) => !word.includes('=') && word !== 'e2e/cluster/exec');
  return words[0]?.includes('/') === true ? words[0] : words.slice(0, 2).join(' ');
}

async function clone(scope: Scope): Promise<string> {
  const folder = join(await scope.folder(), 'toolhive-registry');
  await promisify(execFile)('git', ['clone', '--quiet', repositoryFile('.'), folder]);
  return folder;
}

async function command(folder: string, line: string, signal: AbortSignal): Promise<void> {
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', line], { cwd: folder, env: newcomersEnv(), signal, maxBuffer: 2 ** 26 });
}

/** The environment without the programs that this checkout has installed. */
function newcomersEnv(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...process.env, PATH: path.join(delimiter) };
}

/** Waits until a program has printed a text. Rejects when the program ends before that. */
async function untilPrinted({ child, ended }: Program, text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8');
    if (printed.includes(text)) resolve(undefined);
  });
  await unlessAborted(promise, ended);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
