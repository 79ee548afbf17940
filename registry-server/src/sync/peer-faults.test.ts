import { describe, expect, test } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { httpHost, reply } from '../outbound/testing.ts';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

/*
 * Faults of ToolHive's operator (2025) and of its registry server (up to v1.5.1) that users met when sources were synced. Others are shown beside the
 * part that they belong to: a failure that stuck with restored data and a filter that was lost while its sync failed in sync.test.ts; a trigger that
 * was taken for done, and polls that write, in request.test.ts; intervals that were not kept, and sources that starved, in machine/transition.test.ts; a failing source that kept pods from starting in e2e/chainsaw/missing-source; cursors
 * answered with 500, empty `_meta` and searches for % in http/; federation, authorization, conditional and incremental requests in sources/registry/;
 * two refs at once in api/; SSH and clones without an end in git/.
 */
describe('other than with ToolHive', () => {
  test('a source that is edited to another place is read at once', async () => {
    await using host = await httpHost((req, res) => reply(res, 200, JSON.stringify(catalog(req.url === '/one' ? 'one' : 'two'))));
    await using folder = await temporaryFolder();
    const write = (path: string): Promise<string> =>
      folder.write('registry.yaml', manifest({ source: { type: 'url', url: `${host.url}/${path}` }, syncPolicy: { interval: '1h' } }));
    await using server = await serverFor(folder, await write('one'));
    await eventually(() => serverNames(server.url), has('one'));
    await write('two');
    await eventually(() => serverNames(server.url), has('two'));
  });

  test('failures are counted and tried again before the interval is over, and what is known of the last success stays', async () => {
    const good = (res: ServerResponse): void => reply(res, 200, JSON.stringify(catalog('a')));
    let answer = good;
    await using host = await httpHost((_, res) => answer(res));
    await using folder = await temporaryFolder();
    const syncPolicy = { interval: '1h', retryPolicy: { maxAttempts: 10, backoffInterval: '1s', backoffMultiplier: '1' } };
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'url', url: host.url }, syncPolicy }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const [before] = (await statusOf(server.url)).sources;
    answer = (res) => reply(res, 500);
    await fetch(`${server.url}/registry/sync`, { method: 'POST' });
    const { sources, lastSync } = await eventually(
      () => statusOf(server.url),
      (status) => (status.sources[0]?.attemptCount ?? 0) >= 2,
    );
    const { hash, lastSuccessTime, serverCount } = before ?? {};
    expect(sources[0]).toMatchObject({ state: 'failed', hash, lastSuccessTime, serverCount });
    expect(lastSync).toMatchObject({ result: 'failed' });
    answer = good;
    const [healed] = (
      await eventually(
        () => statusOf(server.url),
        (status) => status.sources[0]?.state === 'ok',
      )
    ).sources;
    expect(healed).toMatchObject({ hash, attemptCount: 0 });
  });

  test.each<[string, unknown]>([
    [
      'upstream',
      {
        $schema: 'x',
        version: '1.0.0',
        meta: { last_updated: '2026-01-01T00:00:00Z' },
        data: { servers: [], skills: [{ namespace: 'a', name: 'b', version: '1', description: 'c' }] },
      },
    ],
    ['ToolHive', { version: '1.0.0', servers: {} }],
    ['page', { servers: [], metadata: { count: 0 } }],
  ])('a catalog of the %s form without servers is a valid one', async (_, content) => {
    await using host = await httpHost((__, res) => reply(res, 200, JSON.stringify(content)));
    await using folder = await temporaryFolder();
    await using server = await serverFor(folder, await folder.write('registry.yaml', manifest({ source: { type: 'url', url: host.url } })));
    await eventually(
      () => statusOf(server.url),
      ({ conditions }) => conditions.every(({ status }) => status === 'True'),
    );
    expect(await serverNames(server.url)).toEqual([]);
  });
});
