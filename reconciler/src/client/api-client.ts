import type { KubeObject } from '../objects.ts';
import type { ResourceKind } from './kinds.ts';
import type { Reachability } from './reachability.ts';
import type { RawRequest } from './transport.ts';
import type { WatchEvent } from './watch.ts';

/** Fields that every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** False: no retries here, because the caller has a backoff of its own. */
  readonly retry?: boolean;
  /** True: not held up by the client's own rate limit. */
  readonly urgent?: boolean;
  /** Called right before each time that the request is sent, retries included; what it throws is thrown instead. */
  readonly beforeSend?: (() => void) | undefined;
}

/** How to read one object. */
export interface GetOptions extends CallOptions {
  /** As the API server remembers it, which costs etcd nothing and may be a moment old. */
  readonly cached?: boolean;
}

/** Which objects of a kind to list or watch. */
export interface ListOptions extends CallOptions {
  /** Without it: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Only `metadata` is sent; a fraction of the bytes. */
  readonly metadataOnly?: boolean | undefined;
}

/** A whole list, as it was at `resourceVersion`. */
export interface ListResult<T extends KubeObject> {
  readonly items: T[];
  readonly resourceVersion: string;
}

/** From where to follow changes, and for how long. */
export interface WatchOptions extends ListOptions {
  /** Changes after this one are reported; ignored with `initialEvents`. */
  readonly resourceVersion: string;
  /**
   * Begin with all objects as they are now, each as ADDED, and then a bookmark for which `isInitialEventsEnd` holds. Servers older than Kubernetes 1.32, and
   * those where WatchList is off, refuse it with 422 or never send that bookmark.
   */
  readonly initialEvents?: boolean | undefined;
  /** After so many seconds the server ends the watch by itself. */
  readonly timeoutSeconds?: number | undefined;
  /** Milliseconds without a byte after which the watch is given up; default: never. */
  readonly silenceLimitMs?: number | undefined;
  /** Called when the server has accepted the watch. */
  readonly onOpen?: (() => void) | undefined;
}

/** How to write. */
export interface WriteOptions extends CallOptions {
  /** The server judges the request and changes nothing. */
  readonly dryRun?: boolean;
}

/** How to create an object. */
export interface CreateOptions extends WriteOptions {
  /** Under which name the server records who set the fields. */
  readonly fieldManager?: string;
}

/** How to patch an object. */
export type PatchOptions = CreateOptions;

/** How to apply an object. */
export interface ApplyOptions extends WriteOptions {
  /** Whose fields these are. */
  readonly fieldManager: string;
  /** Take fields over from other managers instead of failing with 409; default true, as controllers should. */
  readonly force?: boolean;
  readonly subresource?: 'status';
}

/** How to delete an object. */
export interface DeleteOptions extends WriteOptions {
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** The object is deleted only if it still is this one. */
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** Names one object. */
export interface ObjectRef {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/**
 * What can be asked of an API server. Objects are plain JSON; fields that nobody here knows are kept. All of it throws `KubeApiError` when the server
 * says no, `KubeConnectionError` when it says nothing, and the signal's reason when that is aborted.
 */
export interface ApiClient {
  /** Namespace of the kubeconfig's context, or of our own pod. */
  readonly namespace: string;
  /** Base URL of the API server. */
  readonly server: string;
  /** Whether the server answers; without it each informer finds that out for itself. */
  readonly reachability?: Reachability | undefined;
  /** Sends any request; the answer is the body parsed as JSON (undefined if there is none). */
  request(request: RawRequest): Promise<unknown>;
  /** Sends any request; the answer is the body as text, for paths such as `/readyz` or a pod's log. */
  requestText(request: RawRequest): Promise<string>;
  /** Reads one object. */
  get<T extends KubeObject = KubeObject>(kind: ResourceKind, ref: ObjectRef, options?: GetOptions): Promise<T>;
  /** Reads all objects, page by page. */
  list<T extends KubeObject = KubeObject>(kind: ResourceKind, options?: ListOptions): Promise<ListResult<T>>;
  /** Follows changes until the server ends the watch (the iterator then ends), something breaks (it throws) or the signal is aborted. */
  watch<T extends KubeObject = KubeObject>(kind: ResourceKind, options: WatchOptions): AsyncGenerator<WatchEvent<T>, void, undefined>;
  /** Creates an object; fails with 409 if there is one of that name. */
  create<T extends KubeObject>(kind: ResourceKind, object: T, options?: CreateOptions): Promise<T>;
  /** Server-side apply: creates or changes exactly the fields that are given, and removes those that were given before and are not now. */
  apply<T extends KubeObject>(kind: ResourceKind, object: T, options: ApplyOptions): Promise<T>;
  /** JSON merge patch (RFC 7396): given fields replace, null removes, lists are replaced whole. A body that is a list is a JSON patch (RFC 6902). */
  patch<T extends KubeObject = KubeObject>(
    kind: ResourceKind,
    ref: ObjectRef & { readonly subresource?: string },
    body: object,
    options?: PatchOptions,
  ): Promise<T>;
  /** Deletes one object, in the background unless said otherwise. 404 is an error like any other; see `isNotFound`. */
  delete(kind: ResourceKind, ref: ObjectRef, options?: DeleteOptions): Promise<void>;
}
