import { HttpError } from '../errors.ts';
import type { PortRole } from './routes/route.ts';
import type { RouteTable } from './routing/table.ts';

/** Longest path that is quoted. */
const MAX_QUOTED = 200;

/** The error for a path that a port does not have: it says where to look. `elsewhere` are the routes of the other port. */
export function missing(path: string, role: PortRole, table: RouteTable, elsewhere: RouteTable): HttpError {
  return new HttpError('notFound', `Endpoint not found${remedy(path.slice(0, MAX_QUOTED), role, table, elsewhere)}`);
}

function remedy(path: string, role: PortRole, table: RouteTable, elsewhere: RouteTable): string {
  const [row] = elsewhere.find(path)?.routes.values() ?? [];
  if (row?.instead !== undefined) return `: ${row.instead}`;
  if (row !== undefined) return `: ${path} is on the ${role === 'public' ? 'internal' : 'main'} port`;
  const [, name] = /^\/v0\.1\/servers\/(.+)$/.exec(path) ?? [];
  // Whoever asks for a server alone most likely wants its latest version; the API has no such path any more.
  if (name !== undefined && table.hot.length > 0) return `. A server is at /v0.1/servers/${name.replaceAll('/', '%2F')}/versions/latest`;
  if (table.find('/') !== undefined) return `: ${path}. GET / lists what there is`;
  return `: ${path}. This is the ${role} port; it has ${table.resources.map(({ template }) => template.text).join(', ')}`;
}
