import { decodeCursor, parseTime, type ListQuery } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';

/** Default and bounds of `limit` (OpenAPI of the official registry). */
const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 100;
/** Longest search text; names and titles are shorter. */
const MAX_SEARCH = 500;

/** Reads the parameters of the list. Throws HttpError that names parameter, value and remedy; unknown parameters are ignored. */
export function readListQuery(params: URLSearchParams): ListQuery {
  for (const [name, value] of params) {
    if (value.includes('\0')) throw new HttpError('badRequest', `${shorten(name)} holds a NUL character, which cannot be part of a URL`);
  }
  const updatedSince = timeParam(params);
  const includeDeleted = booleanParam(params, 'include_deleted');
  if (updatedSince !== undefined && includeDeleted === false) {
    throw new HttpError(
      'badRequest',
      'Cannot set include_deleted=false when using updated_since: an incremental sync needs the deleted servers',
    );
  }
  const search = params.get('search') ?? '';
  if (search.length > MAX_SEARCH)
    throw new HttpError('unprocessable', `search has ${search.length} characters; at most ${MAX_SEARCH} are allowed`);
  const version = params.get('version') ?? '';
  const cursor = params.get('cursor') ?? '';
  const after = cursor === '' ? undefined : decodeCursor(cursor);
  if (cursor !== '' && after === undefined) {
    throw new HttpError(
      'badRequest',
      `cursor "${shorten(cursor)}" is not one of this API; take it from metadata.nextCursor, or leave it out to start anew`,
    );
  }
  return {
    limit: limitParam(params),
    includeDeleted: includeDeleted ?? updatedSince !== undefined,
    ...(after === undefined ? {} : { after }),
    ...(search === '' ? {} : { search }),
    ...(version === '' ? {} : { version }),
    ...(updatedSince === undefined ? {} : { updatedSince }),
  };
}

/** Reads `include_deleted`, the one parameter of the requests for a single server. */
export function readIncludeDeleted(params: URLSearchParams): boolean {
  return booleanParam(params, 'include_deleted') ?? false;
}

function limitParam(params: URLSearchParams): number {
  const text = params.get('limit');
  if (text === null || text === '') return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!/^[+-]?\d+$/.test(text) || limit < 1 || limit > MAX_LIMIT) {
    throw new HttpError('unprocessable', `limit is "${shorten(text)}"; use a whole number from 1 to ${MAX_LIMIT}`);
  }
  return limit;
}

function booleanParam(params: URLSearchParams, name: string): boolean | undefined {
  const text = params.get(name);
  if (text === null || text === '') return undefined;
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new HttpError('unprocessable', `${name} is "${shorten(text)}"; use true or false`);
}

function timeParam(params: URLSearchParams): number | undefined {
  // In a URL an unencoded "+" of a time zone arrives as a space.
  const text = params.get('updated_since')?.replace(/ (\d\d:\d\d)$/, '+$1');
  if (text === undefined || text === '') return undefined;
  const time = parseTime(text);
  if (time === undefined) {
    throw new HttpError(
      'badRequest',
      `Invalid updated_since format: "${shorten(text)}"; expected RFC3339 timestamp (e.g., 2025-08-07T13:15:04.280Z)`,
    );
  }
  return time;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
