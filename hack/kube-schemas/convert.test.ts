import { describe, expect, test } from '@jest/globals';
import { kindSchemas, type Schema } from './convert.ts';

const gvk = (group: string, version: string, kind: string): Schema => ({ 'x-kubernetes-group-version-kind': [{ group, version, kind }] });

/** The schema of a kind with these fields, and what else the document has. */
function converted(fields: Schema, others: Readonly<Record<string, Schema>> = {}): Schema {
  const [first] = kindSchemas({ components: { schemas: { Thing: { ...gvk('', 'v1', 'Thing'), ...fields }, ...others } } });
  return first?.schema ?? {};
}

/** The schema of one property. */
function property(schema: Schema, others?: Readonly<Record<string, Schema>>): unknown {
  return (converted({ properties: { field: schema } }, others)['properties'] as Schema)['field'];
}

describe('files', () => {
  test.each([
    ['', 'v1', 'Service', 'service-v1-v1.json'],
    ['apps', 'v1', 'Deployment', 'deployment-apps-v1.json'],
    ['rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterrole-rbac.authorization.k8s.io-v1.json'],
    ['toolhive.stacklok.dev', 'v1alpha1', 'MCPRegistry', 'mcpregistry-toolhive.stacklok.dev-v1alpha1.json'],
  ])('%s/%s %s is %s', (group, version, kind, file) => {
    expect(kindSchemas({ components: { schemas: { X: gvk(group, version, kind) } } }).map((found) => found.file)).toEqual([file]);
  });

  test.each<[string, Schema]>([
    ['what has no kind', { type: 'object' }],
    [
      'what belongs to every group',
      {
        'x-kubernetes-group-version-kind': [
          { group: '', version: 'v1', kind: 'WatchEvent' },
          { group: 'apps', version: 'v1', kind: 'WatchEvent' },
        ],
      },
    ],
  ])('%s gets none', (_, schema) => {
    expect(kindSchemas({ components: { schemas: { X: schema } } })).toEqual([]);
  });

  test.each([{}, { components: {} }])('a document without schemas (%j) gives none', (document) => {
    expect(kindSchemas(document)).toEqual([]);
  });
});

describe('unknown fields', () => {
  const named = { a: { type: 'string' } };
  test.each<[string, Schema, Schema]>([
    ['are refused where fields are named', { properties: named }, { properties: named, additionalProperties: false }],
    ['are free where none is named', { type: 'object' }, { type: 'object' }],
    [
      'have the schema that the server gives them',
      { type: 'object', additionalProperties: { properties: named } },
      { type: 'object', additionalProperties: { properties: named, additionalProperties: false } },
    ],
    ['are free where the server keeps them', { properties: named, 'x-kubernetes-preserve-unknown-fields': true }, { properties: named }],
    ['are free in a whole object in a field', { properties: named, 'x-kubernetes-embedded-resource': true }, { properties: named }],
    [
      'are refused in the items of a list',
      { type: 'array', items: { properties: named } },
      { type: 'array', items: { properties: named, additionalProperties: false } },
    ],
    ['are free in conditions', { not: { properties: named } }, { not: { properties: named } }],
    [
      'are free in branches, which name only some fields',
      { properties: named, oneOf: [{ properties: { a: { properties: named } } }] },
      { properties: named, additionalProperties: false, oneOf: [{ properties: { a: { properties: named } } }] },
    ],
  ])('%s', (_, schema, expected) => {
    expect(property(schema)).toEqual(expected);
  });
});

describe('keywords', () => {
  test.each<[string, Schema, Schema]>([
    [
      'of JSON Schema stay',
      { type: 'string', format: 'date-time', enum: ['a'], pattern: '^a$', minLength: 1, maxLength: 2 },
      { type: 'string', format: 'date-time', enum: ['a'], pattern: '^a$', minLength: 1, maxLength: 2 },
    ],
    ['that check nothing go', { type: 'string', description: 'x', default: 'y', 'x-kubernetes-validations': [] }, { type: 'string' }],
    ['int-or-string', { 'x-kubernetes-int-or-string': true }, { type: ['integer', 'string'] }],
    [
      'int-or-string of the server itself',
      { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      { oneOf: [{ type: 'integer' }, { type: 'string' }] },
    ],
    ['nullable', { type: 'string', nullable: true }, { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    ['bounds', { minimum: 1, maximum: 2 }, { minimum: 1, maximum: 2 }],
    [
      'bounds that are excluded',
      { minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
      { exclusiveMinimum: 1, maximum: 2 },
    ],
  ])('%s', (_, schema, expected) => {
    expect(property(schema)).toEqual(expected);
  });

  test('a field may be called like one', () => {
    const properties = { format: { type: 'string' }, properties: { type: 'object' }, $ref: { type: 'string' }, not: { type: 'integer' } };
    expect(converted({ properties })['properties']).toEqual(properties);
  });
});

describe('references', () => {
  const at = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

  test('lead to a definition in the same file', () => {
    const schema = converted(
      { properties: { metadata: { default: {}, allOf: [at('Meta')] } } },
      { Meta: { properties: { name: {} } }, Unused: {} },
    );
    expect(schema).toMatchObject({
      properties: { metadata: { allOf: [{ $ref: '#/definitions/Meta' }] } },
      definitions: { Meta: { properties: { name: {} }, additionalProperties: false } },
    });
    expect(Object.keys(schema['definitions'] as object)).toEqual(['Meta']);
  });

  test('may be recursive', () => {
    const schema = converted({ properties: { a: at('A') } }, { A: { properties: { b: at('B') } }, B: { items: at('A') } });
    expect(schema['definitions']).toEqual({
      A: { properties: { b: { $ref: '#/definitions/B' } }, additionalProperties: false },
      B: { items: { $ref: '#/definitions/A' } },
    });
  });

  test('that lead nowhere are an error that names them', () => {
    expect(() => converted({ properties: { a: at('Missing') } })).toThrow('refers to Missing');
  });
});
