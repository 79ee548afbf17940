import type { RequestListener } from 'node:http';
import { reply, type Host } from '../../outbound/testing.ts';

/** For tests: an item of the official API's list. */
export interface Item {
  readonly server: { readonly name: string; readonly description: string; readonly version: string };
  readonly _meta: Record<string, unknown>;
}

const OFFICIAL_META = 'io.modelcontextprotocol.registry/official';

/** For tests: one version of a server, changed at a second of one minute. */
export function item(name: string, second = 0, { version = '1.0.0', status = 'active' } = {}): Item {
  const at = `2026-01-01T00:00:${String(second).padStart(2, '0')}.123456Z`;
  return {
    server: { name: `io.test/${name}`, description: `Does ${name}`, version },
    _meta: { [OFFICIAL_META]: { status, publishedAt: at, updatedAt: at, isLatest: true } },
  };
}

/** For tests: how a registry answers. */
export interface RegistryTraits {
  /** Where the API is. Default: `/v0.1`. */
  readonly base?: string;
  readonly pageSize?: number;
  /** Whether it knows `updated_since`. Default: yes. */
  readonly incremental?: boolean;
  /** A tag for each answer. */
  readonly etag?: (cursor: number) => string;
}

/** For tests: a registry that lists what `items` gives at the time, as the official one does. */
export function officialApi(
  items: () => readonly Item[],
  { base = '/v0.1', pageSize = 100, incremental = true, etag }: RegistryTraits = {},
): RequestListener {
  return (req, res) => {
    const url = new URL(req.url ?? '', 'http://host');
    if (url.pathname !== `${base}/servers`) return reply(res, 404, '{"error":"Not Found"}', { 'content-type': 'application/json' });
    const since = incremental ? Date.parse(url.searchParams.get('updated_since') ?? '1970-01-01T00:00:00Z') : 0;
    const wantsDeleted = url.searchParams.get('include_deleted') === 'true';
    const listed = items().filter((one) => {
      const { status, updatedAt } = officialOf(one);
      return Date.parse(updatedAt) > since && (wantsDeleted || status !== 'deleted');
    });
    const start = Number(url.searchParams.get('cursor')?.replace('after +', '') ?? 0);
    const end = start + Math.min(pageSize, Number(url.searchParams.get('limit') ?? 30));
    const tag = etag?.(start);
    if (tag !== undefined && req.headers['if-none-match'] === tag) return reply(res, 304);
    const metadata = { count: Math.min(end, listed.length) - start, ...(end < listed.length ? { nextCursor: `after +${end}` } : {}) };
    return reply(res, 200, JSON.stringify({ servers: listed.slice(start, end), metadata }), {
      'content-type': 'application/json',
      ...(tag === undefined ? {} : { etag: tag }),
    });
  };
}

/** For tests: the requests for servers, without those for skills and plugins. */
export function askedForServers({ requests }: Pick<Host, 'requests'>): string[] {
  return requests.map(({ url }) => url).filter((url) => !url.includes('/x/dev.toolhive/'));
}

/** For tests: names in a saved list, with status where it is not active. */
export function namesIn(saved: string | undefined): string[] {
  const { servers } = JSON.parse(saved ?? '') as { servers: Item[] };
  return servers.map((one) => {
    const { status } = officialOf(one);
    return one.server.name.replace('io.test/', '') + (status === 'active' ? '' : ` ${status}`);
  });
}

/** What the registry says of an item; of one of which it says nothing, that it has just come. */
function officialOf({ _meta }: Item): { readonly status: string; readonly updatedAt: string } {
  return { status: 'active', updatedAt: '2100-01-01T00:00:00Z', ...(_meta[OFFICIAL_META] as object | undefined) };
}
