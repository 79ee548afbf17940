import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { formatIssue, normalizedSources, parseMCPRegistry } from '../api/src/index.ts';

const root = new URL('../', import.meta.url);
const files = [...globSync('examples/*.yaml', { cwd: root }), ...globSync('docs/sources-*.md', { cwd: root })].sort();

/** The YAML of a file; of Markdown that of its blocks which hold a manifest. */
function documentsOf(file: string): { kind?: string; metadata?: { name?: string } }[] {
  const text = readFileSync(new URL(file, root), 'utf8');
  const parts = file.endsWith('.md') ? [...text.matchAll(/^```yaml\n([^]*?)^```$/gmu)].map(([, block = '']) => block) : [text];
  return parts.filter((part) => part.includes('kind: MCPRegistry')).flatMap((part) => loadAll(part) as { kind?: string }[]);
}

/** Guides show parts of a manifest as well; those that say what they are have to be valid. */
const guides = globSync(['README.md', 'docs/**/*.md', 'charts/*/README.md'], { cwd: root }).filter((file) => documentsOf(file).length > 0);

test.each(guides)('%s shows valid registries', (file) => {
  const results = documentsOf(file).flatMap((document) => (document.kind === 'MCPRegistry' ? [parseMCPRegistry(document)] : []));
  expect(results.flatMap((result) => (result.ok ? [] : result.issues.map(formatIssue)))).toEqual([]);
});

test.each(files)('%s holds valid registries, and the Secrets and ConfigMaps that they name', (file) => {
  const documents = documentsOf(file);
  const results = documents.filter(({ kind }) => kind === 'MCPRegistry').map((document) => parseMCPRegistry(document));
  expect(results.length).toBeGreaterThan(0);
  expect(results.flatMap((result) => (result.ok ? [] : result.issues.map(formatIssue)))).toEqual([]);
  // A guide may make a Secret by a command instead.
  const made = [...readFileSync(new URL(file, root), 'utf8').matchAll(/^kubectl create secret generic (\S+)/gmu)].map(
    ([, name]) => `Secret ${name}`,
  );
  const there = [...documents.map(({ kind, metadata }) => `${kind} ${metadata?.name}`), ...made];
  const sources = results.flatMap((result) => (result.ok ? normalizedSources(result.registry) : []));
  const named = sources.flatMap((source) => [
    ...(source.type === 'configmap' ? [`ConfigMap ${source.configmap.name}`] : []),
    ...(source.auth === undefined ? [] : [`Secret ${source.auth.secretRef.name}`]),
  ]);
  expect(named.filter((name) => !there.includes(name))).toEqual([]);
});
