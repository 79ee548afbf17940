import { HttpError } from '../../errors.ts';
import type { Answer } from '../chain/answer.ts';
import { isOffered, type AnyRoute, type Method } from '../routes/route.ts';
import type { Resource } from './table.ts';

/** The route for a method of a resource; HEAD goes with GET. Throws HttpError with `Allow` when there is none. */
export function routeFor({ template, routes, allow }: Resource, method: string): AnyRoute {
  const route = routes.get((method === 'HEAD' ? 'GET' : method) as Method);
  if (route !== undefined) return route;
  const rows = [...routes.values()];
  const why = rows.some(({ hot }) => hot) ? ': the catalog is read-only here; change its source' : '';
  const instead = rows.some(isOffered) ? `use ${allow}${why}` : 'this registry offers nothing there';
  throw new HttpError('methodNotAllowed', `${method} is not supported on ${template.text}; ${instead}`, { Allow: allow });
}

/**
 * Answers `OPTIONS`, a CORS preflight among them. Methods and headers are those that GitHub's documentation of registries for Copilot lists (GET and
 * OPTIONS for the catalog; docs.github.com, "Configure an MCP registry"). Methods that get 501 are not named: no page gains by sending one.
 */
export function preflight({ allow }: Resource): Answer {
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-None-Match',
      'Access-Control-Max-Age': '86400',
      Allow: allow,
    },
    body: '',
  };
}
