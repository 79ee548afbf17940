import { describe, expect, test } from '@jest/globals';
import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from './build/options.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly node?: readonly string[] } };
  readonly 'timeout-minutes'?: number;
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = globSync('.github/workflows/*.yaml', { cwd: ROOT }).sort();
const targets = new Set([...readFileSync(join(ROOT, 'Makefile'), 'utf8').matchAll(/^([a-z0-9-]+):/gm)].map(([, target = '']) => target));

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function jobsOf(file: string): (readonly [name: string, job: Job])[] {
  return Object.entries((load(read(file)) as Workflow).jobs);
}

function stepsOf(file: string): Step[] {
  return jobsOf(file).flatMap(([, { steps = [] }]) => steps);
}

function isProgram(path: string): boolean {
  try {
    accessSync(join(ROOT, path), path.endsWith('.ts') ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

test('there are workflows', () => {
  expect(files).toEqual(['.github/workflows/codeql.yaml', '.github/workflows/release.yaml', '.github/workflows/test.yaml']);
});

describe.each(files)('%s', (file) => {
  const scripts = stepsOf(file).map(({ run = '' }) => run);

  test('calls targets and programs that there are', () => {
    const called = scripts.flatMap((script) => [...script.matchAll(/(?:^|&& |=\S+ )make ([a-z0-9-]+)/gm)].map(([, target = '']) => target));
    expect(called.filter((target) => !targets.has(target))).toEqual([]);
    const programs = scripts.flatMap((script) =>
      [...script.matchAll(/(?<![\w./-])((?:hack|e2e|\.ci)\/[\w./-]+)/g)].map(([, path = '']) => path),
    );
    expect(programs.filter((path) => !isProgram(path))).toEqual([]);
  });

  test('puts no expression into a script, where its value would be run', () => {
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  test('pins what it uses to a commit, and says the version', () => {
    const used = [...read(file).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = '']) => action);
    const own = used.filter((action) => action.startsWith('./'));
    expect(own.filter((action) => !isProgramFile(action))).toEqual([]);
    expect(used.filter((action) => !own.includes(action) && !/^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual(
      [],
    );
  });

  test('may do no more than read, but for jobs that say so', () => {
    const { permissions, jobs } = load(read(file)) as Workflow;
    expect([{}, { contents: 'read' }]).toContainEqual(permissions);
    const writing = Object.entries(jobs).filter(([, job]) => Object.values(job.permissions ?? {}).includes('write'));
    expect(writing.map(([name]) => `${file.replace(/.*\//, '')} ${name}`).filter((name) => !MAY_WRITE.includes(name))).toEqual([]);
  });

  test('ends, and runs once at a time', () => {
    expect((load(read(file)) as Workflow).concurrency).toBeDefined();
    expect(jobsOf(file).filter(([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined)).toEqual([]);
  });

  test('leaves no token in the checkout', () => {
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });
});

/** Jobs with a token that may write. */
const MAY_WRITE = ['codeql.yaml analyze', 'release.yaml images', 'release.yaml chart', 'release.yaml release'];

function isProgramFile(action: string): boolean {
  return files.includes(action.replace(/^\.\//, ''));
}

test('all workflows use the same commit of an action', () => {
  const used = files.flatMap((file) => stepsOf(file).flatMap(({ uses = '' }) => (uses.includes('@') ? [uses] : [])));
  const byRepository = Map.groupBy(new Set(used), (action) => action.split('@')[0]);
  expect([...byRepository.values()].filter((actions) => actions.length > 1)).toEqual([]);
});

test('the end-to-end tests begin with the oldest Kubernetes that the chart supports', () => {
  const { kubeVersion } = load(read('charts/toolhive-registry/Chart.yaml')) as { readonly kubeVersion: string };
  const nodes = jobsOf('.github/workflows/test.yaml').flatMap(([, job]) => job.strategy?.matrix.node ?? []);
  expect(nodes.filter((node) => !/^kindest\/node:v1\.\d+\.\d+@sha256:[0-9a-f]{64}$/.test(node))).toEqual([]);
  const [, oldest] = /^kindest\/node:v(1\.\d+)\./.exec(nodes[0] ?? '') ?? [];
  expect(kubeVersion).toBe(`>=${String(oldest)}.0-0`);
});
