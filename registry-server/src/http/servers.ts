import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeCursor, type ItemPage, type Snapshot } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';
import { readIncludeDeleted, readListQuery } from './list-query.ts';
import { CORS, matchesEtag, sendError } from './reply.ts';
import { readServersPath, type ServersPath } from './servers-path.ts';

/** Most answers that are kept ready for one snapshot, and the largest that is. */
const MAX_CACHED = 512;
const MAX_CACHED_BYTES = 64 * 1024;

/**
 * The official API. It stands before Express: every answer is bytes of the snapshot, and an answer given once is kept for as long as
 * the snapshot is served.
 */
export function createServersHandler(
  registry: string,
  current: () => Snapshot | undefined,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  let cached = new Map<string, Buffer>();
  let cachedFor: Snapshot | undefined;
  let etag = '';

  function answer(url: string, snapshot: Snapshot): Buffer | undefined {
    const mark = url.indexOf('?');
    const wanted = readServersPath(mark < 0 ? url : url.slice(0, mark), registry);
    if (wanted === undefined) return undefined;
    const body = bodyFor(snapshot, wanted, new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)));
    if (cached.size < MAX_CACHED && body.length <= MAX_CACHED_BYTES) cached.set(url, body);
    return body;
  }

  return (req, res) => {
    const url = req.url ?? '/';
    try {
      const snapshot = current();
      if (snapshot !== cachedFor) {
        cached = new Map();
        cachedFor = snapshot;
        etag = `"${snapshot?.header.hash.slice(0, 32) ?? ''}"`;
      }
      let body = cached.get(url);
      if (body === undefined) {
        if (!isServersPath(url, registry)) return false;
        checkMethod(req, res);
        if (res.writableEnded) return true;
        if (snapshot === undefined)
          throw new HttpError('notReady', 'the catalogue has not been loaded yet; GET /registry/status says why', { 'Retry-After': '1' });
        body = answer(url, snapshot);
        if (body === undefined) return false;
      } else {
        checkMethod(req, res);
        if (res.writableEnded) return true;
      }
      if (matchesEtag(req.headers['if-none-match'], etag)) {
        res.writeHead(304, { ETag: etag, 'Cache-Control': 'no-cache', ...CORS }).end();
        return true;
      }
      res.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        ETag: etag,
        'Cache-Control': 'no-cache',
        'Access-Control-Allow-Origin': '*',
      });
      res.end(req.method === 'HEAD' ? undefined : body);
    } catch (error) {
      sendError(req, res, error);
    }
    return true;
  };
}

function isServersPath(url: string, registry: string): boolean {
  if (!/^\/(v0|registry\/)/.test(url)) return false;
  return readServersPath(url.split('?', 1)[0] ?? url, registry) !== undefined;
}

const METHODS = 'GET, HEAD, OPTIONS';

/** Answers a preflight; throws for a method that changes something. */
function checkMethod(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'GET' || req.method === 'HEAD') return;
  if (req.method === 'OPTIONS') {
    preflight(res, METHODS);
    return;
  }
  throw new HttpError('methodNotAllowed', `${req.method ?? ''} is not supported: the catalogue is read-only here; change its source`, {
    Allow: METHODS,
  });
}

/** Answers a CORS preflight (headers as GitHub's documentation for Copilot registries lists them). */
export function preflight(res: ServerResponse, methods: string): void {
  res
    .writeHead(204, {
      ...CORS,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-None-Match',
      'Access-Control-Max-Age': '86400',
      Allow: methods,
    })
    .end();
}

function bodyFor(snapshot: Snapshot, wanted: ServersPath, params: URLSearchParams): Buffer {
  if (wanted.kind === 'list') return envelope(snapshot.list(readListQuery(params)));
  const includeDeleted = readIncludeDeleted(params);
  if (wanted.kind === 'versions') {
    const page = snapshot.versions(wanted.name, { includeDeleted });
    if (page.count === 0) throw new HttpError('notFound', 'Server not found');
    return envelope(page);
  }
  const item = snapshot.version(wanted.name, wanted.version, { includeDeleted });
  if (item === undefined) throw new HttpError('notFound', 'Server not found');
  return item;
}

function envelope({ items, count, next }: ItemPage): Buffer {
  const metadata = JSON.stringify({ ...(next === undefined ? {} : { nextCursor: encodeCursor(next) }), count });
  return Buffer.concat([Buffer.from('{"servers":['), ...items, Buffer.from(`],"metadata":${metadata}}`)]);
}
