import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCES = resolve(import.meta.dirname, '..');

/** Parts of Express that are not in the bundle (hack/build.ts): readers of bodies, and what needs the table of media types. */
const NOT_BUNDLED = /['"](?:body-parser|mime-db|mime-types|qs)['"]|\bexpress\s*\.\s*(?:json|urlencoded|raw|text|static)\b/;

test('Express is used in one place, for dispatch only', () => {
  const users = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => /from ['"]express['"]/.test(read(file)));
  expect(users).toEqual([join('http', 'express.ts')]);
  const [source = ''] = users.map(read);
  expect(source).toContain('import express, { type NextFunction, type Request, type Response }');
  expect(source).toContain("app.set('query parser', false)");
  // Answers are written by the chain, never by methods of Express such as res.json or res.type.
  expect(source).not.toMatch(/\bres\s*\.\s*\w/);
});

test('nothing is used that would work from source and fail in the bundle', () => {
  const files = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => !file.endsWith('.test.ts') && NOT_BUNDLED.test(read(file)));
  expect(files).toEqual([]);
});

test.each(["import parse from 'body-parser';", 'app.use(express.json())', 'express . urlencoded({})', "express.static('web')"])(
  '%s would be found',
  (source) => {
    expect(NOT_BUNDLED.test(source)).toBe(true);
  },
);

function read(file: string): string {
  return readFileSync(join(SOURCES, file), 'utf8');
}
