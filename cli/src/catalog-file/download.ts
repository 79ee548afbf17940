import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { Failure, misuse } from '../program/failure.ts';
import { CATALOG_LIMIT_MS, sender, type Answer } from '../registry/http.ts';
import { proxyOf } from '../registry/proxy.ts';
import { isRedirect, refused, targetOf } from '../registry/refused.ts';
import { basicAuth, shownUrl } from '../registry/shown-url.ts';
import type { Session } from '../terminal/session.ts';

/** Redirects that are followed. */
const MAX_REDIRECTS = 10;

/** Whether an argument is an address. */
export function isUrl(argument: string): boolean {
  return /^https?:\/\//i.test(argument);
}

/**
 * Reads a file from an address, redirects and the proxies of the environment included. User name and password of the address are sent only to its own host. Throws
 * a {@link Failure}.
 */
export async function download(address: string, session: Pick<Session, 'env' | 'signal'>): Promise<Uint8Array> {
  if (!URL.canParse(address)) throw misuse(`"${shownUrl(address)}" cannot be read as an address`, 'write it as https://HOST/PATH');
  const first = new URL(address);
  let url = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await answerOf(url, url.origin === first.origin ? basicAuth(first) : {}, session);
    if (isRedirect(answer.status)) url = next(url, answer);
    else if (answer.status >= 200 && answer.status < 300) return answer.bytes;
    else throw refused(shownUrl(url), 'file', answer);
  }
  throw new Failure(`${shownUrl(first)} redirects too often: ${MAX_REDIRECTS} redirects were followed, the last one to ${shownUrl(url)}`, {
    remedy: 'name the address of the file itself',
  });
}

async function answerOf(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { env, signal }: Pick<Session, 'env' | 'signal'>,
): Promise<Answer> {
  const { send, close } = sender({ base: new URL(url.origin), proxy: proxyOf(url, env), signal, headers: { accept: '*/*', ...headers } });
  try {
    return await send({ path: `${url.pathname}${url.search}`, limitMs: CATALOG_LIMIT_MS, maxBytes: MAX_CATALOG_BYTES });
  } finally {
    close();
  }
}

/** Where a redirect leads, if it may be followed. */
function next(url: URL, answer: Answer): URL {
  const from = `${shownUrl(url)} answers ${answer.status}`;
  const target = targetOf(answer);
  if (target === undefined) throw new Failure(`${from} without an address to go to`, { remedy: 'name the address of the file itself' });
  if (!['http:', 'https:'].includes(target.protocol) || (url.protocol === 'https:' && target.protocol === 'http:'))
    throw new Failure(`${from} and leads to ${shownUrl(target)}, which is not followed from ${url.protocol}//`, {
      remedy: 'name the address of the file itself',
    });
  return target;
}
