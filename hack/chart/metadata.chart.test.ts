import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { formatIssue, parseMCPRegistry } from '../../api/src/index.ts';
import { productVersion } from '../generate/version.ts';
import { chart } from './programs.ts';
import { container, render } from './render.ts';

const metadata = load(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as {
  readonly version: string;
  readonly appVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
};

/** The value of an annotation for Artifact Hub. */
function annotation<T>(word: string): T[] {
  return load(metadata.annotations[`artifacthub.io/${word}`] ?? '') as T[];
}

test('chart and programs have the version of package.json', () => {
  const version = productVersion(new URL('../../', import.meta.url));
  expect([metadata.version, metadata.appVersion]).toEqual([version, version]);
});

test('Artifact Hub gets the images that the chart runs by default', () => {
  const { image, args } = container(render()) as unknown as { readonly image: string; readonly args: readonly string[] };
  const server = args.find((arg) => arg.startsWith('--registry-server-image='))?.replace(/^[^=]*=/, '');
  expect(annotation<{ readonly image: string }>('images').map((one) => one.image)).toEqual([image, server]);
});

test('Artifact Hub gets the CRDs of the chart', () => {
  const crds = globSync('crds/*.yaml', { cwd: chart }).map((file) => load(readFileSync(join(chart, file), 'utf8')) as CRD);
  const known = crds.map(({ metadata: { name }, spec }) => ({ name, kind: spec.names.kind, version: spec.versions[0]?.name }));
  expect(annotation<object>('crds')).toEqual(known.map((crd) => expect.objectContaining(crd) as unknown));
});

test('the example that Artifact Hub shows is valid', () => {
  const examples = annotation<unknown>('crdsExamples').map((example) => parseMCPRegistry(example));
  expect(examples).not.toEqual([]);
  expect(examples.flatMap((result) => (result.ok ? [] : result.issues.map(formatIssue)))).toEqual([]);
});

interface CRD {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly names: { readonly kind: string }; readonly versions: readonly { readonly name: string }[] };
}
