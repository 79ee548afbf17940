import { JSON_TYPE, NO_CACHE, type Answer } from '../chain/answer.ts';
import { matchesEtag } from '../chain/conditional.ts';
import { statusDocument, statusEtag, type Audience } from '../../status/document.ts';
import type { EngineStatus } from '../../sync/engine.ts';
import type { RegistryDeps } from './deps.ts';
import type { RequestContext } from './route.ts';

type PollDeps = Pick<RegistryDeps, 'engine' | 'draining'>;

/** The status; with a wait (ms) and the tag of the current facts the answer waits for others, and is the same again when none came. */
export async function pollStatus(
  { engine, draining }: PollDeps,
  waitMs: number,
  { ifNoneMatch, gone, audience }: Pick<RequestContext, 'ifNoneMatch' | 'gone' | 'audience'>,
): Promise<Answer> {
  let answer = statusAnswer(engine, audience);
  if (waitMs === 0 || !isKnown(answer)) return answer;
  const deadline = performance.now() + waitMs;
  // A poll must not hold up the end of the server.
  const over = AbortSignal.any([gone(), draining]);
  while (isKnown(answer) && performance.now() < deadline && !over.aborted) {
    await nextUpdate(engine, deadline - performance.now(), over);
    answer = statusAnswer(engine, audience);
  }
  return answer;

  function isKnown({ etag = '' }: Answer): boolean {
    return matchesEtag(ifNoneMatch, etag);
  }
}

/** By the state they tell of: many may wait for the same one. */
const ANSWERS = { operator: new WeakMap<EngineStatus, Answer>(), public: new WeakMap<EngineStatus, Answer>() };

function statusAnswer(engine: PollDeps['engine'], audience: Audience): Answer {
  const status = engine.status();
  const answer = ANSWERS[audience].get(status) ?? answerOf(status, audience);
  ANSWERS[audience].set(status, answer);
  return answer;
}

function answerOf(status: EngineStatus, audience: Audience): Answer {
  const document = statusDocument(status, audience);
  return {
    status: 200,
    contentType: JSON_TYPE,
    headers: NO_CACHE,
    etag: statusEtag(document),
    body: JSON.stringify(document),
  };
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
