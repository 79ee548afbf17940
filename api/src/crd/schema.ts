import { z } from 'zod';
import type { CelValidation } from '../schema/rule.ts';

/** The part of OpenAPI 3 that a CustomResourceDefinition uses, with the Kubernetes extensions. */
export interface CrdSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  not?: { enum: readonly unknown[] };
  required?: readonly string[];
  properties?: Record<string, CrdSchema>;
  items?: CrdSchema;
  additionalProperties?: CrdSchema;
  'x-kubernetes-validations'?: readonly CelValidation[];
  'x-kubernetes-list-type'?: 'atomic' | 'map' | 'set';
  'x-kubernetes-list-map-keys'?: readonly string[];
  'x-kubernetes-preserve-unknown-fields'?: true;
}

/** Keywords of a CRD in the order in which they are written. zod's other keywords (`anyOf`, `propertyNames` …) have no place in a structural schema. */
const plainKeywords = [
  'description',
  'type',
  'format',
  'default',
  'enum',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'not',
  'required',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
] as const;

/** The structural schema of what a user may write for `schema`, in a fixed key order. */
export function crdSchema(schema: z.ZodType): CrdSchema {
  return structural(z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0', unrepresentable: 'any' }) as CrdSchema);
}

function structural(source: CrdSchema): CrdSchema {
  const kept = plainKeywords.filter((keyword) => source[keyword] !== undefined).map((keyword) => [keyword, source[keyword]]);
  const result = Object.fromEntries(kept) as CrdSchema;
  const open = result['x-kubernetes-preserve-unknown-fields'] === true;
  if (result.type === 'object' && source.properties !== undefined) {
    result.properties = Object.fromEntries(Object.entries(source.properties).map(([name, child]) => [name, structural(child)]));
  }
  // `false` forbids other keys, which structural schemas express by leaving the keyword out.
  if (!open && result.type === 'object' && typeof source.additionalProperties === 'object') {
    result.additionalProperties = structural(source.additionalProperties);
  }
  if (source.items !== undefined) result.items = structural(source.items);
  return result;
}
