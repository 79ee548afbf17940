import { HttpError } from '../../errors.ts';
import type { Answer } from '../chain/answer.ts';
import type { AnyRoute, Method } from '../routes/route.ts';
import type { Resource } from './table.ts';

/** The route for a method of a resource; HEAD goes with GET. Throws HttpError with `Allow` when there is none. */
export function routeFor({ template, routes, allow, hot }: Resource, method: string): AnyRoute {
  const route = routes.get((method === 'HEAD' ? 'GET' : method) as Method);
  if (route !== undefined) return route;
  const why = hot ? ': the catalog is read-only here; change its source' : '';
  throw new HttpError('methodNotAllowed', `${method} is not supported on ${template.text}; use ${allow}${why}`, { Allow: allow });
}

/** Answers `OPTIONS`, a CORS preflight among them (headers as GitHub's documentation for Copilot registries lists them). */
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
