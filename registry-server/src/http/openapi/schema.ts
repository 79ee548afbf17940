import { z } from 'zod';

/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON schema (2020-12, the dialect of OpenAPI 3.1) of an input. Values in `.meta` win. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return toJsonSchema(schema, 'input');
}

/** The JSON schema of an answer. */
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
