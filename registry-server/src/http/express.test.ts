import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCES = resolve(import.meta.dirname, '..');

/** Readers of bodies that are in Express, and are not in the bundle (hack/build.ts). */
const READERS = /['"]body-parser['"]|\bexpress\s*\.\s*(?:json|urlencoded|raw|text)\b/;

test('Express is used in one place, for no more than dispatch', () => {
  const users = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => /from ['"]express['"]/.test(read(file)));
  expect(users).toEqual([join('http', 'express.ts')]);
  expect(read(users[0] ?? '')).toContain('import express, { type NextFunction, type Request, type Response }');
});

test('no request body is read by Express: it would work from source and fail in the bundle', () => {
  const files = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => !file.endsWith('.test.ts') && READERS.test(read(file)));
  expect(files).toEqual([]);
});

test.each(["import parse from 'body-parser';", 'app.use(express.json())', 'express . urlencoded({})'])('%s would be found', (source) => {
  expect(READERS.test(source)).toBe(true);
});

function read(file: string): string {
  return readFileSync(join(SOURCES, file), 'utf8');
}
