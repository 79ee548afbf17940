import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { complaint } from './conform.ts';
import { chart, root, run } from './programs.ts';
import { KUBE_VERSION, refusal, renderText, type Values } from './render.ts';
import { valuesFiles } from './values.ts';

test('helm lint has nothing to say', () => {
  expect(run('helm', ['lint', '--strict', chart])).toMatchObject({ ok: true });
});

test.each(valuesFiles())('the API server accepts what $name renders', ({ values }) => {
  expect(complaint(renderText(values, { isUpgrade: true }))).toBeUndefined();
});

test('every template is rendered to something by one of these files, and is left out by the defaults where it may be', () => {
  const templates = globSync('templates/*.yaml', { cwd: chart }).sort();
  const rendered = (values: Values, isUpgrade = false): string[] =>
    [...renderText(values, { isUpgrade }).matchAll(/^# Source: toolhive-registry\/(templates\/\S+)$/gm)].map(([, file = '']) => file);
  expect([...new Set(valuesFiles().flatMap(({ values }) => rendered(values, true)))].sort()).toEqual(templates);
  const optional = ['crd-upgrade', 'dashboard', 'monitors', 'networkpolicy', 'poddisruptionbudget', 'prometheusrule', 'registries'].map(
    (name) => `templates/${name}.yaml`,
  );
  expect(templates.filter((file) => !rendered({}).includes(file))).toEqual(optional);
});

const CRDS = globSync('crds/*.yaml', { cwd: root }).sort();

test.each([...globSync('examples/*.yaml', { cwd: root }).sort(), ...CRDS])('the API server accepts %s', (file) => {
  expect(complaint(readFileSync(join(root, file), 'utf8'))).toBeUndefined();
});

test.each(CRDS)('the chart has %s', (file) => {
  expect(readFileSync(join(chart, 'crds', basename(file)), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'));
});

const registry = (group: string): string =>
  `apiVersion: ${group}/v1alpha1\nkind: MCPRegistry\nmetadata: {name: a}\nspec: {replicas: 1, source: {configmap: {name: data}}}\n`;
const REGISTRY = registry('toolhive.stacklok.dev');

test.each(['toolhive.stacklok.dev', 'toolhive.stacklok.io'])('an MCPRegistry of %s is judged', (group) => {
  expect(complaint(registry(group))).toBeUndefined();
});

test('nothing to judge is an error', () => {
  expect(() => complaint('')).toThrow('there is nothing to judge');
});

test.each<[what: string, field: string, manifests: () => string, from: string | RegExp, to: string]>([
  ['a misspelt field of the Deployment', 'serviceAccountNam', renderText, 'serviceAccountName:', 'serviceAccountNam:'],
  ['a Deployment with a text for a number', '/spec/replicas', renderText, 'replicas: 1', 'replicas: one'],
  ['a misspelt field of an MCPRegistry', 'confgmap', () => REGISTRY, 'configmap', 'confgmap'],
  ['an MCPRegistry with a text for a number', '/spec/replicas', () => REGISTRY, 'replicas: 1', 'replicas: one'],
  ['an MCPRegistry without spec', "'spec'", () => REGISTRY, /^spec:.*/m, ''],
  ['a kind that nobody knows', 'MCPRegistri', () => REGISTRY, 'kind: MCPRegistry', 'kind: MCPRegistri'],
  ['a misspelt field of the CRD', 'shortNams', () => readFileSync(join(root, CRDS[0] ?? ''), 'utf8'), 'shortNames', 'shortNams'],
])('%s is refused, with %s', (_, field, manifests, from, to) => {
  const before = manifests();
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  expect(complaint(after)).toContain(field);
});

test('Kubernetes 1.29 is refused', () => {
  expect(refusal({}, { kubeVersion: '1.29.0' })).toContain('chart requires kubeVersion');
  expect(renderText({}, { kubeVersion: '1.30.0' })).toBe(renderText({}, { kubeVersion: KUBE_VERSION }));
});
