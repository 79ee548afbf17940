import type { Credentials } from '../sources/secrets.ts';
import type { AddressPolicy, Resolve } from '../outbound/addresses.ts';
import { parseRepository } from './address.ts';
import type { Blob } from './blobs.ts';
import type { Environment } from './proxy.ts';
import type { GitRef } from './refs.ts';
import { openRemote } from './remote.ts';
import type { TreeEntry } from './tree.ts';
import { createWorkspace, removeStaleWorkspaces, type Owner } from './workspace.ts';

/** A repository somewhere, and how to ask it. */
export interface RemoteRepository {
  /** https, http, ssh, `git@host:path` or file. */
  readonly repository: string;
  readonly credentials?: Credentials | undefined;
  /** Certificates in PEM that the host is checked against besides the system's. */
  readonly certificates?: string | undefined;
}

/** Reads repositories. Everything throws {@link SourceError}, or the signal's reason when it fires. */
export interface GitClient {
  /** Gets ready to ask a repository: nothing is asked yet. What was written for it goes away with it. */
  open(remote: RemoteRepository, signal: AbortSignal): Promise<Remote>;
}

/** A repository that can be asked. */
export interface Remote extends AsyncDisposable {
  /** The commit that a ref means now, by one question without any data. A short hash needs {@link Remote.fetch}. */
  resolve(ref: GitRef | undefined): Promise<string>;
  /** Fetches the trees of one commit; of files only those that are asked for, where the other side can do that. */
  fetch(ref: GitRef | undefined): Promise<Checkout>;
}

/** One commit of a repository. Nothing is ever written as a file under its own name. */
export interface Checkout {
  readonly commit: string;
  /** What is at a path; undefined: nothing. */
  entry(path: string): Promise<TreeEntry | undefined>;
  /** All below a folder, sorted by path, folders left out. '' is the whole repository. */
  list(folder: string): Promise<readonly TreeEntry[]>;
  /** The contents of files, in the order of the hashes. */
  blobs(hashes: readonly string[]): AsyncIterable<Blob>;
}

/** What a client is made of. */
export interface GitClientDeps {
  /** Folder for what is fetched. */
  readonly temporaryPath: string;
  readonly addresses: AddressPolicy;
  /** For PATH and the proxy. */
  readonly env: Environment;
  readonly owner: Owner;
  /** Finds the addresses of a host; absent: the system does. */
  readonly resolve?: Resolve;
  /** Most bytes that one question may take on disk. */
  readonly maxFetchBytes?: number;
}

/** Most bytes that are fetched for one commit: what the source takes of them is limited to 100 MiB. */
export const MAX_FETCH_BYTES = 256 * 1024 * 1024;

/** Creates a client that runs the program `git`. */
export function createGitClient(deps: GitClientDeps): GitClient {
  let tidied: Promise<void> | undefined;
  return {
    open: async (remote, signal) => {
      const address = parseRepository(remote.repository);
      tidied ??= removeStaleWorkspaces(deps.temporaryPath, deps.owner, isRunning);
      await tidied;
      const workspace = await createWorkspace(deps.temporaryPath, deps.owner);
      try {
        return await openRemote(
          { address, credentials: remote.credentials, certificates: remote.certificates, workspace, signal },
          { ...deps, maxFetchBytes: deps.maxFetchBytes ?? MAX_FETCH_BYTES },
        );
      } catch (error) {
        await workspace[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: it is there all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
