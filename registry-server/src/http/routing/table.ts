import { isOffered, type AnyRoute, type Method, type PortRole } from '../routes/route.ts';
import { SPANNING } from './aliases.ts';
import { parseTemplate, type Template } from './template.ts';

/** A path, and what may be done with it. */
export interface Resource {
  readonly template: Template;
  readonly routes: ReadonlyMap<Method, AnyRoute>;
  /** All methods that are offered, as `Allow` lists them: `GET, HEAD, OPTIONS`. Rows that answer 501 are not among them. */
  readonly allow: string;
}

/** The routes of a port. */
export interface RouteTable {
  readonly routes: readonly AnyRoute[];
  /** The most exact first: a path belongs to the first one that it matches. */
  readonly resources: readonly Resource[];
  find(path: string): Resource | undefined;
}

/** Whether a route is on a port. */
export function isOn(route: AnyRoute, role: PortRole): boolean {
  return role === 'both' || route.ports.includes(role);
}

/** Groups routes by their paths. Throws an Error when two of them have one name, or answer one method of a path. */
export function createTable(routes: readonly AnyRoute[]): RouteTable {
  for (const [id, { length }] of Map.groupBy(routes, (route) => route.id)) {
    if (length > 1) throw new Error(`${length} routes are called ${id}`);
  }
  const resources = [...Map.groupBy(routes, ({ path }) => path)].map(([path, rows]) => resourceOf(path, rows)).sort(byExactness);
  // Without parameters a template matches one path, and is before all others that match it as well.
  const fixed = new Map(
    resources.flatMap((resource) => (resource.template.parameters.length === 0 ? [[resource.template.text, resource]] : [])),
  );
  const others = resources.filter(({ template }) => template.parameters.length > 0);
  return {
    routes,
    resources,
    find: (path) => fixed.get(path) ?? others.find(({ template }) => template.match(path) !== undefined),
  };
}

function resourceOf(path: string, rows: readonly AnyRoute[]): Resource {
  const routes = new Map<Method, AnyRoute>();
  for (const row of rows) {
    for (const method of row.methods) {
      if (routes.has(method)) throw new Error(`two routes answer ${method} ${path}: ${routes.get(method)?.id ?? ''} and ${row.id}`);
      routes.set(method, row);
    }
  }
  const methods = rows.filter(isOffered).flatMap((row) => row.methods);
  const allow = [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].join(', ');
  return { template: parseTemplate(path, SPANNING), routes, allow };
}

/** Longer paths first: in /servers/x/versions/versions the last word is a version of x. Then those with fewer parameters. */
function byExactness({ template: a }: Resource, { template: b }: Resource): number {
  return b.depth - a.depth || a.parameters.length - b.parameters.length;
}
