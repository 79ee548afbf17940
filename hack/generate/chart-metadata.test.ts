import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { firstSentence, withChanges, withChartMetadata } from './chart-metadata.ts';

const root = new URL('../../', import.meta.url);
const CHART = 'name: x\nversion: 0.1.0\nappVersion: 0.1.0\nhome: y\n';

function annotationsOf(chart: string): Record<string, string> {
  return (load(chart) as { readonly annotations: Record<string, string> }).annotations;
}

test.each([
  ['A flag. More about it.', 'A flag'],
  ['`--a` of [the server](docs/x.md#y): what it is for', '--a of the server'],
  ['Kubernetes 1.30 is the least', 'Kubernetes 1.30 is the least'],
  [`${'word '.repeat(30)}end`, `${'word '.repeat(20).slice(0, -6)}…`],
])('of %j it says %j', (markdown, sentence) => {
  expect(firstSentence(markdown)).toBe(sentence);
});

test('a version is set, and changes stay until the next ones', () => {
  const changed = withChanges(CHART, [{ kind: 'added', text: 'A flag. More.' }]);
  const chart = withChartMetadata(changed, '2.0.0-rc.1', root);
  expect(chart).toContain('\nversion: 2.0.0-rc.1\nappVersion: 2.0.0-rc.1\nhome: y\n');
  expect(annotationsOf(chart)).toMatchObject({
    'artifacthub.io/prerelease': 'true',
    'artifacthub.io/images': expect.stringContaining('toolhive-registry-server:2.0.0-rc.1\n') as unknown,
    'artifacthub.io/changes': '- kind: added\n  description: A flag\n',
  });
  expect(withChartMetadata(chart, '2.0.0-rc.1', root)).toBe(chart);
  expect(annotationsOf(withChanges(chart, [{ kind: 'fixed', text: 'An error' }]))['artifacthub.io/changes']).not.toContain('A flag');
});

test('a chart without a version is refused', () => {
  expect(() => withChartMetadata('name: x\nversion: 0.1.0\n', '2.0.0', root)).toThrow('Chart.yaml has no "appVersion"');
});
