import { z } from 'zod';

/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema accepts, as JSON schema 2020-12, the dialect of OpenAPI 3.1. What is documented with `.meta` wins. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return toJsonSchema(schema, 'input');
}

/** What a schema describes in an answer. */
export function outputSchema(schema: z.ZodType): JsonSchema {
  return toJsonSchema(schema, 'output');
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    // Zod leaves out the default of what it transforms.
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, z.globalRegistry.get(zodSchema));
    },
  });
  return rest;
}
