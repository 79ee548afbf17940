import type { ServerKind } from '@toolhive-registry/api';
import { isForbidden, isNotFound, isRecord, KubeApiError, type ApiClient, type Logger } from '@toolhive-registry/reconciler';

/** A kind that may be absent, or served in other versions. */
export interface WatchedKind extends Pick<ServerKind, 'group' | 'kind' | 'plural' | 'versions'> {
  /** Default: true. */
  readonly namespaced?: boolean;
}

/** Whether the objects of a kind can be watched. */
export type Served =
  | { readonly is: 'served'; readonly version: string }
  | { readonly is: 'absent' }
  /** The kind may exist, but its objects cannot be listed: the controller lacks the permission, or the server fails, as with a broken conversion webhook. */
  | { readonly is: 'unseen'; readonly why: string };

/** Finds out in which version kinds are served. */
export interface ServedKinds {
  /** Gate for informers: the version, or false. */
  gate(kind: WatchedKind): (signal: AbortSignal) => Promise<string | false>;
  /** The last result; undefined: none yet. */
  last(kind: WatchedKind): Served | undefined;
  /** Called when the result for a kind changed. */
  onChange(listener: () => void): void;
}

/** What finding out needs. */
export interface ServedKindsDeps {
  readonly client: Pick<ApiClient, 'request'>;
  /** Undefined: the whole cluster. For single namespaces each informer finds out what is forbidden. */
  readonly namespaces: readonly string[] | undefined;
  /** Rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds since any time. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** The groups of the API server are requested at most once in so many milliseconds, however many kinds are looked up. */
const GROUPS_MS = 5_000;
/** A kind counts as removed only if it is missing twice, this long apart: a server's knowledge of its CRDs lags behind. */
const SECOND_LOOK_MS = 1_000;

/**
 * Creates the search. Most clusters have few of the kinds, and one small answer tells for all of them that a group is not there. If a group exists, each
 * version is tried, which also detects missing permissions.
 */
export function createServedKinds({ client, namespaces, sleep, now, logger }: ServedKindsDeps): ServedKinds {
  const found = new Map<WatchedKind, Served>();
  const listeners: (() => void)[] = [];
  let groups: { readonly at: number; readonly names: Promise<ReadonlySet<string>> } | undefined;

  async function look(kind: WatchedKind, signal: AbortSignal): Promise<Served> {
    if (!(await groupNames(signal)).has(kind.group)) return { is: 'absent' };
    const [namespace] = kind.namespaced === false ? [] : (namespaces ?? []);
    const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
    for (const version of kind.versions) {
      try {
        const path = `/apis/${kind.group}/${version}${place}/${kind.plural}?limit=1`;
        await client.request({ method: 'GET', path, signal, retry: false });
        return { is: 'served', version };
      } catch (error) {
        if (isNotFound(error)) continue;
        // In single namespaces the informers find out what is forbidden.
        if (isForbidden(error) && namespace !== undefined) return { is: 'served', version };
        throw error;
      }
    }
    return { is: 'absent' };
  }

  /** A kind that cannot be listed must not keep the program from starting; what is known of it stays. */
  async function lookTolerantly(kind: WatchedKind, signal: AbortSignal): Promise<Served> {
    try {
      return await look(kind, signal);
    } catch (error) {
      const isAnswer = error instanceof KubeApiError;
      if (!isAnswer || found.get(kind)?.is === 'served') throw error;
      return { is: 'unseen', why: error.message };
    }
  }

  function groupNames(signal: AbortSignal): Promise<ReadonlySet<string>> {
    if (groups === undefined || now() - groups.at > GROUPS_MS) {
      const names = client.request({ method: 'GET', path: '/apis', signal, retry: false }).then(namesIn);
      groups = { at: now(), names };
      names.catch(() => (groups = undefined));
    }
    return groups.names;
  }

  function report(kind: WatchedKind, served: Served): void {
    const before = found.get(kind);
    found.set(kind, served);
    if (before?.is === served.is) return;
    for (const listener of listeners) listener();
    const fields = { kind: kind.kind, group: kind.group };
    if (served.is === 'served') logger.info({ ...fields, version: served.version }, 'following the objects of this kind');
    else if (served.is === 'absent') logger.info(fields, 'objects of this kind are followed once their CRD is there');
    else
      logger.warn(
        { ...fields, err: served.why },
        'objects of this kind cannot be listed; grant the controller the permissions in its chart, or fix what the error names',
      );
  }

  return {
    gate: (kind) => async (signal) => {
      let served = await lookTolerantly(kind, signal);
      if (served.is === 'absent' && found.get(kind)?.is === 'served') {
        await sleep(SECOND_LOOK_MS, signal);
        groups = undefined;
        served = await lookTolerantly(kind, signal);
      }
      report(kind, served);
      return served.is === 'served' ? served.version : false;
    },
    last: (kind) => found.get(kind),
    onChange: (listener) => void listeners.push(listener),
  };
}

function namesIn(answer: unknown): ReadonlySet<string> {
  const list = isRecord(answer) && Array.isArray(answer['groups']) ? answer['groups'].filter(isRecord) : [];
  return new Set(list.map(({ name }) => String(name)));
}
