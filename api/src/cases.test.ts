import { expect, test } from '@jest/globals';
import { invalidCases, validCases } from './cases/index.ts';
import { formatIssue, normalizedSources, parseMCPRegistry, toSpecDocument } from './index.ts';

test('no two cases have the same name', () => {
  const names = [...validCases, ...invalidCases].map((one) => one.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(validCases)('accepted: $name', ({ manifest }) => {
  const result = parseMCPRegistry(manifest);
  if (!result.ok) throw new Error(result.issues.map(formatIssue).join('\n'));
  expect(normalizedSources(result.registry).length).toBeGreaterThan(0);
  // What the controller writes is read by the same parser in the pod, and reading it changes nothing.
  const document = toSpecDocument(result.registry);
  const again = parseMCPRegistry(JSON.parse(JSON.stringify(document)));
  if (!again.ok) throw new Error(again.issues.map(formatIssue).join('\n'));
  expect(JSON.stringify(toSpecDocument(again.registry))).toBe(JSON.stringify(document));
});

test.each(invalidCases)('refused: $name', ({ manifest, path, fragment }) => {
  const result = parseMCPRegistry(manifest);
  if (result.ok) throw new Error('was accepted');
  const found = result.issues.filter((issue) => issue.path === path && formatIssue(issue).includes(fragment));
  if (found.length === 0) throw new Error(`${path} … ${fragment} is not among:\n${result.issues.map(formatIssue).join('\n')}`);
});
