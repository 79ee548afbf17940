import { normalImage } from '../references/normal.ts';

/** Scheme and authority of a URL. A backslash ends the authority as a slash does (WHATWG URL Standard, 4.4, for http and https). */
const URL_START = /^\s*([a-z][a-z0-9+.-]*):[/\\]{2,}([^/\\?#]*)/i;

/** The authority that a URL points to. */
export interface Origin {
  readonly scheme: string;
  /** Host and port, without user and password. */
  readonly host: string;
}

/** The authority of a text that begins like a URL; undefined for any other text. The host of a template may contain variables: `{region}.example.com`. */
export function originOf(text: string): Origin | undefined {
  const match = URL_START.exec(text);
  if (match === null) return undefined;
  const authority = match[2] ?? '';
  return { scheme: (match[1] ?? '').toLowerCase(), host: authority.slice(authority.lastIndexOf('@') + 1).toLowerCase() };
}

/** The risk of an address that replaces another one. */
export type AddressRisk = 'leads to another host' | 'is no longer encrypted';

/** The machine on which a client runs, on whatever port. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::[^:]*)?$/;

/** Whether a host, with or without a port, is the machine on which a client runs. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The risk if `after` replaces `before`: data go elsewhere, or can be read in transit; undefined: none. An empty text is no address. */
export function addressRisk(before: string, after: string): AddressRisk | undefined {
  const [from, to] = [originOf(before), originOf(after)];
  if (to === undefined || isLoopback(to.host)) return undefined;
  if (from?.host !== to.host) return 'leads to another host';
  return from.scheme !== to.scheme && to.scheme !== 'https' ? 'is no longer encrypted' : undefined;
}

/** The repository of an image: host and path, without tag and digest. */
export function imageRepository(reference: string): string {
  const normal = normalImage(reference);
  const digest = normal.indexOf('@');
  return normal.slice(0, digest >= 0 ? digest : normal.lastIndexOf(':'));
}

/** The digest of an image's reference; undefined if it is not pinned. */
export function digestOf(reference: string): string | undefined {
  const at = reference.indexOf('@');
  return at < 0 ? undefined : reference.slice(at + 1);
}

/** Segments of a download's path that identify its owner: on source code hosts, owner and repository. */
const OWNER_SEGMENTS = 2;

/** The origin of a download: its host and owner. */
export function downloadSource(url: string): string {
  const origin = originOf(url);
  if (origin === undefined) return url;
  const path = url.slice((URL_START.exec(url)?.[0] ?? '').length).split(/[?#]/, 1)[0] ?? '';
  return [`${origin.scheme}://${origin.host}`, ...path.split('/').slice(1, 1 + OWNER_SEGMENTS)].join('/');
}
