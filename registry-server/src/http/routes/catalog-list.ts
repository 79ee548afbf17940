import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { fileFacts, decodeRankCursor, encodeRankCursor, type RankPage, type RankPlace, type Snapshot, type Steps } from '../catalog.ts';
import { inSlices } from '../lane.ts';
import { booleanParameter, integerParameter, parameter, textParameter, type ValuesOf } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import { createPause } from '../views/derived.ts';
import type { NamesView } from '../views/names.ts';
import { viewOf } from '../views/servers.ts';
import { format, latestFilters, latestQuery, MAX_QUESTION } from './catalog-parameters.ts';
import { serverItem } from './official-schemas.ts';
import { route, type Route } from './route.ts';
import { framed, servedSnapshot, snapshotAnswer, summarySchema, type ServerRoutesDeps } from './servers.ts';
import { exampleSummary } from './toolhive-examples.ts';

/** Bounds of `limit`, and its default for questions. */
const LIMIT = { min: 1, max: 100, fallback: 20, description: '' } as const;
const SORTS = ['relevance', 'name', 'updated'] as const;

const limitText = integerParameter('limit', LIMIT);

const parameters = {
  q: textParameter(
    'q',
    MAX_QUESTION,
    'What to search for, in words: only servers with some of them in name, title, description, tags, tools or packages, best match first.',
    'send an email',
  ),
  sort: parameter(
    {
      type: 'string',
      enum: [...SORTS],
      description: 'Best match first (only with q, and the default there), by name, or last changed first.',
      examples: ['relevance'],
    },
    (text) => {
      const known = SORTS.find((one) => one === text);
      if (known !== undefined) return known;
      throw new HttpError('badRequest', `sort is "${shorten(text)}"; use relevance, name or updated`);
    },
  ),
  ...latestFilters,
  deployed: booleanParameter('deployed', 'Only servers that run in the cluster, in any version; with false, those that do not.'),
  format,
  cursor: parameter(
    {
      type: 'string',
      description: 'metadata.next_cursor of the previous page; the first page if absent.',
      examples: ['ZXhhbXBsZS93ZWF0aGVy'],
    },
    (text) => {
      const place = decodeRankCursor(text);
      if (place !== undefined) return place;
      throw new HttpError(
        'badRequest',
        `cursor "${shorten(text)}" is not one of this list; take it from metadata.next_cursor, or leave it out to start over`,
      );
    },
  ),
  limit: parameter(
    {
      type: 'integer',
      minimum: LIMIT.min,
      maximum: LIMIT.max,
      description: `Maximum number of servers on a page; if absent ${LIMIT.fallback} with q or sort=updated, and all without.`,
      examples: [LIMIT.fallback],
    },
    (text) => limitText.read(text),
  ),
};

type Query = ValuesOf<typeof parameters>;

/** The list of ToolHive's API for catalogs, and the search by relevance. */
export function catalogListRoute({ engine, lane, names, view, marks, deployed }: ServerRoutesDeps): Route {
  return route(
    {
      methods: ['GET'],
      ports: ['public'],
      tag: 'toolhive',
      id: 'listCatalogServers',
      path: '/api/v1/servers',
      summary: 'List the latest version of every server in brief, or search them, best match first',
      description:
        'With q the field matched of every server says why it was found. Words also match in their other forms, as prefixes of longer words, and, where a ' +
        'catalog does not contain a word, with one typo.',
      query: parameters,
      success: {
        status: 200,
        tagged: true,
        description: 'The servers that pass the filters.',
        example: () => ({
          servers: [{ ...exampleSummary(), matched: [{ field: 'description', words: ['forecasts'] }] }],
          metadata: { total: 1, registry_version: '1.0.0', last_updated: '2026-08-24T05:17:28Z' },
        }),
        schema: listSchema,
      },
      errors: ['badRequest', 'unprocessable', 'notReady'],
    },
    async ({ query }) => {
      checkSort(query);
      const snapshot = servedSnapshot(engine);
      const running = await (query.deployed === undefined ? marks(snapshot) : deployed(snapshot));
      const page = await inSlices(lane, () => pageOf(snapshot, query, running.rows));
      const isWhole = query.q === undefined && query.limit === undefined && query.sort !== 'updated';
      const { version, lastUpdated } = fileFacts(snapshot);
      const metadata = JSON.stringify({
        total: page.total,
        registry_version: version,
        last_updated: lastUpdated,
        ...(page.next === undefined ? {} : { next_cursor: encodeRankCursor(page.next) }),
      });
      const frame = (servers: readonly Buffer[]): readonly Buffer[] => framed('{"servers":[', servers, `],"metadata":${metadata}}`);
      if (query.format === 'upstream')
        return snapshotAnswer(snapshot, frame(itemsOf(snapshot, page)), query.deployed === undefined ? undefined : running);
      const servers = isWhole
        ? (await view(snapshot)).summaries(page.rows, running.rows)
        : await fewOf(snapshot, await names(snapshot), page, running.rows);
      return snapshotAnswer(snapshot, frame(servers), running);
    },
  );
}

/** Refuses parameters that contradict each other. */
function checkSort({ q, sort, cursor }: Query): void {
  if (sort === 'relevance' && q === undefined) {
    throw new HttpError(
      'badRequest',
      'sort=relevance needs the parameter q, the question that servers are ranked by; add it, or use sort=name',
    );
  }
  const isRanked = sort === 'updated' || (q !== undefined && sort !== 'name');
  if (cursor === undefined || isRanked === (cursor.score !== undefined)) return;
  throw new HttpError(
    'badRequest',
    'the cursor is of a list in another order; repeat q and sort of the previous page, or leave out the cursor',
  );
}

/** Rows of a page; with a question also the match of each. */
interface Page extends Pick<RankPage, 'total' | 'next'> {
  readonly rows: readonly number[];
  readonly matched?: readonly RankPage['hits'][number]['matched'][];
}

function* pageOf(snapshot: Snapshot, query: Query, running: ReadonlySet<number>): Steps<Page> {
  const { q, sort = 'relevance', cursor, limit, format: _format, deployed, ...filters } = query;
  const list = { ...latestQuery(filters), ...(deployed === undefined ? {} : { rows: { these: running, wanted: deployed } }) };
  if (q === undefined && sort === 'updated') {
    return yield* snapshot.newestInSteps({ ...list, after: cursor, limit: limit ?? LIMIT.fallback });
  }
  if (q === undefined) return partOf(snapshot, yield* snapshot.rowsInSteps(list), cursor, limit);
  const question = { ...list, question: q, order: sort, after: cursor, limit: limit ?? LIMIT.fallback };
  const { hits, ...page } = yield* snapshot.rankInSteps(question);
  return { ...page, rows: hits.map(({ row }) => row), matched: hits.map(({ matched }) => matched) };
}

/** The part of a list after a position. */
function partOf(snapshot: Snapshot, all: readonly number[], after: RankPlace | undefined, limit = all.length): Page {
  const total = all.length;
  const last = after === undefined ? -1 : snapshot.lastRowUpTo(after.name);
  const from = after === undefined ? 0 : all.filter((row) => row <= last).length;
  const rows = all.slice(from, from + limit);
  const end = rows.at(-1);
  return end === undefined || from + limit >= total ? { rows, total } : { rows, total, next: { name: snapshot.keyAt(end).name } };
}

/** The servers of a page as items of the official API, with the match of a question. */
function itemsOf(snapshot: Snapshot, { rows, matched }: Page): readonly Buffer[] {
  if (matched === undefined) return snapshot.itemsOf(rows);
  return rows.flatMap((row, place) => [
    ...(place === 0 ? [] : [COMMA]),
    // Without the brace at its end.
    snapshot.itemAt(row).subarray(0, -1),
    Buffer.from(`,"matched":${JSON.stringify(matched[place])}}`),
  ]);
}

const COMMA = Buffer.from(',');

/** Summaries of a few servers. They are built for these only: the view of all takes seconds in a large catalog. */
async function fewOf(
  snapshot: Snapshot,
  names: NamesView,
  { rows, matched }: Page,
  deployed: ReadonlySet<number>,
): Promise<readonly Buffer[]> {
  const pause = createPause();
  const found: string[] = [];
  for (const [place, row] of rows.entries()) {
    const { summary } = viewOf(snapshot, row, names.shown(row));
    const mark = deployed.has(row) ? { deployed: true } : {};
    const why = matched === undefined ? {} : { matched: matched[place] };
    found.push(JSON.stringify({ ...summary, ...mark, ...why }));
    await pause();
  }
  return [Buffer.from(found.join(','))];
}

function listSchema(): z.ZodType {
  const matched = z
    .array(
      z.object({
        field: z.enum(['name', 'title', 'tag', 'tool', 'description', 'package', 'tool_description']),
        words: z.array(z.string()),
      }),
    )
    .optional()
    .meta({ description: 'With q: the fields in which words of the question were found, and these words.' });
  return z.object({
    servers: z.array(z.intersection(z.union([summarySchema(), serverItem()]), z.looseObject({ matched }))),
    metadata: z.object({
      total: z.int().min(0).meta({ description: 'Servers on all pages.' }),
      registry_version: z.string(),
      last_updated: z.string(),
      next_cursor: z.string().optional(),
    }),
  });
}
