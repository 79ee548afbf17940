import { HttpError } from '../../errors.ts';
import { decodePart } from './template.ts';

/**
 * The other ways to write the path of a route, in one place; the table has none of them:
 * - `/v0/…` is `/v0.1/…`, the name of the API's development version, which Docker's gateway asks for;
 * - `/registry/{name}/v0.1/…` is `/v0.1/…`, as ToolHive's registry server has it;
 * - `/registry/{name}/registry.json`, `registry.yaml` and the OpenAPI documents likewise, for clients that use that path as the address of the registry;
 * - one slash at the end is ignored;
 * - a server's name holds a slash, which comes as `%2F` (canonical) or, behind a proxy that decodes it, as a segment more.
 */
export const SPANNING: ReadonlySet<string> = new Set(['serverName']);

/** A URL in the form that the table knows. */
export interface Target {
  /** Raw, that is with its percent-encoding. */
  readonly path: string;
  /** Without the question mark. */
  readonly search: string;
}

/** Reads a URL in the origin form. Throws HttpError for a registry that is not served here. */
export function readTarget(url: string, registry: string): Target {
  const mark = url.indexOf('?');
  const search = mark < 0 ? '' : url.slice(mark + 1);
  const written = mark < 0 ? url : url.slice(0, mark);
  const path = written.length > 1 && written.endsWith('/') ? written.slice(0, -1) : written;
  const [, owner, file] = /^\/registry\/([^/]+)(\/(?:registry|openapi)\.(?:json|yaml))$/.exec(path) ?? [];
  if (file !== undefined) return { path: scoped(file, owner ?? '', registry), search };
  const [, scope, name = '', rest] = /^(\/registry\/([^/]*))?\/v0(?:\.1)?(\/.*)$/.exec(path) ?? [];
  if (rest === undefined) return { path, search };
  return { path: scope === undefined ? `/v0.1${rest}` : scoped(`/v0.1${rest}`, name, registry), search };
}

function scoped(path: string, name: string, registry: string): string {
  if (decodePart(name) === registry) return path;
  throw new HttpError('notFound', `Registry not found: this server serves "${registry}"`);
}

/** The path and query of a URL. A client behind a proxy may send the absolute form (RFC 9112, 3.2.2); a fragment is never part of a request. */
export function originForm(url: string): string {
  if (url.startsWith('/') && !url.includes('#')) return url;
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '').split('#', 1)[0] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}

/** The path of a route below the registry's name. */
export function scopedPath(path: string, registry: string): string {
  return `/registry/${encodeURIComponent(registry)}${path}`;
}
