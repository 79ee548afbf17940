import { expect, test } from '@jest/globals';
import type { RegistryReport } from '@toolhive-registry/api';
import { eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

const server = (name: string, fields: object = {}): object => ({ name, version: '1.0.0', description: `What ${name} does`, ...fields });

async function reportOf(url: string, query = ''): Promise<RegistryReport> {
  return (await (await fetch(`${url}/registry/report${query}`)).json()) as RegistryReport;
}

/** Two sources: one with harmless repairs around one entry that is lost, and one that is shadowed in part. */
const MANIFEST = manifest(
  {
    sources: [
      { name: 'first', type: 'configmap', configmap: { name: 'one' } },
      { name: 'second', type: 'configmap', configmap: { name: 'two' }, filter: { names: { exclude: ['hidden/*'] } } },
    ],
  },
  {
    one: {
      'registry.json': [
        ...Array.from({ length: 20 }, (_, index) => server(`a/repaired-${index + 10}`, { repository: {} })),
        server('a/lost', { version: '1.0.1º' }),
      ],
    },
    two: { 'registry.json': [server('a/repaired-10', { version: '2.0.0' }), server('b/good'), server('hidden/one')] },
  },
);
const SERVED = [...Array.from({ length: 20 }, (_, index) => `a/repaired-${index + 10}`), 'b/good'];

test('what was left out comes before what was shadowed and what was repaired, in the status too', async () => {
  await using folder = await temporaryFolder();
  await using running = await serverFor(folder, await folder.write('registry.yaml', MANIFEST));
  await eventually(() => serverNames(running.url), has(...SERVED));
  const { sources, findings, metadata } = await reportOf(running.url);
  expect(findings.slice(0, 3)).toEqual([
    {
      source: 'first',
      entry: 'a/lost',
      version: '1.0.1º',
      pointer: '/version',
      rule: 'invalid',
      outcome: 'leftOut',
      message: 'a version has at most 255 printable characters and no spaces; the server was left out',
    },
    expect.objectContaining({ source: 'second', entry: 'a/repaired-10', version: '2.0.0', outcome: 'shadowed' }),
    expect.objectContaining({ source: 'first', entry: 'a/repaired-10', version: '1.0.0', pointer: '/repository', outcome: 'repaired' }),
  ]);
  // An empty repository breaks the schema as well.
  expect(findings.slice(22)).toHaveLength(20);
  expect(findings.at(-1)).toMatchObject({ entry: 'a/repaired-29', pointer: '/repository/url', rule: 'schema', outcome: 'noted' });
  expect(metadata).toEqual({ count: 42 });
  const counts = [
    { served: 20, leftOut: 1, repaired: 20, shadowed: 0, noted: 20, filtered: 0 },
    { served: 1, leftOut: 0, repaired: 0, shadowed: 1, noted: 0, filtered: 1 },
  ];
  expect(sources).toMatchObject([
    { name: 'first', state: 'ok', counts: counts[0] },
    { name: 'second', state: 'ok', counts: counts[1] },
  ]);
  const status = await statusOf(running.url);
  expect(status.sources.map((source) => source.counts)).toEqual(counts);
  expect(status.sources[0]?.warnings[0]).toMatch(/^a\/lost@1\.0\.1º\/version: /);
  expect(status.sources[0]?.warnings.at(-1)).toBe('and 21 more; GET /registry/report has them');
});

test('oddities of served entries are noted, in strict sources as well, and shown to everyone', async () => {
  await using folder = await temporaryFolder();
  const servers = [server('../../etc/passwd'), server('a/long', { description: 'x'.repeat(101) }), server('a/good')];
  const spec = { source: { type: 'configmap', configmap: { name: 'one' } }, validation: 'strict' };
  const config = await folder.write('registry.yaml', manifest(spec, { one: { 'registry.json': servers } }));
  await using running = await serverFor(folder, config, { internal: true });
  await eventually(() => serverNames(running.url), has('../../etc/passwd', 'a/good', 'a/long'));
  const { sources, findings } = await reportOf(running.url);
  expect(findings).toMatchObject([
    { entry: '../../etc/passwd', pointer: '/name', rule: 'name', outcome: 'noted' },
    { entry: 'a/long', version: '1.0.0', pointer: '/description', rule: 'schema', outcome: 'noted' },
  ]);
  expect(sources).toMatchObject([{ state: 'ok', counts: { served: 3, leftOut: 0, repaired: 0, noted: 2 } }]);
  const status = await statusOf(running.url);
  expect(status.sources[0]?.warnings).toEqual([
    expect.stringContaining('../../etc/passwd@1.0.0/name: "../../etc/passwd" is not a name of the official form'),
    expect.stringContaining('a/long@1.0.0/description: "xxx'),
  ]);
});

test('pages follow each other, and one source can be asked for', async () => {
  await using folder = await temporaryFolder();
  await using running = await serverFor(folder, await folder.write('registry.yaml', MANIFEST));
  await eventually(() => serverNames(running.url), has(...SERVED));
  const all = (await reportOf(running.url)).findings;
  const pages: RegistryReport['findings'] = [];
  for (let cursor: string | undefined = '0'; cursor !== undefined;) {
    const page: RegistryReport = await reportOf(running.url, `?limit=7&cursor=${cursor}`);
    pages.push(...page.findings);
    cursor = page.metadata.nextCursor;
  }
  expect(pages).toEqual(all);
  const second = await reportOf(running.url, '?source=second');
  expect(second.sources.map(({ name }) => name)).toEqual(['second']);
  expect(second.findings).toEqual(all.filter(({ source }) => source === 'second'));
});

test('the public port of a cluster names no entry that is not served', async () => {
  await using folder = await temporaryFolder();
  await using running = await serverFor(folder, await folder.write('registry.yaml', MANIFEST), { internal: true });
  await eventually(() => serverNames(running.url), has(...SERVED));
  const shown = [await reportOf(running.url), await statusOf(running.url)];
  expect(JSON.stringify(shown)).not.toMatch(/a\/lost|hidden\/one|2\.0\.0/);
  const [report, status] = shown as [RegistryReport, Awaited<ReturnType<typeof statusOf>>];
  expect(new Set(report.findings.map(({ outcome }) => outcome))).toEqual(new Set(['repaired', 'noted']));
  expect(report.findings).toHaveLength(40);
  expect(report.sources[0]?.counts).toMatchObject({ leftOut: 1, repaired: 20 });
  expect(status.sources[0]?.warnings).toHaveLength(21);
  expect((await reportOf(running.internalUrl ?? '')).findings[0]?.entry).toBe('a/lost');
});

test.each([
  ['?source=third', 404, 'there is no source "third"; this registry has first, second'],
  ['?cursor=x', 400, 'cursor "x" is not one of the report; take it from metadata.nextCursor'],
  ['?limit=0', 422, 'limit is "0"; use a whole number from 1 to 1000'],
])('%s is answered with %i', async (query, status, error) => {
  await using folder = await temporaryFolder();
  await using running = await serverFor(folder, await folder.write('registry.yaml', MANIFEST));
  const response = await fetch(`${running.url}/registry/report${query}`);
  expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ error })]);
});

test('the public port of a cluster names no entry in what failed, nor one that a filter leaves out', async () => {
  await using folder = await temporaryFolder();
  const spec = { source: { type: 'configmap', configmap: { name: 'one' } }, filter: { names: { exclude: ['hidden/*'] } } };
  const write = (servers: object[], validation = 'lenient'): Promise<string> =>
    folder.write('registry.yaml', manifest({ ...spec, validation }, { one: { 'registry.json': servers } }));
  const config = await write([server('a/good'), server('hidden/one', { repository: {} })]);
  await using running = await serverFor(folder, config, { internal: true });
  await eventually(() => serverNames(running.url), has('a/good'));
  const texts = async (url: string): Promise<string> => {
    const paths = ['/registry/report', '/registry/status', '/registry/history', '/readiness'];
    return (await Promise.all(paths.map(async (path) => (await fetch(url + path)).text()))).join('\n');
  };
  expect(await texts(running.internalUrl)).not.toContain('hidden/one');
  await write([server('a/good'), { name: 'secret/bad' }], 'strict');
  await eventually(
    () => statusOf(running.url),
    (status) => status.sources[0]?.state === 'failed',
  );
  expect(await texts(running.internalUrl)).toContain('secret/bad');
  expect(await texts(running.url)).not.toContain('secret/bad');
});
