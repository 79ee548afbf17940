import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { chart } from './programs.ts';
import { refusal, render, type Values } from './render.ts';
import { closedObjects, openObjects, valuePaths, type ValuesSchema } from './schema.ts';
import { valuesFiles } from './values.ts';

const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as ValuesSchema;
const defaults = load(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Values;

const paths = valuePaths(schema).filter((path) => path !== 'global');

/** What is at a path with dots; undefined: nothing. */
function valueAt(values: Values, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Values | null | undefined)?.[key], values);
}

/** A value at a path, in a values file of its own; `[]` is the first item of a list, `*` one of a map. */
function at(path: readonly string[], value: unknown): Values {
  return path.reduceRight<unknown>((inner, key) => (key === '[]' ? [inner] : { [key.replace('*', 'any')]: inner }), value) as Values;
}

describe('a misspelt key is refused', () => {
  test.each(closedObjects(schema).map((path) => [path.join('.') || 'at the top', path] as const))('in %s', (_, path) => {
    expect(refusal(at([...path, 'misspelt'], 1))).toMatch(/misspelt/);
  });
});

test('every object that accepts any key says who defines them', () => {
  expect(openObjects(schema).filter(({ comment }) => comment === undefined)).toEqual([]);
});

test('every value that the schema knows has a default', () => {
  expect(paths.filter((path) => valueAt(defaults, path) === undefined)).toEqual([]);
});

test('the defaults are valid', () => {
  expect(render(defaults)).toEqual(render());
});

test('every value is set in a file of ci/', () => {
  const files = valuesFiles().map(({ values }) => values);
  expect(paths.filter((path) => files.every((values) => valueAt(values, path) === undefined))).toEqual([]);
});
