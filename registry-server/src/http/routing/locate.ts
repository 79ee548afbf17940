import { originForm, readTarget, type Target } from './aliases.ts';
import { withoutBase } from './prefix.ts';
import type { Resource, RouteTable } from './table.ts';

/** What a URL asks for; without a resource when there is none. */
export interface Located {
  readonly target: Target;
  readonly resource: Resource | undefined;
}

/** What is left of the base path itself. */
const BASE_ITSELF = /^\/(?:\?|$)/;

/**
 * Finds the resource of a URL: below the base path, and without it, since an ingress may have taken it away. The first one wins, so that a base
 * path may begin as a path of the table does (`/registry`); but a base path that is one itself (`/readiness`) does not hide it. Throws HttpError for a registry that is not served here.
 */
export function locate(
  url: string,
  table: RouteTable,
  { registry, basePath }: { readonly registry: string; readonly basePath: string },
): Located {
  const find = (text: string): Located => {
    const target = readTarget(text, registry);
    return { target, resource: table.find(target.path) };
  };
  const written = originForm(url);
  const below = withoutBase(written, basePath);
  if (below === undefined) return find(written);
  const [first, second] = BASE_ITSELF.test(below) ? [written, below] : [below, written];
  const found = find(first);
  if (found.resource !== undefined) return found;
  const other = find(second);
  return other.resource === undefined ? found : other;
}
