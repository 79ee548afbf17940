import type { SyncCounters } from '@toolhive-registry/api';
import { JSON_TYPE, NO_CACHE, type Answer } from '../chain/answer.ts';
import { matchesEtag } from '../chain/conditional.ts';
import { statusDocument, statusEtag, type Audience } from '../../status/document.ts';
import type { EngineStatus } from '../../sync/engine.ts';
import type { RegistryDeps } from './deps.ts';
import type { RequestContext } from './route.ts';

type PollDeps = Pick<RegistryDeps, 'engine' | 'metrics' | 'draining'>;

/** An answer without the counters. */
interface FactsAnswer extends Answer {
  readonly etag: string;
  readonly body: string;
}

/** What a poll asks for. */
export interface PollOptions {
  /** How long to wait for other facts, in milliseconds. */
  readonly waitMs: number;
  /** Send the counters even if the facts are known. */
  readonly counters: boolean;
}

/**
 * The status; with a wait and the tag of the current facts the answer waits for a change. Without a change it is 304, or has the counters: that
 * answer has no tag, because a tag would make it 304.
 */
export async function pollStatus(
  { engine, metrics, draining }: PollDeps,
  { waitMs, counters }: PollOptions,
  { ifNoneMatch, gone, audience }: Pick<RequestContext, 'ifNoneMatch' | 'gone' | 'audience'>,
): Promise<Answer> {
  let answer = factsAnswer(engine, audience);
  if (waitMs > 0 && isKnown(answer)) {
    const deadline = performance.now() + waitMs;
    // A poll must not delay the shutdown of the server.
    const over = AbortSignal.any([gone(), draining]);
    while (isKnown(answer) && performance.now() < deadline && !over.aborted) {
      await nextUpdate(engine, deadline - performance.now(), over);
      answer = factsAnswer(engine, audience);
    }
  }
  const known = isKnown(answer);
  // A client that knows the facts gets 304, even if counters changed.
  if (audience === 'public' || (known && !counters)) return answer;
  const { etag, ...document } = withCounters(answer, await metrics.syncCounters());
  return known || etag === undefined ? document : { ...document, etag };

  function isKnown({ etag }: FactsAnswer): boolean {
    return matchesEtag(ifNoneMatch, etag);
  }
}

/** Cached by state: many clients may wait for the same one. Counters change without a new state, and are not included. */
const ANSWERS = { operator: new WeakMap<EngineStatus, FactsAnswer>(), public: new WeakMap<EngineStatus, FactsAnswer>() };

function factsAnswer(engine: PollDeps['engine'], audience: Audience): FactsAnswer {
  const status = engine.status();
  const answer = ANSWERS[audience].get(status) ?? answerOf(status, audience);
  ANSWERS[audience].set(status, answer);
  return answer;
}

function answerOf(status: EngineStatus, audience: Audience): FactsAnswer {
  const document = statusDocument(status, audience);
  return {
    status: 200,
    contentType: JSON_TYPE,
    headers: NO_CACHE,
    etag: statusEtag(document),
    body: JSON.stringify(document),
  };
}

/** The document is already serialized: one more field is appended. */
function withCounters(answer: FactsAnswer, counters: SyncCounters): Answer {
  return { ...answer, body: `${answer.body.slice(0, -1)},"counters":${JSON.stringify(counters)}}` };
}

function nextUpdate(engine: PollDeps['engine'], timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, timeoutMs));
    timer.unref();
    const unsubscribe = engine.onUpdate(done);
    signal.addEventListener('abort', done, { once: true });
  });
}
