import type { Blob } from './blobs.ts';
import { readBlobs } from './blobs.ts';
import { runGit, startGit, type GitCall } from './program.ts';
import { readTree, type TreeEntry } from './tree.ts';
import type { Checkout } from './types.ts';

/** A commit that was fetched. */
interface CheckoutInput {
  readonly commit: string;
  /** A call of Git in the repository. */
  readonly local: (args: readonly string[]) => GitCall;
  /** Fetches the contents of files; undefined: they have been fetched. */
  readonly fetchMissing: ((hashes: readonly string[]) => Promise<unknown>) | undefined;
  /** What a failure means, for the caller. */
  readonly judge: (error: unknown) => unknown;
  readonly maxListing: number;
}

/** Access to a fetched commit. */
export function createCheckout({ commit, local, fetchMissing, judge, maxListing }: CheckoutInput): Checkout {
  async function listed(args: readonly string[]): Promise<TreeEntry[]> {
    try {
      const { stdout } = await runGit(local(['ls-tree', '-z', '--full-tree', ...args]), { maxOutput: maxListing });
      return readTree(stdout);
    } catch (error) {
      throw judge(error);
    }
  }

  async function entry(path: string): Promise<TreeEntry | undefined> {
    return (await listed([commit, '--', path])).find((found) => found.path === path);
  }

  async function list(folder: string): Promise<readonly TreeEntry[]> {
    const tree = folder === '' ? commit : (await entry(folder))?.hash;
    if (tree === undefined) return [];
    const entries = await listed(['-r', tree]);
    return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  async function* blobs(hashes: readonly string[]): AsyncGenerator<Blob, void, undefined> {
    if (hashes.length === 0) return;
    await fetchMissing?.([...new Set(hashes)]);
    const call = local(['cat-file', '--batch']);
    const leaving = new AbortController();
    const { stdin, stdout, finished } = startGit({ ...call, signal: AbortSignal.any([call.signal, leaving.signal]) });
    let isRead = false;
    try {
      stdin.end(`${hashes.join('\n')}\n`);
      yield* readBlobs(stdout);
      isRead = true;
    } catch (error) {
      // The reason why Git ended is more useful than the end of its output.
      await finished.catch((cause: unknown) => {
        throw judge(cause);
      });
      throw error;
    } finally {
      if (!isRead) leaving.abort();
      await finished.catch(() => undefined);
    }
    await finished.catch((cause: unknown) => {
      throw judge(cause);
    });
  }

  return { commit, entry, list, blobs };
}
