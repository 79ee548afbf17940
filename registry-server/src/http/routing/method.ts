import type { IncomingMessage } from 'node:http';
import { HttpError } from '../../errors.ts';
import type { Answer } from '../chain/answer.ts';
import { shorten } from '../input/shorten.ts';
import { isOffered, type AnyRoute, type Method } from '../routes/route.ts';
import type { Resource } from './table.ts';

/** The route for a method of a resource; HEAD goes with GET. Throws HttpError with `Allow` when there is none. */
export function routeFor({ template, routes, allow }: Resource, method: string): AnyRoute {
  const route = routes.get((method === 'HEAD' ? 'GET' : method) as Method);
  if (route !== undefined) return route;
  const rows = [...routes.values()];
  const why = rows.some(({ hot }) => hot) ? ': the catalog is read-only; change its source' : '';
  const instead = rows.some(isOffered) ? `use ${allow}${why}` : 'this path has no operation';
  throw new HttpError('methodNotAllowed', `${method} is not supported on ${template.text}; ${instead}`, { Allow: allow });
}

/** Whether a route changes what is served, or starts something. */
export function changesState({ tag, methods }: AnyRoute): boolean {
  return tag === 'operations' && !methods.includes('GET');
}

/**
 * Refuses what changes state where a page of a web site asks, which browsers say in `Origin`: on a laptop nobody else could tell such a request from
 * one of the user's own (OWASP, Cross-Site Request Forgery Prevention). Programs send no such header. Throws HttpError.
 */
export function refusePages(route: AnyRoute, { method = '', headers: { origin } }: IncomingMessage): void {
  if (origin === undefined || !changesState(route)) return;
  throw new HttpError(
    'forbidden',
    `${method} ${route.path} is not available to web pages, and this request comes from one (${shorten(origin)}); use curl`,
  );
}

/**
 * Answers `OPTIONS`, a CORS preflight among them. Methods and headers are those that GitHub's documentation of registries for Copilot lists (GET and
 * OPTIONS for the catalog; docs.github.com, "Configure an MCP registry"). Methods that get 501 are not named: no page gains by sending one.
 */
export function preflight({ routes, allow }: Resource): Answer {
  const forPages = allow.split(', ').filter((method) => {
    const route = routes.get(method as Method);
    return route === undefined || !changesState(route);
  });
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': forPages.join(', '),
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-None-Match',
      'Access-Control-Max-Age': '86400',
      Allow: allow,
    },
    body: '',
  };
}
