import type { NormalizedSource } from '@toolhive-registry/api';
import { createHttpClient, type HttpClient } from '../outbound/client.ts';
import { buildInfo } from '../version.ts';
import type { Surroundings } from './contract.ts';

/** The client of a source that is read over HTTP. `home` is its address in the manifest, which its credentials are for. */
export function httpClientOf(source: NormalizedSource, home: string, surroundings: Surroundings): HttpClient {
  return createHttpClient({
    home,
    secrets: surroundings.secrets(source),
    addresses: surroundings.addresses,
    proxies: surroundings.proxies,
    userAgent: `toolhive-registry/${buildInfo().version}`,
    clock: Date.now,
  });
}
