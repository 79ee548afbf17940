import { z } from 'zod';
import { HTTP_ERRORS, type HttpErrorCode } from '../../errors.ts';
import { JSON_TYPE } from '../chain/answer.ts';
import { errorBody } from '../chain/errors.ts';
import { isListed, type AnyRoute, type Method, type Success, type Tag } from '../routes/route.ts';
import { MEANINGS } from './meanings.ts';
import type { Parameters } from '../input/parameters.ts';
import { changesState } from '../routing/method.ts';
import { inputSchema, outputSchema, type JsonSchema } from './schema.ts';

/**
 * Version and link that ToolHive's registry server looks for before it takes a registry as a source
 * (toolhive-registry-server, internal/sources/api).
 */
const INFO_VERSION = '1.0.0';
const REGISTRY_URL = 'https://github.com/modelcontextprotocol/registry';

/** An OpenAPI document, as far as it is read here. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** A method of a path. */
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

/** A parameter of a path or a query. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** Bodies by their media types. */
export type Content = Readonly<Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>>;

const TAGS: Readonly<Record<Tag, string>> = {
  catalog: 'The servers of this registry.',
  toolhive: "The catalog through ToolHive's own endpoints of autumn 2025.",
  publishing: 'Optional operations of the API that this server does not offer.',
  validation: 'Checking a server.json before it is published.',
  operations: 'For operators and the controller.',
  health: 'Probes and versions.',
  documentation: 'What this server has.',
};

function errorSchema(): z.ZodType {
  return z
    .object({
      error: z.string().meta({ description: 'The same as detail, as the registry API shows it.' }),
      title: z.string().meta({ description: 'The reason phrase of the status.' }),
      status: z.int().meta({ description: 'The status of the answer.' }),
      detail: z.string().meta({ description: 'What is wrong, and what to do.' }),
    })
    .meta({ title: 'Error' });
}

/** Errors that any request can meet. */
const ALWAYS: readonly HttpErrorCode[] = ['badRequest', 'uriTooLong', 'headersTooLarge', 'internal'];

/** The OpenAPI 3.1 document of those routes of a port that are part of the API. The prefix precedes its paths in the URLs of clients. */
export function openApiDocument(all: readonly AnyRoute[], registry: string, prefix: string): OpenApiDocument {
  const routes = all.filter(isListed);
  return {
    openapi: '3.1.1',
    info: {
      title: `MCP registry ${registry}`,
      version: INFO_VERSION,
      description:
        `A registry of MCP servers. It speaks the official registry API, version v0.1: ${REGISTRY_URL}. ` +
        `Every path below /v0.1 is also there below /v0, and below /registry/${registry}/v0.1. HEAD goes with every GET.`,
    },
    servers: [{ url: prefix === '' ? '/' : prefix, description: 'Where this document was asked for.' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name, description: TAGS[name] })),
    paths: Object.fromEntries([...Map.groupBy(routes, ({ path }) => path)].map(([path, rows]) => [path, operations(rows)])),
    components: { schemas: { Error: outputSchema(errorSchema()) } },
  };
}

function operations(rows: readonly AnyRoute[]): Record<string, Operation> {
  return Object.fromEntries(rows.flatMap((row) => row.methods.map((method) => [method.toLowerCase(), operation(row, method)])));
}

function operation(route: AnyRoute, method: Method): Operation {
  const parameters = [...parametersIn('path', route.params), ...parametersIn('query', route.query)];
  const { success } = route;
  return {
    // A name belongs to one operation only.
    operationId: method === route.methods[0] ? route.id : `${route.id}By${method}`,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { [JSON_TYPE]: exemplified(inputSchema(route.body)) } } }),
    responses: {
      ...(success === undefined ? {} : { [success.status]: succeeded(success) }),
      ...Object.fromEntries(errorResponses(route)),
    },
  };
}

function succeeded({ description, contentType = JSON_TYPE, alternatives = [], schema, example }: Success): Operation['responses'][string] {
  const shown = example === undefined ? {} : { example: example() };
  return {
    description,
    content: {
      [contentType]: { ...(schema === undefined ? {} : { schema: outputSchema(schema()) }), ...shown },
      ...Object.fromEntries(alternatives.map((type) => [type, {}])),
    },
  };
}

function errorResponses(route: AnyRoute): [string, Operation['responses'][string]][] {
  const { errors, hot, body, success } = route;
  const ofPages: readonly HttpErrorCode[] = changesState(route) ? ['forbidden'] : [];
  const ofBody: readonly HttpErrorCode[] =
    body === undefined ? [] : ['badRequest', 'bodyTooLarge', 'unsupportedMediaType', 'unprocessable'];
  const answered = [...new Set([...errors, ...ofPages, ...ofBody, ...ALWAYS])].map((code): [string, Operation['responses'][string]] => {
    const { status, title } = HTTP_ERRORS[code];
    const { meaning, detail } = MEANINGS[code];
    const shown = { schema: { $ref: '#/components/schemas/Error' }, example: errorBody(code, detail) };
    return [String(status), { description: `${title}: ${meaning}`, content: { [JSON_TYPE]: shown } }];
  });
  const unchanged = { description: 'Not Modified: nothing has changed since the tag of If-None-Match.' };
  return hot || success?.tagged === true ? [['304', unchanged], ...answered] : answered;
}

function parametersIn(place: 'path' | 'query', parameters: Parameters = {}): Parameter[] {
  return Object.entries(parameters).map(([name, { documented, required = place === 'path' }]) => {
    const { description, ...schema } = documented;
    return { name, in: place, required, description, ...exemplified(schema) };
  });
}

/** The first of a schema's `examples` as the example beside it, where tools for OpenAPI look for it. */
function exemplified({ examples, ...schema }: JsonSchema): { readonly schema: JsonSchema; readonly example?: unknown } {
  return Array.isArray(examples) ? { schema, example: examples[0] as unknown } : { schema };
}
