import { z } from 'zod';
import { checkServerJson, MAX_ISSUES } from '../catalog.ts';
import { jsonAnswer } from '../chain/answer.ts';
import type { RegistryDeps } from './deps.ts';
import { exampleServerJson } from './official-examples.ts';
import { route, type Route } from './route.ts';

/** Maximum size in bytes of a server.json that is validated: as large as any that a list of the official API can have, with room. */
const MAX_SERVER_JSON_BYTES = 1024 * 1024;

const ISSUE_DESCRIPTIONS = {
  type: 'schema: a rule of the JSON schema; semantic: a rule of this registry.',
  path: 'Where, as in packages[0].transport.url; empty for the whole document.',
  reference: 'The rule: a path in the schema, or a name.',
} as const;

/** Endpoints of the official registry beyond the generic API: its probes, its version, and validation (docs/reference/api/official-registry-api.md). */
export function officialExtraRoutes({ build }: Pick<RegistryDeps, 'build'>): Route[] {
  const probe = { methods: ['GET'], ports: ['public'], tag: 'health', errors: [] } as const;
  return [
    route(
      {
        id: 'validateServer',
        methods: ['POST'],
        path: '/v0.1/validate',
        ports: ['public'],
        tag: 'validation',
        summary: 'Check a server.json',
        description:
          'Checks a document against the JSON schema that "$schema" names, of any generation, and against the rules of this registry. Nothing is stored. ' +
          `The answer is 200 whether the document is valid or not; it has at most ${MAX_ISSUES} issues. An issue of severity "warning" leaves it valid.`,
        body: z
          .unknown()
          .meta({ type: 'object', description: 'A server.json, as POST /v0.1/publish takes it.', examples: [exampleServerJson()] }),
        maxBodyBytes: MAX_SERVER_JSON_BYTES,
        success: { status: 200, description: 'What was found.', schema: validation, example: () => EXAMPLE_VALIDATION },
        errors: ['badRequest', 'bodyTooLarge', 'unsupportedMediaType'],
      },
      async ({ body }) => jsonAnswer(200, await checkServerJson(body)),
    ),
    route(
      {
        ...probe,
        id: 'getApiHealth',
        path: '/v0.1/health',
        summary: 'Whether the process is alive, in the form of the official registry',
        success: {
          status: 200,
          description: 'It is alive.',
          schema: () => z.object({ status: z.literal('ok') }).meta({ title: 'ApiHealth' }),
          example: () => ({ status: 'ok' }),
        },
      },
      () => jsonAnswer(200, { status: 'ok' }),
    ),
    route(
      {
        ...probe,
        id: 'ping',
        path: '/v0.1/ping',
        summary: 'Whether the server answers',
        success: {
          status: 200,
          description: 'It is alive.',
          schema: () => z.object({ pong: z.literal(true) }).meta({ title: 'Pong' }),
          example: () => ({ pong: true }),
        },
      },
      () => jsonAnswer(200, { pong: true }),
    ),
    route(
      {
        ...probe,
        id: 'getApiVersion',
        path: '/v0.1/version',
        summary: 'Version of the program, in the form of the official registry',
        success: { status: 200, description: 'The version.', schema: apiVersion, example: () => EXAMPLE_VERSION },
      },
      () => jsonAnswer(200, { version: build.version, git_commit: build.commit, build_time: build.buildTime }),
    ),
  ];
}

function apiVersion(): z.ZodType {
  return z
    .object({
      version: z.string(),
      git_commit: z.string().meta({ description: '"unknown" when it runs from source.' }),
      build_time: z.string().meta({
        description: 'Time of the commit in UTC, so that a build can be repeated byte by byte; "unknown" when it runs from source.',
      }),
    })
    .meta({ title: 'ApiVersion' });
}

const EXAMPLE_VERSION = { version: '0.1.0', git_commit: '7e8b2a6c0f', build_time: '2026-11-21T12:35:46Z' } as const;

function validation(): z.ZodType {
  return z
    .object({
      valid: z.boolean(),
      issues: z
        .array(
          z.object({
            type: z.enum(['schema', 'semantic']).meta({ description: ISSUE_DESCRIPTIONS.type }),
            path: z.string().meta({ description: ISSUE_DESCRIPTIONS.path }),
            message: z.string(),
            severity: z.enum(['error', 'warning']),
            reference: z.string().meta({ description: ISSUE_DESCRIPTIONS.reference }),
          }),
        )
        .max(MAX_ISSUES),
    })
    .meta({ title: 'Validation' });
}

const EXAMPLE_VALIDATION = {
  valid: false,
  issues: [
    {
      type: 'schema',
      path: 'repository.url',
      message: 'must be a URI',
      severity: 'error',
      reference: '#/definitions/Repository/properties/url/format',
    },
  ],
} as const;
