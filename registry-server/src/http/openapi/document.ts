import { z } from 'zod';
import { HTTP_ERRORS, type HttpErrorCode } from '../../errors.ts';
import { JSON_TYPE } from '../chain/answer.ts';
import type { AnyRoute, Method } from '../routes/route.ts';
import { inputSchema, outputSchema, type JsonSchema } from './schema.ts';

/**
 * Version and link that ToolHive's registry server looks for before it takes a registry as a source
 * (toolhive-registry-server, internal/sources/api).
 */
const INFO_VERSION = '1.0.0';
const REGISTRY_URL = 'https://github.com/modelcontextprotocol/registry';

function errorSchema(): z.ZodType {
  return z.object({
    error: z.string().meta({ description: 'The same as detail, as the registry API shows it.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong, and what to do.' }),
  });
}

/** Errors that any request can meet. */
const ALWAYS: readonly HttpErrorCode[] = ['internal'];

/** The OpenAPI 3.1 document of the routes of a port. */
export function openApiDocument(routes: readonly AnyRoute[], registry: string): unknown {
  return {
    openapi: '3.1.1',
    info: {
      title: `MCP registry ${registry}`,
      version: INFO_VERSION,
      description:
        `A registry of MCP servers. It speaks the official registry API, version v0.1: ${REGISTRY_URL}. ` +
        `Every path below /v0.1 is also there below /v0, and below /registry/${registry}/v0.1. HEAD goes with every GET.`,
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: Object.fromEntries([...Map.groupBy(routes, ({ path }) => path)].map(([path, rows]) => [path, operations(rows)])),
    components: { schemas: { Error: outputSchema(errorSchema()) } },
  };
}

function operations(rows: readonly AnyRoute[]): Record<string, unknown> {
  return Object.fromEntries(rows.flatMap((row) => row.methods.map((method) => [method.toLowerCase(), operation(row, method)])));
}

function operation(route: AnyRoute, method: Method): unknown {
  const parameters = [...parametersIn('path', route.params), ...parametersIn('query', route.query)];
  return {
    // A name belongs to one operation only.
    operationId: method === route.methods[0] ? route.id : `${route.id}By${method}`,
    tags: [route.tag],
    summary: route.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: { [JSON_TYPE]: { schema: inputSchema(route.body) } } } }),
    responses: { [route.success.status]: success(route), ...Object.fromEntries(errorResponses(route)) },
  };
}

function success({ success: { description, contentType = JSON_TYPE, schema } }: AnyRoute): unknown {
  return { description, content: { [contentType]: schema === undefined ? {} : { schema: outputSchema(schema()) } } };
}

function errorResponses({ errors, hot, body, success: { tagged } }: AnyRoute): [string, unknown][] {
  const ofBody: readonly HttpErrorCode[] =
    body === undefined ? [] : ['badRequest', 'bodyTooLarge', 'unsupportedMediaType', 'unprocessable'];
  const answered = [...new Set([...errors, ...ofBody, ...ALWAYS])].map((code): [string, unknown] => [
    String(HTTP_ERRORS[code].status),
    { description: HTTP_ERRORS[code].title, content: { [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Error' } } } },
  ]);
  return hot || tagged === true ? [['304', { description: 'Nothing has changed since the tag of If-None-Match.' }], ...answered] : answered;
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType | undefined): unknown[] {
  if (schema === undefined) return [];
  const { properties = {} } = inputSchema(schema) as { readonly properties?: Readonly<Record<string, JsonSchema>> };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path',
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}
