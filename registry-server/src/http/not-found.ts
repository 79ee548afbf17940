import { HttpError } from '../errors.ts';
import { isListed, type PortRole } from './routes/route.ts';
import type { RouteTable } from './routing/table.ts';

/** Longest path that is quoted. */
const MAX_QUOTED = 200;
/** Maximum number of segments that are tried: each costs a look at the whole table. */
const MAX_TRIED = 8;

/** Where a path was searched. */
export interface Searched {
  readonly role: PortRole;
  /** What precedes paths in the URLs of clients. */
  readonly prefix: string;
  readonly table: RouteTable;
  /** The routes of the other port. */
  readonly elsewhere: RouteTable;
}

/** The error for an unknown path: it suggests where to look. */
export function notFound(path: string, searched: Searched): HttpError {
  return new HttpError('notFound', `Endpoint not found${remedy(path.slice(0, MAX_QUOTED), searched)}`);
}

function remedy(path: string, { role, prefix, table, elsewhere }: Searched): string {
  const [row] = elsewhere.find(path)?.routes.values() ?? [];
  if (row?.instead !== undefined) return `: ${row.instead}`;
  if (row !== undefined) return `: ${path} is on the ${role === 'public' ? 'internal' : 'main'} port`;
  const [, name] = /^\/v0\.1\/servers\/(.+)$/.exec(path) ?? [];
  // A request for a server without a version most likely means the latest; the API no longer has such a path.
  if (name !== undefined && table.routes.some(({ hot }) => hot))
    return `. A server is at ${prefix}/v0.1/servers/${name.replaceAll('/', '%2F')}/versions/latest`;
  const meant = likely(path, table);
  if (meant !== undefined) return `. Did you mean '${prefix}${meant}'?`;
  if (table.find('/') !== undefined) return `: ${path}. GET ${prefix}/ lists what there is`;
  return `: ${path}. This is the ${role} port; it has ${table.resources.map(({ template }) => template.text).join(', ')}`;
}

/**
 * A known path with the same ending: clients forget the version (`/servers`, as GitHub's Copilot CLI once did), take another
 * (`/v1/servers`), or add a prefix. The official registry uses the same words.
 */
function likely(path: string, table: RouteTable): string | undefined {
  const segments = path.split('/').slice(1, MAX_TRIED + 1);
  for (const index of segments.keys()) {
    const end = `/${segments.slice(index).join('/')}`;
    const found = [`/v0.1${end}`, end, end.toLowerCase()].find((candidate) => candidate !== '/' && isReadable(candidate, table));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isReadable(path: string, table: RouteTable): boolean {
  const row = table.find(path)?.routes.get('GET');
  return row !== undefined && isListed(row);
}
