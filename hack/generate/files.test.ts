import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { formatIssue, parseMCPRegistry, rootSchema, type CrdSchema } from '../../api/src/index.ts';
import { generatedFiles } from './files.ts';
import { manifestsWithVersion } from './version.ts';

const root = new URL('../../', import.meta.url);

test('the generated files in the repository are up to date', () => {
  for (const { path, content } of [...manifestsWithVersion(root), ...generatedFiles(root)])
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(content);
});

test('every example of the reference is valid and every link has a heading', () => {
  const text = generatedFiles(root).find((file) => file.path === 'docs/reference/mcpregistry.md')?.content ?? '';
  const documents = [...text.matchAll(/^```yaml\n([^]*?)^```$/gmu)].flatMap((match) => loadAll(match[1] ?? '') as { kind?: string }[]);
  const examples = documents.filter(({ kind }) => kind === 'MCPRegistry').map((document) => parseMCPRegistry(document));
  expect(examples.length).toBeGreaterThan(1);
  expect(examples.flatMap((result) => (result.ok ? [] : result.issues.map(formatIssue)))).toEqual([]);
  const headings = new Set([...text.matchAll(/^## (.*)$/gmu)].map((match) => (match[1] ?? '').toLowerCase().replaceAll(/[^a-z0-9]/gu, '')));
  const links = [...text.matchAll(/\]\(#([a-z0-9]*)\)/gu)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !headings.has(link))).toEqual([]);
});

/** Paths of fields that lack a description, or of texts, lists and maps without an upper bound. */
function gaps(schema: CrdSchema, path: string): string[] {
  const own = [
    ...(schema.description === undefined && !path.endsWith(']') && !path.endsWith('*') ? [`${path}: description`] : []),
    ...(schema.type === 'string' && schema.maxLength === undefined && schema.enum === undefined && schema.format === undefined
      ? [`${path}: maxLength`]
      : []),
    ...(schema.type === 'array' && schema.maxItems === undefined ? [`${path}: maxItems`] : []),
  ];
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => gaps(child, `${path}.${name}`));
  const items = schema.items === undefined ? [] : gaps(schema.items, `${path}[]`);
  const values = schema.additionalProperties === undefined ? [] : gaps(schema.additionalProperties, `${path}.*`);
  return [...own, ...below, ...items, ...values];
}

test('every field is described and bounded', () => {
  const { spec, status } = rootSchema().properties ?? {};
  expect([...gaps(spec ?? {}, 'spec'), ...gaps(status ?? {}, 'status')]).toEqual([]);
});
