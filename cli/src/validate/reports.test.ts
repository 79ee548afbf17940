import { expect, test } from '@jest/globals';
import type { LocatedFinding } from './checked-file.ts';
import { jsonReport } from './report-json.ts';
import { textReport } from './report-text.ts';
import { checked, FILES } from './testing.ts';

const files = await checked(FILES);

test('text', () => {
  expect(textReport(files))
    .toBe(`servers.json:4:5   error    missing    com.example/bad@1.0.0 /description: "description" must be a text; the server was left out
servers.json:5:55  warning  duplicate  com.example/good@1.0.0 /version: version 1.0.0 occurs twice; the first one is served: servers.json:3:55
servers.json:6:74  warning  repaired   com.example/odd@1.0.0 /repository: a repository without "url" was dropped
servers.json:6:74  warning  schema     com.example/odd@1.0.0 /repository/url: is missing; add it (schema of 2025-12-11, #/definitions/Repository/required)
servers.json:6:74  warning  schema     com.example/odd@1.0.0 /repository/source: is missing; add it (schema of 2025-12-11, #/definitions/Repository/required)
servers.json:8:3   note     not-read   /unknown: this part of the file is not read

broken.json:2:17  error  unreadable  the catalog is not valid JSON: Expected ',' or ']' after array element in JSON at position 18 (line 2 column 17)

folder/package.json: skipped: is not a catalog in any known form

3 files checked, 1 skipped; 3 of 5 entries served; 2 errors, 4 warnings, 1 note
`);
});

test('text: nothing of a catalog changes how it is shown', async () => {
  const hostile = await checked({ 'a\u001b[2J.json': '{"servers": {"x\\u001b[31m\\u202e\\n9:9 ok": {}}}' });
  expect(textReport(hostile))
    .toBe(String.raw`a\x1B[2J.json:1:14  error  missing  x\x1B[31m\u{202E}\x0A9:9 ok /image: "image" must be a text; the server was left out

1 file checked; 0 of 1 entry served; 1 error, 0 warnings, 0 notes
`);
});

test('text: without findings only the summary', async () => {
  expect(textReport(await checked({ 'a.json': '{"servers": {}}' }))).toBe(
    '1 file checked; 0 of 0 entries served; 0 errors, 0 warnings, 0 notes\n',
  );
});

test('text: findings that are not shown are counted', async () => {
  const [file] = await checked({ 'a.json': JSON.stringify([{ name: 'a/b' }, ...Array.from({ length: 10_004 }, () => 0)]) });
  const text = textReport(file === undefined ? [] : [file]);
  expect(text).toContain('\na.json: 5 more findings are not shown\n');
  expect(text).toContain('; 5 more not shown\n');
});

test('JSON', () => {
  const report = JSON.parse(jsonReport(files)) as { files: { findings: LocatedFinding[] }[] };
  expect(report).toMatchObject({
    files: [
      { name: 'servers.json', format: 'upstream-list', read: 4, served: 2, omitted: 0 },
      { name: 'dir with space/clean.yaml', format: 'toolhive', read: 1, served: 1, findings: [] },
      { name: 'folder/package.json', skipped: 'is not a catalog in any known form', findings: [] },
      { name: 'broken.json', read: 0, served: 0 },
    ],
    summary: { checked: 3, skipped: 1, read: 5, served: 3, findings: { error: 2, warning: 4, note: 1 }, omitted: 0 },
  });
  expect(report.files[0]?.findings[1]).toEqual({
    line: 5,
    column: 55,
    rule: 'duplicate',
    severity: 'warning',
    message: 'version 1.0.0 occurs twice; the first one is served',
    entry: 'com.example/good',
    version: '1.0.0',
    pointer: '/version',
    at: '/servers/2/version',
    first: { line: 3, column: 55, at: '/servers/0/version' },
  });
  expect(report.files[0]?.findings[4]).toMatchObject({ pointer: '/repository/source', at: '/servers/3/repository' });
});

test('JSON: the document of a YAML file', async () => {
  const report = JSON.parse(jsonReport(await checked({ 'a.yaml': 'servers: {}\n---\nservers: {k: {}}\n' }))) as object;
  expect(report).toMatchObject({
    files: [{ findings: [{ line: 3, column: 11, document: 1, at: '/servers/k', entry: 'k', pointer: '/image' }] }],
  });
});
