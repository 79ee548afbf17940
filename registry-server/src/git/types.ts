import type { AddressPolicy, Resolve } from '../outbound/addresses.ts';
import type { Environment, ProxySettings } from '../outbound/proxy.ts';
import type { Credentials } from '../sources/secrets.ts';
import type { Blob } from './blobs.ts';
import type { GitRef } from './refs.ts';
import type { TreeEntry } from './tree.ts';
import type { Owner } from './workspace.ts';

/** A repository, and how to reach it. */
export interface RemoteRepository {
  /** https, http, ssh, `git@host:path` or file. */
  readonly repository: string;
  readonly credentials?: Credentials | undefined;
  /** Certificates in PEM that the host is checked against besides the system's. */
  readonly certificates?: string | undefined;
}

/** Reads repositories. Everything throws {@link SourceError}, or the signal's reason when it fires. */
export interface GitClient {
  /** Prepares access to a repository: nothing is asked yet. Its files are removed when it is disposed of. */
  open(remote: RemoteRepository, signal: AbortSignal): Promise<Remote>;
}

/** A repository that can be asked. */
export interface Remote extends AsyncDisposable {
  /** The current commit of a ref, with one request that transfers no data. A short hash needs {@link Remote.fetch}. */
  resolve(ref: GitRef | undefined): Promise<string>;
  /** Fetches the trees of one commit, and files only on demand, if the remote supports that. */
  fetch(ref: GitRef | undefined): Promise<Checkout>;
}

/** One commit of a repository. No file is ever written under its own name. */
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
  readonly proxies: ProxySettings;
  /** For PATH; nothing else of it is used. */
  readonly env: Environment;
  readonly owner: Owner;
  /** Finds the addresses of a host; absent: the system does. */
  readonly resolve?: Resolve;
  /** Maximum size in bytes that one fetch may take on disk. */
  readonly maxFetchBytes?: number;
}
