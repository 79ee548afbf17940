import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { misuse, Failure } from '../program/failure.ts';

/** Milliseconds for a whole file. */
const TIMEOUT_MS = 60_000;

/** Whether an argument is an address. */
export function isUrl(argument: string): boolean {
  return /^https?:\/\//i.test(argument);
}

/** Reads a file from an address, redirects and the proxies of the environment included. Throws a {@link Failure}. */
export async function download(url: string, signal: AbortSignal): Promise<Uint8Array> {
  if (!URL.canParse(url)) throw misuse(`"${url}" is no address`, 'write it as https://HOST/PATH');
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const response = await fetch(url, { dispatcher, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    if (!response.ok) throw new Failure(`${url} answers ${response.status}`, { remedy: 'check the address' });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      length += bytes.length;
      if (length > MAX_CATALOG_BYTES)
        throw new Failure(`${url} has more than ${MAX_CATALOG_BYTES} bytes, the limit of a catalog`, { remedy: 'split it' });
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Failure(`no answer from ${url}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      remedy: 'check the address and the network',
    });
  } finally {
    await dispatcher.close();
  }
}
