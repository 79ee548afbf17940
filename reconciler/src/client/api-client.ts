import type { KubeObject } from '../objects.ts';
import type { ResourceKind } from './kinds.ts';
import type { Reachability } from './reachability.ts';
import type { RawRequest } from './transport.ts';
import type { WatchEvent } from './watch.ts';

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** False: no retries here, because the caller has its own backoff. */
  readonly retry?: boolean;
  /** True: exempt from the client's own rate limit. */
  readonly urgent?: boolean;
  /** Called right before each attempt to send the request; what it throws is thrown instead. */
  readonly beforeSend?: (() => void) | undefined;
}

/** Options for reading one object. */
export interface GetOptions extends CallOptions {
  /** From the API server's cache, which costs etcd nothing and may be slightly outdated. */
  readonly cached?: boolean;
}

/** Which objects of a kind to list or watch. */
export interface ListOptions extends CallOptions {
  /** Without it: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Only `metadata` is sent, which is a fraction of the bytes. */
  readonly metadataOnly?: boolean | undefined;
}

/** A complete list as of `resourceVersion`. */
export interface ListResult<T extends KubeObject> {
  readonly items: T[];
  readonly resourceVersion: string;
}

/** From where to watch changes, and for how long. */
export interface WatchOptions extends ListOptions {
  /** Changes after this one are reported; ignored with `initialEvents`. */
  readonly resourceVersion: string;
  /**
   * Begin with all existing objects, each as ADDED, and then a bookmark for which `isInitialEventsEnd` holds. Servers older than Kubernetes 1.32, and those
   * with WatchList disabled, refuse it with 422 or never send that bookmark.
   */
  readonly initialEvents?: boolean | undefined;
  /** After so many seconds the server ends the watch by itself. */
  readonly timeoutSeconds?: number | undefined;
  /** Milliseconds without a byte after which the watch is given up; default: never. */
  readonly silenceLimitMs?: number | undefined;
  /** Called when the server has accepted the watch. */
  readonly onOpen?: (() => void) | undefined;
}

/** Options for writing. */
export interface WriteOptions extends CallOptions {
  /** The server validates the request and changes nothing. */
  readonly dryRun?: boolean;
}

/** Options for creating an object. */
export interface CreateOptions extends WriteOptions {
  /** The field manager recorded by the server. */
  readonly fieldManager?: string;
}

/** Options for patching an object. */
export type PatchOptions = CreateOptions;

/** Options for applying an object. */
export interface ApplyOptions extends WriteOptions {
  /** The field manager. */
  readonly fieldManager: string;
  /** Take fields over from other managers instead of failing with 409; default true, as controllers should. */
  readonly force?: boolean;
  readonly subresource?: 'status';
}

/** Options for deleting an object. */
export interface DeleteOptions extends WriteOptions {
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Delete the object only if it still has this UID or version. */
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** Identifies one object. */
export interface ObjectRef {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/**
 * The operations of an API server. Objects are plain JSON; unknown fields are kept. Every operation throws `KubeApiError` when the server refuses,
 * `KubeConnectionError` when it does not answer, and the signal's reason when that is aborted.
 */
export interface ApiClient {
  /** Namespace of the kubeconfig's context, or of our own pod. */
  readonly namespace: string;
  /** Base URL of the API server. */
  readonly server: string;
  /** Whether the server answers; without it each informer finds that out by itself. */
  readonly reachability?: Reachability | undefined;
  /** Sends any request; returns the body parsed as JSON (undefined if there is none). */
  request(request: RawRequest): Promise<unknown>;
  /** Sends any request; returns the body as text, for paths such as `/readyz` or a pod's log. */
  requestText(request: RawRequest): Promise<string>;
  /** Reads one object. */
  get<T extends KubeObject = KubeObject>(kind: ResourceKind, ref: ObjectRef, options?: GetOptions): Promise<T>;
  /** Reads all objects, page by page. */
  list<T extends KubeObject = KubeObject>(kind: ResourceKind, options?: ListOptions): Promise<ListResult<T>>;
  /** Watches changes until the server ends the watch (the iterator then ends), something breaks (it throws) or the signal is aborted. */
  watch<T extends KubeObject = KubeObject>(kind: ResourceKind, options: WatchOptions): AsyncGenerator<WatchEvent<T>, void, undefined>;
  /** Creates an object; fails with 409 if there is one of that name. */
  create<T extends KubeObject>(kind: ResourceKind, object: T, options?: CreateOptions): Promise<T>;
  /** Server-side apply: creates or changes exactly the given fields, and removes those that were applied before and are missing now. */
  apply<T extends KubeObject>(kind: ResourceKind, object: T, options: ApplyOptions): Promise<T>;
  /** JSON merge patch (RFC 7396): given fields replace, null removes, lists are replaced whole. A body that is a list is a JSON patch (RFC 6902). */
  patch<T extends KubeObject = KubeObject>(
    kind: ResourceKind,
    ref: ObjectRef & { readonly subresource?: string },
    body: object,
    options?: PatchOptions,
  ): Promise<T>;
  /** Deletes one object, in the background unless set otherwise. 404 is an error like any other; see `isNotFound`. */
  delete(kind: ResourceKind, ref: ObjectRef, options?: DeleteOptions): Promise<void>;
}
