/** Longest prefix of paths, in characters. */
const MAX_PREFIX = 200;
/** Segments of unreserved characters (RFC 3986, 2.3): nothing that has to be encoded in a URL, a header or HTML, and no `//`, which would name a host. */
const SEGMENTS = /^(?:\/[A-Za-z0-9._~-]+)+$/;

/** Whether a text can prefix all paths: `/mcp`, `/team-a/mcp`. No slash at the end, no `.` or `..`. */
export function isPrefix(text: string): boolean {
  return text.length <= MAX_PREFIX && SEGMENTS.test(text) && !/\/\.\.?(?:\/|$)/.test(text);
}

/**
 * What precedes the paths of the table in the URLs of clients. A proxy that takes a prefix away says so in `X-Forwarded-Prefix` (Traefik's
 * StripPrefix and Spring's ForwardedHeaderFilter have it so); it knows the whole prefix, so it wins over the base path. Anything unusual in the
 * header is ignored: it comes from outside.
 */
export function publicPrefix(header: string | string[] | undefined, basePath: string): string {
  return typeof header === 'string' && isPrefix(header) ? header : basePath;
}

/** The URL without the base path; undefined when it does not begin with it. */
export function withoutBase(url: string, basePath: string): string | undefined {
  if (basePath === '' || !url.startsWith(basePath)) return undefined;
  const rest = url.slice(basePath.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : undefined;
}
