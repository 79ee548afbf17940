import { bodyLength, type WholeAnswer } from '../chain/answer.ts';
import { createEncodedBodies } from '../chain/encoding.ts';
import { prepared } from '../chain/write.ts';
import { createBoundedCache } from './bounded-cache.ts';

/** An answer that is kept ready, and the path template of its route. */
export interface KeptAnswer {
  readonly route: string;
  readonly answer: WholeAnswer;
}

/** Answers of one snapshot that are kept ready. */
export interface AnswerCache {
  /** The answer to exactly the same URL as before. */
  byUrl(url: string): KeptAnswer | undefined;
  /** The answer to a canonical question. */
  byQuestion(key: string, url: string): KeptAnswer | undefined;
  /** Offers an answer to keep. */
  offer(question: { readonly key: string; readonly pinned: boolean }, made: KeptAnswer): void;
  /** Bytes of bodies that are kept and not pinned. */
  bytes(): number;
}

/** Maximum size in bytes of what is kept, and of one answer with its encoded forms; a page of 100 of the official registry has about 130 KiB. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024;
/** Approximate overhead of an entry besides its body and key: junk questions have empty pages. */
const ANSWER_ENTRY_BYTES = 1024;
/** Maximum total size in bytes of URLs, each counted with about what its entry takes beside its text. */
const MAX_URL_BYTES = 256 * 1024;
const URL_ENTRY_BYTES = 128;
/** A body with its encoded forms, of which each takes a fifth at most of what the body does. */
const WITH_ENCODINGS = 1.6;
const MAX_REMEMBERED = 1024;

/**
 * Creates the cache for one snapshot. Bodies are kept by the canonical question, so unknown parameters and other spellings make no new
 * ones. Beside them stands, for speed, which kept question a URL asks: a URL that comes often need not be read again.
 */
export function createAnswerCache(): AnswerCache {
  const answers = createBoundedCache<KeptAnswer>({ maxWeight: MAX_BYTES, maxValueWeight: MAX_ANSWER_BYTES, maxRemembered: MAX_REMEMBERED });
  const questions = createBoundedCache<string>({ maxWeight: MAX_URL_BYTES, maxValueWeight: MAX_URL_BYTES, maxRemembered: MAX_REMEMBERED });
  return {
    byUrl: (url) => {
      const key = questions.get(url);
      return key === undefined ? undefined : answers.get(key);
    },
    byQuestion: (key, url) => {
      const kept = answers.get(key);
      if (kept !== undefined) questions.offer(url, URL_ENTRY_BYTES + 2 * url.length, () => key);
      return kept;
    },
    offer: ({ key, pinned }, made) => {
      if (pinned) answers.pin(key, inOnePiece(made));
      else
        answers.offer(key, ANSWER_ENTRY_BYTES + 2 * key.length + Math.ceil(WITH_ENCODINGS * bodyLength(made.answer.body)), () =>
          inOnePiece(made),
        );
    },
    bytes: () => answers.weight(),
  };
}

/** One piece is written faster than many, and it is written often; the same is true for its encoded forms. */
function inOnePiece(kept: KeptAnswer): KeptAnswer {
  const { body } = kept.answer;
  const whole = typeof body === 'string' || body.length === 1 ? body : [Buffer.concat(body)];
  return { ...kept, answer: prepared({ ...kept.answer, body: whole, encoded: createEncodedBodies() }) };
}
