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
  /** The kind may be there, and its objects cannot be listed: the controller lacks the right, or the server fails, as with a webhook that is down. */
  | { readonly is: 'unseen'; readonly why: string };

/** Finds out in which version kinds are served. */
export interface ServedKinds {
  /** For informers: the version, or false. */
  gate(kind: WatchedKind): (signal: AbortSignal) => Promise<string | false>;
  /** What was found last; undefined: nothing yet. */
  last(kind: WatchedKind): Served | undefined;
  /** Tells when something else is found of a kind than before. */
  onChange(listener: () => void): void;
}

/** What finding out needs. */
export interface ServedKindsDeps {
  readonly client: Pick<ApiClient, 'request'>;
  /** Undefined: the whole cluster. Where single namespaces are watched each tells by itself what is forbidden. */
  readonly namespaces: readonly string[] | undefined;
  /** Rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds since any time. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** The groups that an API server has are asked for once in so many milliseconds, however many kinds are looked for. */
const GROUPS_MS = 5_000;
/** A kind that was there is gone only if it is so twice, this long apart: what a server knows of its CRDs is a moment behind. */
const SECOND_LOOK_MS = 1_000;

/**
 * Creates the search. Most clusters have few of the kinds: that a group is not there is told by one small answer for all. Of a group that is there each
 * version is tried, which tells of rights, too.
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
        // In single namespaces each tells by itself what is forbidden.
        if (isForbidden(error) && namespace !== undefined) return { is: 'served', version };
        throw error;
      }
    }
    return { is: 'absent' };
  }

  /** What cannot be listed must not keep the program from starting; what is known of it stays for as long as it cannot. */
  async function lookOrTell(kind: WatchedKind, signal: AbortSignal): Promise<Served> {
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

  function tell(kind: WatchedKind, served: Served): void {
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
        'objects of this kind cannot be listed; give the controller the rights of its chart, or mend what the error names',
      );
  }

  return {
    gate: (kind) => async (signal) => {
      let served = await lookOrTell(kind, signal);
      if (served.is === 'absent' && found.get(kind)?.is === 'served') {
        await sleep(SECOND_LOOK_MS, signal);
        groups = undefined;
        served = await lookOrTell(kind, signal);
      }
      tell(kind, served);
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
