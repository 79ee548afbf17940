import type { Expose } from './types.ts';

/** Path prefix under which an exposed registry is reached, without a trailing slash; empty: the root. */
export function exposedPrefix({ path }: Expose): string {
  return path.replace(/\/$/, '');
}

/** URL of an exposed registry for clients outside the cluster, as a base URL without a trailing slash. */
export function exposedUrl(expose: Expose): string {
  const isSecure = expose.gateway !== undefined || expose.ingress?.tlsSecretName !== undefined;
  return `${expose.scheme ?? (isSecure ? 'https' : 'http')}://${expose.host}${exposedPrefix(expose)}`;
}
