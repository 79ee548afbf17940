import { HttpError } from '../../errors.ts';
import { decodeCursor, parseTime } from '../catalog.ts';
import {
  booleanParameter,
  integerParameter,
  parameter,
  pathParameter,
  textParameter,
  type Parameters,
  type ValuesOf,
} from '../input/parameters.ts';
import { facetParameters } from '../input/facet-parameters.ts';
import { shorten } from '../input/shorten.ts';
import { EXAMPLE_CURSOR } from './official-examples.ts';

/** Default and bounds of `limit` (OpenAPI of the official registry). */
export const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 100;
/** Longest search text; names and titles are shorter. */
export const MAX_SEARCH = 500;

const includeDeleted = booleanParameter('include_deleted', 'Whether versions with status "deleted" are shown; false if absent.');

const updatedSince = parameter(
  {
    type: 'string',
    format: 'date-time',
    description: 'Only what changed after this time, including deleted versions.',
    examples: ['2025-08-07T13:15:04.280Z'],
  },
  (text) => {
    // In a URL an unencoded "+" of a time zone arrives as a space.
    const time = parseTime(text.replace(/ (\d\d:\d\d)$/, '+$1'));
    if (time !== undefined) return time;
    throw new HttpError(
      'badRequest',
      `Invalid updated_since format: "${shorten(text)}"; expected RFC3339 timestamp (e.g., 2025-08-07T13:15:04.280Z)`,
    );
  },
);

export const cursor = parameter(
  {
    type: 'string',
    description: 'metadata.nextCursor of the previous page; the first page if absent.',
    examples: [EXAMPLE_CURSOR],
  },
  (text) => {
    const place = decodeCursor(text);
    if (place !== undefined) return place;
    throw new HttpError(
      'badRequest',
      `cursor "${shorten(text)}" is not one of this API; take it from metadata.nextCursor, or leave it out to start over`,
    );
  },
);

/** The parameters of the list. They are checked in this order. */
export const listParameters = {
  updated_since: updatedSince,
  include_deleted: includeDeleted,
  search: textParameter('search', MAX_SEARCH, 'Part of name, title or description; case is ignored.', 'weather'),
  ...facetParameters,
  version: parameter({ type: 'string', description: '"latest", or exactly this version.', examples: ['latest'] }, (text) => text),
  cursor,
  limit: integerParameter('limit', {
    min: 1,
    max: MAX_LIMIT,
    fallback: DEFAULT_LIMIT,
    description: 'Maximum number of servers on a page.',
  }),
} as const satisfies Parameters;

/** Refuses parameters of the list that contradict each other. */
export function checkList({ updated_since: since, include_deleted: deleted }: ValuesOf<typeof listParameters>): void {
  if (since === undefined || deleted !== false) return;
  throw new HttpError(
    'badRequest',
    'Cannot set include_deleted=false when using updated_since: an incremental sync needs the deleted servers',
  );
}

/** The parameters of the requests for a single server. */
export const detailParameters = { include_deleted: includeDeleted };

const serverName = pathParameter(
  { description: 'Name of the server; its slash is written %2F.', examples: ['io.github.example/weather'] },
  refuseEmptyName,
);

const version = pathParameter({ description: '"latest", or exactly this version.', examples: ['latest'] });

/** Refuses the empty name of a server. */
export function refuseEmptyName(name: string): void {
  if (name.trim() === '') throw new HttpError('badRequest', 'the server name is empty');
}

/** Parameters of paths. */
export const serverPath = { serverName };
export const versionPath = { serverName, version };
