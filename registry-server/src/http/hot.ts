import type { Snapshot, Steps } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';
import { createAnswerCache, type KeptAnswer } from './cache/answers.ts';
import { snapshotEtag } from './catalog.ts';
import { JSON_TYPE, NO_CACHE, type WholeAnswer } from './chain/answer.ts';
import type { RawInput } from './input/read-input.ts';
import { inSlices, type Lane } from './lane.ts';
import type { HotRoute, JsonPieces } from './routes/route.ts';

/** Answers hot routes from the snapshot that is served. */
export interface HotAnswers {
  /** The cached answer to a GET of the same URL. */
  recall(url: string): KeptAnswer | undefined;
  /** Answers a GET, at once or when its turn has come. Throws HttpError, or rejects with it. */
  answer(route: HotRoute, raw: RawInput, url: string): WholeAnswer | Promise<WholeAnswer>;
}

/** From this many rows on, a scan takes milliseconds. */
const LARGE_ROWS = 10_000;

/** Creates the answers of hot routes. They are kept for as long as their snapshot is served. */
export function createHotAnswers(current: () => Snapshot | undefined, lane: Lane): HotAnswers {
  let cache = createAnswerCache();
  let cachedFor: Snapshot | undefined;
  let etag = '';

  function follow(): Snapshot | undefined {
    const snapshot = current();
    if (snapshot !== cachedFor) {
      cache = createAnswerCache();
      cachedFor = snapshot;
      etag = snapshot === undefined ? '' : snapshotEtag(snapshot);
    }
    return snapshot;
  }

  return {
    recall: (url) => {
      follow();
      return cache.byUrl(url);
    },
    answer: (route, raw, url) => {
      const snapshot = follow();
      if (snapshot === undefined) {
        throw new HttpError('notReady', 'the catalog has not been loaded yet; GET /registry/status says why', { 'Retry-After': '1' });
      }
      const question = route.question(raw);
      const kept = cache.byQuestion(question.key, url);
      if (kept !== undefined) return kept.answer;
      const tag = etag;
      const whole = (body: JsonPieces): WholeAnswer => {
        const answer = { status: 200, contentType: JSON_TYPE, headers: NO_CACHE, etag: tag, body };
        if (snapshot === cachedFor) cache.offer(question, { route: route.path, answer });
        return answer;
      };
      const waits = question.scans && snapshot.rowCount >= LARGE_ROWS;
      const begin = (): JsonPieces | Unfinished => firstSlice(question.answer(snapshot));
      const begun = waits ? lane.run(begin) : begin();
      if (!(begun instanceof Promise) && !('steps' in begun)) return whole(begun);
      return Promise.resolve(begun)
        .then((first) => ('steps' in first ? inSlices(lane, () => first.steps) : first))
        .then(whole);
    },
  };
}

/** The rest of the work, if one slice was not enough. */
interface Unfinished {
  readonly steps: Steps<JsonPieces>;
}

/** A result that is ready, or one that is started. */
function firstSlice(answer: JsonPieces | Steps<JsonPieces>): JsonPieces | Unfinished {
  if (!('next' in answer)) return answer;
  const step = answer.next();
  return step.done === true ? step.value : { steps: answer };
}
