import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { Failure, misuse } from '../program/failure.ts';
import { basicAuth, shownUrl } from '../registry/shown-url.ts';

/** Milliseconds for a whole file. */
const TIMEOUT_MS = 60_000;

/** Whether an argument is an address. */
export function isUrl(argument: string): boolean {
  return /^https?:\/\//i.test(argument);
}

/** Reads a file from an address, redirects and the proxies of the environment included. Throws a {@link Failure}. */
export async function download(address: string, signal: AbortSignal): Promise<Uint8Array> {
  if (!URL.canParse(address)) throw misuse('an address cannot be read', 'write it as https://HOST/PATH');
  const url = new URL(address);
  const shown = shownUrl(url);
  const headers = basicAuth(url);
  url.username = '';
  url.password = '';
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const response = await fetch(url, { dispatcher, headers, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Failure(`${shown} answers ${response.status}`, { remedy: 'check the address' });
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      length += bytes.length;
      if (length > MAX_CATALOG_BYTES)
        throw new Failure(`${shown} has more than ${MAX_CATALOG_BYTES} bytes, the limit of a catalog`, { remedy: 'split it' });
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Failure(`no answer from ${shown}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      remedy: 'check the address and the network',
    });
  } finally {
    // An answer that was not read to its end would keep a polite close waiting for ever.
    await dispatcher.destroy();
  }
}
