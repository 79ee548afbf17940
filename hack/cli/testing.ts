import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../build/options.ts';
import { builtCli } from './build.ts';
import { writeFolder, writeMade } from './files.ts';
import type { Part } from './parts.ts';

/** The forms of the command line, by the file that Node.js runs. */
export interface Forms extends AsyncDisposable {
  readonly folder: string;
  readonly files: Readonly<Record<FormName, string>>;
  readonly parts: readonly Part[];
}

export const FORM_NAMES = ['sources', 'package', 'single file'] as const;
export type FormName = (typeof FORM_NAMES)[number];

/** For tests: builds the command line into a temporary folder. */
export async function buildForms(): Promise<Forms> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-forms-'));
  const built = await builtCli();
  writeFolder(join(folder, 'package'), built.package);
  writeMade(folder, built.single);
  return {
    folder,
    parts: built.parts,
    files: {
      sources: join(ROOT, 'cli/src/main.ts'),
      package: join(folder, 'package/bin/toolhive-registry.cjs'),
      'single file': join(folder, built.single.path),
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Records what Node.js loads: modules of files, and programs that are compiled from texts. */
const LISTENER = `
const { registerHooks } = require('node:module');
const vm = require('node:vm');
const { writeFileSync } = require('node:fs');
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
const { compileFunction } = vm;
vm.compileFunction = (text, names, options) => (loaded.push(options.filename), compileFunction(text, names, options));
process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify(loaded)));
`;

/** The output of a call, and the source files of everything that it loaded. */
export interface Loaded {
  readonly code: number | null;
  readonly output: string;
  readonly files: readonly string[];
}

/** For tests: calls the command line in one of its forms. */
export async function loadedBy(forms: Forms, form: FormName, args: readonly string[]): Promise<Loaded> {
  const [listener, list] = [join(forms.folder, 'listener.cjs'), join(forms.folder, 'loaded.json')];
  await writeFile(listener, LISTENER);
  const env = { PATH: process.env['PATH'], HOME: forms.folder, LOADED: list };
  const child = spawn(process.execPath, ['--require', listener, forms.files[form], ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { code, output } = await ended(child);
  const names = (JSON.parse(await readFile(list, 'utf8')) as string[]).filter((name) => !name.startsWith('node:'));
  const paths = names.map((name) => (name.startsWith('file:') ? fileURLToPath(name) : name));
  const inputs = paths.flatMap((path) => forms.parts.find(({ name }) => name === basename(path))?.inputs ?? [path]);
  return { code, output, files: inputs.map((path) => (path.startsWith(ROOT) ? path.slice(ROOT.length) : path)) };
}

/** For tests: waits until a program has ended. */
export function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
