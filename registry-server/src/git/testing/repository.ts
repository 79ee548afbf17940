import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** For tests: what a commit has at a path. */
export type Content = string | Uint8Array | { readonly link: string } | { readonly submodule: string };

/** For tests: a bare repository, served by no one yet. */
export interface TestRepository {
  readonly path: string;
  /** Adds a commit to a branch and returns its hash. `null` removes a path. */
  commit(files: Readonly<Record<string, Content | null>>, branch?: string): string;
  /** Runs git in it. */
  git(...args: string[]): string;
}

const ENV = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** For tests: makes a bare repository in a folder. Its default branch is `main`. */
export function testRepository(folder: string, name = 'catalog.git'): TestRepository {
  const path = join(folder, name);
  const run = (args: readonly string[], input?: Uint8Array): string =>
    execFileSync('git', args, {
      env: ENV,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      ...(input === undefined ? {} : { input }),
    }).trim();
  run(['init', '--quiet', '--bare', '--initial-branch=main', path]);
  const git = (...args: string[]): string => run(['-C', path, ...args]);
  git('config', 'uploadpack.allowFilter', 'true');
  let time = 1_700_000_000;
  return {
    path,
    git,
    commit: (files, branch = 'main') => {
      time += 60;
      const parent = git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
      const lines: Uint8Array[] = [
        Buffer.from(`commit refs/heads/${branch}\ncommitter Test <test@example.com> ${time} +0000\ndata 1\nx\n`),
        ...(parent === '' ? [] : [Buffer.from(`from ${parent}\n`)]),
        ...Object.entries(files).flatMap(([file, content]) => change(file, content)),
        Buffer.from('\n'),
      ];
      run(['-C', path, 'fast-import', '--quiet', '--force'], Buffer.concat(lines));
      return git('rev-parse', `refs/heads/${branch}`);
    },
  };
}

/** A line of `git fast-import`. */
function change(file: string, content: Content | null): Uint8Array[] {
  const name = JSON.stringify(file);
  if (content === null) return [Buffer.from(`D ${name}\n`)];
  if (typeof content === 'object' && 'submodule' in content) return [Buffer.from(`M 160000 ${content.submodule} ${name}\n`)];
  const isLink = typeof content === 'object' && 'link' in content;
  const bytes = Buffer.from(isLink ? content.link : content);
  return [Buffer.from(`M ${isLink ? '120000' : '100644'} inline ${name}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')];
}
