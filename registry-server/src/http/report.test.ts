import { expect, test } from '@jest/globals';
import type { RegistryReport } from '@toolhive-registry/api';
import { servingFiles } from '../testing.ts';

test('the report can be asked about one entry', async () => {
  const server = (name: string, rest: object = {}): object => ({ name, description: 'd', version: '1.0.0', ...rest });
  await using running = await servingFiles({
    first: [server('a/repaired', { websiteUrl: 'no url' }), server('a/left-out', { description: '' }), server('a/fine')],
    second: [server('a/fine'), server('a/repaired "quoted"', { websiteUrl: 'no url' })],
  });
  const report = async (query: string): Promise<RegistryReport> =>
    (await (await fetch(`${running.url}/registry/report${query}`)).json()) as RegistryReport;
  const all = (await report('')).findings;
  expect(new Set(all.map(({ entry }) => entry)).size).toBeGreaterThan(2);
  for (const entry of ['a/repaired', 'a/left-out', 'a/fine', 'a/nothing', 'd']) {
    const { findings } = await report(`?entry=${encodeURIComponent(entry)}`);
    expect([entry, findings]).toEqual([entry, all.filter((finding) => finding.entry === entry)]);
  }
  const { findings, metadata } = await report('?entry=a/fine&source=second&limit=1');
  expect([findings.map(({ outcome }) => outcome), metadata.count]).toEqual([['shadowed'], 1]);
});
