import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../build/options.ts';
import { SINGLE_FILE } from './build.ts';
import { KREW_ARCHIVE, KREW_MANIFEST, krewManifest } from './krew.ts';

const RELEASE = { tag: 'v1.2.3', archive: Buffer.from('archive') };
/** By sha256sum. */
const SHA256 = '0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3';

test('the template makes a manifest as Krew wants it', () => {
  const template = readFileSync(join(ROOT, 'packaging/krew', KREW_MANIFEST), 'utf8');
  const manifest = load(krewManifest(template, RELEASE)) as {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly version: string; readonly shortDescription: string; readonly platforms: readonly Record<string, string>[] };
  };
  expect(`${manifest.metadata.name}.yaml`).toBe(KREW_MANIFEST);
  expect(manifest.spec.version).toBe('v1.2.3');
  // Krew's own rule for its index: a tagline, in one line.
  expect(manifest.spec.shortDescription.length).toBeLessThanOrEqual(50);
  expect(manifest.spec.platforms).toEqual([
    expect.objectContaining({
      uri: `https://github.com/toolhive-registry/toolhive-registry/releases/download/v1.2.3/${KREW_ARCHIVE}`,
      sha256: SHA256,
      bin: SINGLE_FILE,
    }),
  ]);
});

test.each([
  ['a: {{ .TagName }} {{.TagName}}', 'a: v1.2.3 v1.2.3'],
  ['no words', 'no words'],
])('%j becomes %j', (template, manifest) => {
  expect(krewManifest(template, RELEASE)).toBe(manifest);
});

test('an unknown placeholder is refused', () => {
  expect(() => krewManifest('{{ .Version }}', RELEASE)).toThrow('has {{ .Version }}; use one of .TagName, .Sha256');
});
