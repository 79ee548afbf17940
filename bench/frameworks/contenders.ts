import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import type { ApiServer } from '@toolhive-registry/testenv';
import { BUNDLE } from '../../hack/bundle.ts';
import { repositoryFile } from '../image.ts';
import { inPod } from '../in-pod.ts';
import type { Program, Scope } from '../scope.ts';

/** One controller, ready to be started. */
export interface Contender {
  readonly name: string;
  /** What its requests' User-Agents begin with. */
  readonly userAgents: readonly string[];
  /** Matches log lines that report an error. */
  readonly errorLine: RegExp;
  /** Files that a person wrote. */
  readonly sources: readonly string[];
  /** Bytes that an image needs besides the language's own programs. */
  readonly installedBytes: number;
  start(scope: Scope, api: ApiServer): Promise<Program>;
}

/** What the bench knows how to measure. */
export const GROUPS = ['ours', 'controller-runtime', 'kopf'] as const;
export type Group = (typeof GROUPS)[number];

/** The contenders of one framework and their versions, or why there are none. */
export type Prepared = { readonly contenders: readonly Contender[]; readonly versions: string } | { readonly missing: string };

const cache = repositoryFile('.cache/frameworks');
const goModule = repositoryFile('bench/frameworks/controller-runtime');
const kopfFolder = repositoryFile('bench/frameworks/kopf');

/** Builds or installs what the contenders of a framework need. */
export function prepare(group: Group): Prepared | Promise<Prepared> {
  mkdirSync(cache, { recursive: true });
  return { ours: prepareOurs, 'controller-runtime': prepareControllerRuntime, kopf: prepareKopf }[group]();
}

/** Ours from source and as a bundle, both as in a pod, where no kubeconfig is read. */
async function prepareOurs(): Promise<Prepared> {
  const source = repositoryFile('bench/frameworks/ours.ts');
  const bundle = join(cache, 'shop-controller.cjs');
  await build({
    entryPoints: [source],
    outfile: bundle,
    ...BUNDLE,
    define: { 'import.meta.url': '""', 'import.meta.main': 'false' },
    logLevel: 'error',
  });
  const contender = (name: string, program: string): Contender => ({
    name,
    userAgents: ['shop-controller'],
    errorLine: /^ERROR /u,
    sources: [repositoryFile('examples/shop-controller/controller.ts')],
    installedBytes: statSync(bundle).size,
    start: async (scope, api) => {
      const pod = await inPod(scope, api);
      return scope.start(name, [...pod.nodeArgs, program], { env: { ...pod.env, NODE_ENV: 'production' } });
    },
  });
  return {
    contenders: [contender('ours, bundled', bundle), contender('ours, from source', source)],
    versions: `Node.js ${process.versions.node}`,
  };
}

/** The Go program, as its documentation has it and with the two settings that make it do what ours does by default. */
function prepareControllerRuntime(): Prepared {
  const go = find('go', '/usr/local/go/bin/go');
  if (go === undefined) {
    return { missing: 'controller-runtime is left out: Go was found neither on the PATH nor in /usr/local/go/bin. Install Go 1.26.' };
  }
  const binary = join(cache, 'shop-controller');
  const env = { ...process.env, CGO_ENABLED: '0' };
  execFileSync(go, ['build', '-trimpath', '-ldflags=-s -w', '-o', binary, '.'], { cwd: goModule, env, stdio: 'inherit' });
  const contender = (name: string, flags: readonly string[], more: readonly string[]): Contender => ({
    name,
    userAgents: ['shop-controller/'],
    errorLine: /"level":"error"|^E\d{4} /u,
    sources: ['main.go', 'types.go', ...more].map((file) => join(goModule, file)),
    installedBytes: statSync(binary).size,
    start: async (scope, api) => {
      const addresses = ['-metrics-bind-address=127.0.0.1:0', '-health-probe-bind-address=127.0.0.1:0'];
      return scope.start(name, [...addresses, ...flags], { program: binary, env: { KUBECONFIG: api.kubeconfigPath } });
    },
  });
  const [, version = ''] = /controller-runtime (v\S+)/u.exec(readFileSync(join(goModule, 'go.mod'), 'utf8')) ?? [];
  return {
    contenders: [
      contender('controller-runtime', [], []),
      contender('controller-runtime, tuned', ['-workers=4', '-create-or-update'], ['create_or_update.go']),
    ],
    versions: `controller-runtime ${version} (${firstLine(go, ['version']).replace('go version ', '')})`,
  };
}

/** kopf in its own virtual environment. */
function prepareKopf(): Prepared {
  const python = find('python3');
  if (python === undefined) return { missing: 'kopf is left out: there is no python3 on the PATH. Install Python 3.11 or newer.' };
  const venv = join(cache, 'venv');
  const requirements = join(kopfFolder, 'requirements.txt');
  if (!existsSync(join(venv, 'bin/pip'))) execFileSync(python, ['-m', 'venv', venv], { stdio: 'inherit' });
  const pip = ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  execFileSync(join(venv, 'bin/pip'), pip, { stdio: 'inherit' });
  const packages = join(venv, globSync('lib/python3*/site-packages', { cwd: venv })[0] ?? '');
  return {
    contenders: [
      {
        name: 'kopf',
        userAgents: ['kopf/', 'OpenAPI-Generator/'],
        errorLine: /\[(?:ERROR|CRITICAL)\s*\]/u,
        sources: [join(kopfFolder, 'controller.py')],
        installedBytes: folderBytes(packages, /^(?:pip|setuptools|pkg_resources|_distutils_hack|distutils-precedence)/u),
        start: async (scope, api) =>
          scope.start('kopf', ['run', '--standalone', '--all-namespaces', join(kopfFolder, 'controller.py')], {
            program: join(venv, 'bin/kopf'),
            env: { KUBECONFIG: api.kubeconfigPath },
          }),
      },
    ],
    versions: `${readFileSync(requirements, 'utf8').trim().replaceAll('==', ' ').replaceAll('\n', ', ')} (${firstLine(python, ['--version'])})`,
  };
}

/** The path of a program: on the PATH, or at its usual location. */
function find(program: string, usual?: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program));
  return [...folders, ...(usual === undefined ? [] : [usual])].find((path) => existsSync(path));
}

function firstLine(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout.split('\n')[0] ?? '';
}

/** Size of all files below a folder, except for entries that match. */
function folderBytes(folder: string, except: RegExp): number {
  return globSync('**/*', { cwd: folder, exclude: (name) => except.test(name) })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}

/** Lines of a controller that are neither blank nor comments; imports count. */
export function linesOfCode(files: readonly string[]): number {
  return files
    .map((file) => readFileSync(file, 'utf8'))
    .map((text) => text.replaceAll(/\/\*[\s\S]*?\*\/|^"""[\s\S]*?"""/gmu, ''))
    .flatMap((text) => text.split('\n'))
    .filter((line) => !/^\s*(?:$|\/\/|#)/u.test(line)).length;
}
