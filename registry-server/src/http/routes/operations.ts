import {
  annotations,
  registryHistorySchema,
  registryReportSchema,
  registryStatusSchema,
  type RegistryHistory,
} from '@toolhive-registry/api';
import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { jsonAnswer, NO_STORE, type Answer } from '../chain/answer.ts';
import { booleanParameter, integerParameter, parameter, required, textParameter } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import { SEED_TYPE, seedStream } from '../../seed/frames.ts';
import { publicText } from '../../status/document.ts';
import { reportDocument } from '../../status/report.ts';
import type { RegistryDeps } from './deps.ts';
import { exampleHistory, exampleReport, exampleStatus } from './operation-examples.ts';
import { route, type RequestContext, type Route } from './route.ts';
import { pollStatus } from './status-poll.ts';

/** Longest wait of a long poll, in seconds. */
const MAX_WAIT_SECONDS = 60;

/** In milliseconds. */
const wait = parameter(
  {
    type: 'string',
    pattern: String.raw`^\d{1,20}(\.\d{1,3})?s?$`,
    description: `Seconds to wait for news, with If-None-Match; at most ${MAX_WAIT_SECONDS}.`,
    examples: ['30s'],
  },
  (text) => {
    const seconds = Number(/^(\d{1,20}(?:\.\d{1,3})?)s?$/.exec(text)?.[1]);
    if (Number.isNaN(seconds)) throw new HttpError('unprocessable', `wait is "${shorten(text)}"; use seconds, for example wait=30s`);
    return Math.min(seconds, MAX_WAIT_SECONDS) * 1000;
  },
);

const counters = booleanParameter(
  'counters',
  'Whether a client whose tag is current gets the document with its counters, without a tag, instead of 304; false if absent. For operators.',
);

/** Longest name of a source: a DNS label. */
const MAX_SOURCE_NAME = 63;

/** Longest name of an entry in the report, in characters. */
const MAX_ENTRY_NAME = 200;

const STATUS_PATH = '/registry/status';

/** Bounds of `limit` of the report. */
const REPORT_LIMIT = { min: 1, max: 1000, fallback: 100, description: 'Maximum number of findings on a page.' };
const HISTORY_LIMIT = { min: 1, max: 100, fallback: 100, description: 'Most syncs.' };

const reportCursor = parameter(
  {
    type: 'string',
    pattern: String.raw`^\d{1,9}$`,
    description: 'metadata.nextCursor of the previous page; the first page if absent.',
    examples: ['100'],
  },
  (text) => {
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw new HttpError('badRequest', `cursor "${shorten(text)}" is not one of the report; take it from metadata.nextCursor`);
  },
);

function unknownSource(source: string | undefined, engine: RegistryDeps['engine']): HttpError {
  const names = engine.status().sources.map(({ name }) => name);
  return new HttpError('notFound', `there is no source "${shorten(source ?? '')}"; this registry has ${names.join(', ')}`);
}

/** Documentation of an answer that work has started. */
const ACCEPTED = {
  status: 202,
  schema: () => z.object({ status: z.literal('accepted'), statusUrl: z.string() }).meta({ title: 'Accepted' }),
  example: () => ({ status: 'accepted', statusUrl: STATUS_PATH }),
} as const;

const ROLLBACK_SUCCESS = { ...ACCEPTED, description: 'It will be served next; Location says where to follow this.' } as const;

function accepted({ prefix }: Pick<RequestContext, 'prefix'>): Answer {
  const statusUrl = `${prefix}${STATUS_PATH}`;
  return jsonAnswer(202, { status: 'accepted', statusUrl }, { Location: statusUrl });
}

function rolledBack(engine: RegistryDeps['engine'], to: string | undefined, context: RequestContext): Answer {
  const answer = engine.rollback(to);
  if (answer.kind === 'accepted') return accepted(context);
  if (answer.kind === 'annotated') {
    throw new HttpError(
      'conflict',
      `the manifest's annotation ${annotations.rollbackTo} is "${shorten(answer.to)}"; change or remove that`,
    );
  }
  const kept = answer.kept.length === 0 ? 'none is kept yet' : `those kept are ${answer.kept.join(', ')}`;
  throw new HttpError('notFound', `there is no snapshot "${shorten(to ?? '')}"; ${kept}`);
}

/** Endpoints for operators and the controller. */
export function operationRoutes({ engine, metrics, draining }: Omit<RegistryDeps, 'build'>): Route[] {
  return [
    route(
      {
        id: 'getStatus',
        methods: ['GET'],
        path: STATUS_PATH,
        ports: ['public', 'internal'],
        tag: 'operations',
        summary: 'Status of the server; with wait and If-None-Match a long poll',
        description:
          'The counters are included on the internal port of a cluster, and on a laptop. They neither change the tag nor end a wait.',
        query: { wait, counters },
        success: {
          status: 200,
          description: 'The status document.',
          tagged: true,
          schema: () => registryStatusSchema.meta({ title: 'RegistryStatus' }),
          example: exampleStatus,
        },
        errors: ['unprocessable'],
      },
      ({ query }, context) =>
        pollStatus({ engine, metrics, draining }, { waitMs: query.wait ?? 0, counters: query.counters ?? false }, context),
    ),
    route(
      {
        id: 'getReport',
        methods: ['GET'],
        path: '/registry/report',
        ports: ['public', 'internal'],
        tag: 'operations',
        summary: 'Every entry that is not served as its source has it, and notes about the others',
        query: {
          source: textParameter('source', MAX_SOURCE_NAME, 'Name of the only source to report on.', 'community'),
          entry: textParameter('entry', MAX_ENTRY_NAME, 'Only findings about the entry with this name.', 'io.github.example/weather'),
          cursor: reportCursor,
          limit: integerParameter('limit', REPORT_LIMIT),
        },
        success: {
          status: 200,
          description: 'A page of the report.',
          schema: () => registryReportSchema.meta({ title: 'RegistryReport' }),
          example: exampleReport,
        },
        errors: ['badRequest', 'notFound', 'unprocessable'],
      },
      ({ query: { source, entry, cursor = 0, limit } }, { audience }) => {
        const status = engine.status();
        if (source !== undefined && !status.sources.some(({ name }) => name === source)) throw unknownSource(source, engine);
        return jsonAnswer(200, reportDocument(status, { source, entry, offset: cursor, limit }, audience));
      },
    ),
    route(
      {
        id: 'getHistory',
        methods: ['GET'],
        path: '/registry/history',
        ports: ['public', 'internal'],
        tag: 'operations',
        summary: 'The last syncs and the snapshots that are kept, newest first',
        query: { limit: integerParameter('limit', HISTORY_LIMIT) },
        success: {
          status: 200,
          description: 'The last syncs.',
          schema: () => registryHistorySchema.meta({ title: 'RegistryHistory' }),
          example: exampleHistory,
        },
        errors: ['unprocessable'],
      },
      ({ query: { limit } }, { audience }) => {
        const { history } = engine.status();
        const { name, namespace } = engine.registry().metadata;
        return jsonAnswer(200, {
          registry: { name, namespace },
          syncs: history
            .slice(-limit)
            .reverse()
            .map((sync) => ({ ...sync, errorMessage: publicText(sync.errorMessage, audience) })),
          snapshots: engine.kept().map(({ hash, createdAt, serverCount }) => ({ hash, createdAt, serverCount })),
        } satisfies RegistryHistory);
      },
    ),
    route(
      {
        id: 'requestSync',
        methods: ['POST', 'PUT'],
        path: '/registry/sync',
        ports: ['internal'],
        tag: 'operations',
        summary: 'Ask for a sync of all sources, or of one; the answer does not wait for it',
        query: { source: textParameter('source', MAX_SOURCE_NAME, 'Name of the only source to read.', 'community') },
        description: '409 only when all of these sources are being read already. GET /registry/status with wait tells when it is done.',
        success: { ...ACCEPTED, description: 'A sync has begun; Location says where to follow it.' },
        errors: ['notFound', 'syncRunning', 'unprocessable'],
      },
      ({ query: { source } }, context) => {
        const answer = engine.request(source);
        if (answer.kind === 'started') return accepted(context);
        if (answer.kind === 'unknown') throw unknownSource(source, engine);
        const what = answer.sources.length === 1 ? `source ${answer.sources[0] ?? ''} is` : `sources ${answer.sources.join(', ')} are`;
        throw new HttpError('syncRunning', `${what} being read already; GET ${STATUS_PATH} says when that is done`, {
          Location: `${context.prefix}${STATUS_PATH}`,
        });
      },
    ),
    route(
      {
        id: 'rollBack',
        methods: ['POST'],
        path: '/registry/rollback',
        ports: ['laptop'],
        instead: `in a cluster the annotation ${annotations.rollbackTo} of the MCPRegistry rolls back`,
        tag: 'operations',
        summary: 'Serve an earlier snapshot until the next such request',
        query: {
          to: required(
            textParameter('to', 64, 'Hash of a snapshot that /registry/history lists, or its first eight digits or more.', '9d2f6c1a'),
            'to is missing; name the hash of a snapshot, as in ?to=0123abcd',
          ),
        },
        success: ROLLBACK_SUCCESS,
        errors: ['notFound', 'conflict', 'unprocessable'],
      },
      ({ query: { to } }, context) => {
        return rolledBack(engine, to, context);
      },
    ),
    route(
      {
        id: 'endRollback',
        methods: ['DELETE'],
        path: '/registry/rollback',
        ports: ['laptop'],
        instead: `in a cluster the annotation ${annotations.rollbackTo} of the MCPRegistry rolls back`,
        tag: 'operations',
        summary: 'Serve the sources again',
        success: ROLLBACK_SUCCESS,
        errors: ['conflict'],
      },
      (_, context) => rolledBack(engine, undefined, context),
    ),
    route(
      {
        id: 'getSeed',
        methods: ['GET'],
        path: '/registry/snapshot',
        ports: ['internal'],
        tag: 'operations',
        summary: 'Everything that another replica needs to start from the state of this one, for --seed-from',
        description: 'A stream in a format that only a server of the same version is sure to read.',
        success: { status: 200, description: 'Files of the storage, one after the other.', contentType: SEED_TYPE },
        errors: ['notReady'],
      },
      async () => {
        if (engine.snapshot() === undefined) throw new HttpError('notReady', 'there is no catalog yet; GET /registry/status says why');
        return {
          status: 200,
          contentType: SEED_TYPE,
          headers: NO_STORE,
          body: seedStream(engine.registry().metadata, await engine.seed()),
        };
      },
    ),
    route(
      {
        id: 'getMetrics',
        methods: ['GET'],
        path: '/metrics',
        ports: ['internal'],
        tag: 'operations',
        summary: 'Metrics for Prometheus',
        success: {
          status: 200,
          description: 'Metrics in the text format.',
          contentType: 'text/plain',
          example: () => 'mcpregistry_servers_total{registry="example"} 2\n',
        },
        errors: [],
      },
      async () => {
        const { body, contentType } = await metrics.text();
        return { status: 200, contentType, headers: NO_STORE, body };
      },
    ),
  ];
}
