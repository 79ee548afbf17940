import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { statusDocument } from '../../status/document.ts';
import { jsonAnswer } from '../chain/answer.ts';
import type { RegistryDeps } from './deps.ts';
import { route, type Route } from './route.ts';

/** Probes, and which program this is. */
export function healthRoutes({ engine, build, draining }: Pick<RegistryDeps, 'engine' | 'build' | 'draining'>): Route[] {
  return [
    route(
      {
        id: 'getHealth',
        methods: ['GET'],
        path: '/health',
        ports: ['public', 'internal'],
        tag: 'health',
        summary: 'Whether the process is alive',
        success: {
          status: 200,
          description: 'It is alive.',
          schema: () => z.object({ status: z.literal('healthy') }),
          example: () => ({ status: 'healthy' }),
        },
        errors: [],
      },
      () => jsonAnswer(200, { status: 'healthy' }),
    ),
    route(
      {
        id: 'getReadiness',
        methods: ['GET'],
        path: '/readiness',
        ports: ['public', 'internal'],
        tag: 'health',
        summary: 'Whether there is a catalog to serve',
        success: {
          status: 200,
          description: 'There is.',
          schema: () => z.object({ status: z.literal('ready') }),
          example: () => ({ status: 'ready' }),
        },
        errors: ['notReady'],
      },
      (_, { audience }) => {
        if (draining.aborted) throw new HttpError('notReady', 'the server is shutting down', { Connection: 'close' });
        if (engine.snapshot() !== undefined) return jsonAnswer(200, { status: 'ready' });
        const { sources } = statusDocument(engine.status(), audience);
        const reasons = sources.map((source) => `${source.name}: ${source.message ?? source.state}`);
        throw new HttpError('notReady', `no data yet: ${reasons.join('; ')}`);
      },
    ),
    route(
      {
        id: 'getVersion',
        methods: ['GET'],
        path: '/version',
        ports: ['public', 'internal'],
        tag: 'health',
        summary: 'Version of the program',
        success: {
          status: 200,
          description: 'Version, commit, its time, and platform.',
          schema: () =>
            z.object({ version: z.string(), commit: z.string(), buildTime: z.string(), node: z.string(), platform: z.string() }),
          example: () => ({
            version: '0.1.0',
            commit: '7e8b2a6c0f',
            buildTime: '2026-11-21T12:35:46Z',
            node: 'v24.21.0',
            platform: 'linux/x64',
          }),
        },
        errors: [],
      },
      () => jsonAnswer(200, build),
    ),
  ];
}
