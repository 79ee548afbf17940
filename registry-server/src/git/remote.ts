import { SourceError } from '../sources/source-error.ts';
import type { RepositoryAddress } from './address.ts';
import { createCheckout } from './checkout.ts';
import { redirectErrorOf, secretsOf, sourceErrorOf } from './failure.ts';
import { prepare, type RemoteAccess } from './prepare.ts';
import { runGit, type GitCall, type GitOutput, GitFailure } from './program.ts';
import { isRedirect, MAX_REDIRECTS, redirectTarget, TRACE } from './redirect.ts';
import { commitIn, describeRef, isFullHash, remoteName, type GitRef } from './refs.ts';
import { FILES } from './settings.ts';
import { withinSize } from './size-limit.ts';
import type { Checkout, GitClientDeps, Remote } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Maximum size in bytes of the names that are listed: of refs, or of the files of a folder. */
const MAX_LISTING = 64 * 1024 * 1024;
/** The first version that connects to a given address (`http.curloptResolve`). */
const LEAST_VERSION = [2, 37] as const;

/** A partial clone would fetch missing objects itself, without a size limit: no transport is allowed (the second is for Git 2.44). */
const OFFLINE = { GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1' } as const;

/** A remote in its workspace. */
interface RemoteInput extends RemoteAccess {
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

/** The result of fetching a commit. */
interface Fetched {
  readonly commit: string;
  /** The contents of files were fetched as well. */
  readonly isWhole: boolean;
  /** Fetches it again with the contents of all files. */
  readonly whole: () => Promise<unknown>;
}

/** Prepares a workspace and gives the remote that works in it. */
export async function openRemote(input: RemoteInput, deps: GitClientDeps & { readonly maxFetchBytes: number }): Promise<Remote> {
  const { address, credentials, workspace } = input;
  const closing = new AbortController();
  const signal = AbortSignal.any([input.signal, closing.signal]);
  const running = new Set<Promise<unknown>>();
  const secrets = secretsOf(credentials);
  let target: RepositoryAddress = address;

  function onStart(finished: Promise<unknown>): void {
    running.add(finished);
    void finished.finally(() => running.delete(finished)).catch(() => undefined);
  }

  /** Ends calls that nobody waits for any more, such as for a file that was only partly read. */
  async function close(): Promise<void> {
    closing.abort();
    await Promise.allSettled(running);
    await workspace[Symbol.asyncDispose]();
  }

  function call(args: readonly string[], extra: GitCall['extra'] = {}): GitCall {
    return { args, folder: workspace.path, env: deps.env, extra, signal, onStart };
  }

  const judge = (error: unknown): unknown => sourceErrorOf(error, address.url, secrets);

  /** Runs Git in the fetched repository, without asking anyone. */
  function local(args: readonly string[]): GitCall {
    return call([`--git-dir=${FILES.repository}`, ...args], OFFLINE);
  }

  /** Runs a call to the remote, and repeats it at the target of a redirect. */
  async function asking(run: () => Promise<GitOutput>): Promise<GitOutput> {
    for (let redirects = 0; ; redirects += 1) {
      try {
        return await run();
      } catch (error) {
        if (isWithheld(error)) throw error;
        if (!isRedirect(error)) throw judge(error);
        if (redirects === MAX_REDIRECTS)
          throw new SourceError('SourceUnreachable', `${address.url} redirects more than ${MAX_REDIRECTS} times`);
        await follow();
      }
    }
  }

  async function follow(): Promise<void> {
    const headers = await trace();
    try {
      target = redirectTarget(target, headers);
      await prepare(input, target, workspace, deps);
    } catch (error) {
      throw redirectErrorOf(error, address.url, secrets);
    }
  }

  async function trace(): Promise<string> {
    try {
      return (await runGit(call(['ls-remote', 'origin', 'HEAD'], TRACE), { maxOutput: MAX_LISTING })).stderr;
    } catch (error) {
      if (error instanceof GitFailure) return error.stderr;
      throw error;
    }
  }

  function fetchGit(args: readonly string[], input = ''): Promise<GitOutput> {
    const fetching = call([`--git-dir=${FILES.repository}`, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...args]);
    return asking(() =>
      withinSize(workspace, { limit: deps.maxFetchBytes, what: address.url, signal }, (limited) =>
        runGit({ ...fetching, signal: limited }, { maxOutput: MAX_LISTING, input }),
      ),
    );
  }

  /** Fetches a commit, without the contents of files where the host can leave them out. `again`: with them. */
  async function fetchThe(what: readonly string[], name: string, again = false): Promise<Fetched> {
    const filter = again ? ['--no-filter', '--refetch'] : ['--filter=blob:none'];
    const { stderr } = await fetchGit([...filter, ...what]);
    const isWhole = again || stderr.includes('filtering not recognized');
    return { commit: await commitOf(name), isWhole, whole: () => fetchThe(what, name, true) };
  }

  const fetchCommit = (name: string): Promise<Fetched> => fetchThe(['--depth=1', '--', 'origin', name], 'FETCH_HEAD');

  /** For short hashes, and hosts that do not serve commits by hash: fetches all commits, with as little else as the host supports. */
  const fetchHistory = (hash: string): Promise<Fetched> =>
    fetchThe(['--', 'origin', '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'], hash);

  async function commitOf(name: string): Promise<string> {
    try {
      const { stdout } = await runGit(local(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`]), { maxOutput: 1024 });
      return stdout.toString('latin1').trim();
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      const why = /ambiguous/.test(error.stderr)
        ? 'has several commits whose hash begins with this; give the full hash'
        : 'has no such commit; correct git.commit';
      throw new SourceError('SourceNotFound', `${address.url} ${why}`, { cause: error });
    }
  }

  async function fetch(ref: GitRef | undefined): Promise<Checkout> {
    const name = remoteName(ref);
    await runGit(call(['init', '--quiet', '--bare', '--template=', '--', FILES.repository]), { maxOutput: 1024 }).catch(
      (error: unknown) => {
        throw judge(error);
      },
    );
    const fetched = await fetchedCommit(ref, name);
    async function fetchMissing(hashes: readonly string[]): Promise<void> {
      try {
        const args = ['--no-write-fetch-head', '--filter=blob:none', '--stdin', '--', 'origin'];
        await fetchGit(args, `${hashes.join('\n')}\n`);
      } catch (error) {
        if (!isWithheld(error)) throw error;
        await fetched.whole();
      }
    }
    const { commit, isWhole } = fetched;
    return createCheckout({ commit, local, fetchMissing: isWhole ? undefined : fetchMissing, judge, maxListing: MAX_LISTING });
  }

  async function fetchedCommit(ref: GitRef | undefined, name: string): Promise<Fetched> {
    if (ref?.kind === 'commit' && !isFullHash(name)) return fetchHistory(name);
    try {
      return await fetchCommit(name);
    } catch (error) {
      if (isWithheld(error)) return fetchHistory(name);
      throw error;
    }
  }

  async function resolve(ref: GitRef | undefined): Promise<string> {
    const name = remoteName(ref);
    if (isFullHash(name)) return name;
    const names = ref?.kind === 'tag' ? [name, `${name}^{}`] : [name];
    const { stdout } = await asking(() => runGit(call(['ls-remote', '--quiet', '--', 'origin', ...names]), { maxOutput: MAX_LISTING }));
    const commit = commitIn(stdout.toString('utf8'), name);
    if (commit !== undefined) return commit;
    const remedy = ref === undefined ? 'push a commit, or name a branch in git.branch' : `correct git.${ref.kind}`;
    throw new SourceError(
      'SourceNotFound',
      `${address.url} has no ${ref === undefined ? 'commit on its default branch' : describeRef(ref)}; ${remedy}`,
    );
  }

  await checkVersion(call(['version']));
  await prepare(input, target, workspace, deps);
  return { resolve, fetch, [Symbol.asyncDispose]: close };
}

/** Whether the host has the commit but serves it only with a branch (`uploadpack.allowReachableSHA1InWant` is off, in the old protocol). */
function isWithheld(error: unknown): boolean {
  return error instanceof GitFailure && error.stderr.includes('does not allow request for unadvertised object');
}

/** An older Git would look up the host again, and might connect to another address than the one that was checked. */
async function checkVersion(call: GitCall): Promise<void> {
  const { stdout } = await runGit(call, { maxOutput: 1024 });
  const [, major = '', minor = ''] = /(\d+)\.(\d+)/.exec(stdout.toString('latin1')) ?? [];
  const [leastMajor, leastMinor] = LEAST_VERSION;
  if (Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor)) return;
  throw new SourceError('UnsupportedSource', `git is version ${major}.${minor}; install ${leastMajor}.${leastMinor} or later`);
}
