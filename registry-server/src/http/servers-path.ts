import { HttpError } from '../errors.ts';

/** What a path of the official API asks for. */
export type ServersPath =
  | { readonly kind: 'list' }
  | { readonly kind: 'versions'; readonly name: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string };

/**
 * Reads `/v0.1/servers…`, its alias `/v0/servers…`, and both below `/registry/{name}`. Returns undefined for any other path.
 * The raw path is read, since a name holds a slash: it comes as `%2F` (canonical) or, behind a proxy that decodes it, as two segments.
 * Throws HttpError for an unknown registry, a server path without `versions`, and bytes that cannot be a name.
 */
export function readServersPath(path: string, registry: string): ServersPath | undefined {
  const segments = path.split('/').slice(1);
  if (segments.at(-1) === '' && segments.length > 1) segments.pop();
  const scoped = segments[0] === 'registry' && segments.length > 2;
  const [version, collection, ...rest] = scoped ? segments.slice(2) : segments;
  if ((version !== 'v0.1' && version !== 'v0') || collection !== 'servers') return undefined;
  if (scoped && decode(segments[1] ?? '') !== registry) {
    throw new HttpError('notFound', `Registry not found: this server serves "${registry}"`);
  }
  if (rest.length === 0) return { kind: 'list' };
  // Asked first: in …/x/versions/versions the last word is a version of x, as the canonical form with one segment for the name says.
  if (rest.length >= 3 && rest.at(-2) === 'versions')
    return { kind: 'version', name: nameOf(rest.slice(0, -2)), version: decode(rest.at(-1) ?? '') };
  if (rest.length >= 2 && rest.at(-1) === 'versions') return { kind: 'versions', name: nameOf(rest.slice(0, -1)) };
  throw new HttpError('notFound', `Endpoint not found. A server is at /v0.1/servers/${rest.join('%2F')}/versions/latest`);
}

function nameOf(segments: readonly string[]): string {
  const name = segments.map(decode).join('/');
  if (name.trim() === '') throw new HttpError('badRequest', 'the server name is empty');
  return name;
}

function decode(segment: string): string {
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    throw new HttpError('badRequest', `"${segment.slice(0, 60)}" is not valid percent-encoding`);
  }
  if (text.includes('\0')) throw new HttpError('badRequest', 'a NUL character cannot be part of a URL');
  return text;
}
