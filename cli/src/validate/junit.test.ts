import { expect, test } from '@jest/globals';
import { junitReport } from './junit.ts';
import { checked, FILES } from './testing.ts';

const files = await checked(FILES);

test('a suite for each file, a case for each finding or for a file without any', () => {
  expect(junitReport(files, 'error')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="toolhive-registry validate" tests="9" failures="2" errors="0" skipped="1">
  <testsuite name="servers.json" tests="6" failures="1" errors="0" skipped="0">
    <testcase classname="servers.json" name="missing: com.example/bad@1.0.0 /description" file="servers.json" line="4"><failure type="missing" message="com.example/bad@1.0.0 /description: &quot;description&quot; must be a text; the server was left out">servers.json:4:5: error: com.example/bad@1.0.0 /description: &quot;description&quot; must be a text; the server was left out</failure></testcase>
    <testcase classname="servers.json" name="duplicate: com.example/good@1.0.0 /version" file="servers.json" line="5"><system-out>servers.json:5:55: warning: com.example/good@1.0.0 /version: version 1.0.0 occurs twice; the first one is served</system-out></testcase>
    <testcase classname="servers.json" name="repaired: com.example/odd@1.0.0 /repository" file="servers.json" line="6"><system-out>servers.json:6:74: warning: com.example/odd@1.0.0 /repository: a repository without &quot;url&quot; was dropped</system-out></testcase>
    <testcase classname="servers.json" name="schema: com.example/odd@1.0.0 /repository/url" file="servers.json" line="6"><system-out>servers.json:6:74: warning: com.example/odd@1.0.0 /repository/url: is missing; add it (schema of 2025-12-11, #/definitions/Repository/required)</system-out></testcase>
    <testcase classname="servers.json" name="schema: com.example/odd@1.0.0 /repository/source" file="servers.json" line="6"><system-out>servers.json:6:74: warning: com.example/odd@1.0.0 /repository/source: is missing; add it (schema of 2025-12-11, #/definitions/Repository/required)</system-out></testcase>
    <testcase classname="servers.json" name="not-read: /unknown" file="servers.json" line="8"><system-out>servers.json:8:3: note: /unknown: this part of the file is not read</system-out></testcase>
  </testsuite>
  <testsuite name="dir with space/clean.yaml" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="dir with space/clean.yaml" name="no findings" file="dir with space/clean.yaml"/>
  </testsuite>
  <testsuite name="folder/package.json" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="folder/package.json" name="is a catalog" file="folder/package.json"><skipped message="is not a catalog in any known form"/></testcase>
  </testsuite>
  <testsuite name="broken.json" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="broken.json" name="unreadable" file="broken.json" line="2"><failure type="unreadable" message="the catalog is not valid JSON: Expected &apos;,&apos; or &apos;]&apos; after array element in JSON at position 18 (line 2 column 17)">broken.json:2:17: error: the catalog is not valid JSON: Expected &apos;,&apos; or &apos;]&apos; after array element in JSON at position 18 (line 2 column 17)</failure></testcase>
  </testsuite>
</testsuites>
`);
});

test.each([
  ['error', 2],
  ['warning', 6],
  ['note', 7],
] as const)('from %s on findings fail', (failOn, failures) => {
  expect(junitReport(files, failOn)).toContain(`tests="9" failures="${failures}"`);
});

test('what XML cannot have is replaced, and names are different', async () => {
  const key = String.raw`<&\"'\u0000\u001b\ufffe\ud800\n>`;
  const report = junitReport(await checked({ 'a.json': `[{"name": "a/b"}, {"name": "a/b"}, {"name": "${key}"}]` }), 'error');
  expect(report).toContain('name="missing: a/b /version"');
  expect(report).toContain('name="missing: a/b /version (2)"');
  expect(report).toContain(String.raw`name="missing: &lt;&amp;&quot;&apos;\x00\x1B\u{FFFE}\u{D800}\x0A&gt; /version"`);
  expect(report).toMatch(/^[\n\x20-\x7e]*$/);
});
