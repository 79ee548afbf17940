import { describe, expect, test } from '@jest/globals';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { catalog, eventually, has, manifest, ONE_CONFIGMAP, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

describe('on request', () => {
  test('a sync is accepted, a second one while it runs is refused, and it is recorded as manual', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing && status.lastSync !== null,
    );
    expect(server.engine.request()).toEqual({ kind: 'started' });
    const refused = await fetch(`${server.url}/registry/sync`, { method: 'PUT' });
    const accepted = await eventually(
      () => fetch(`${server.url}/registry/sync`, { method: 'POST' }),
      (response) => response.status === 202,
    );
    expect([202, 409]).toContain(refused.status);
    expect(accepted.headers.get('location')).toBe('/registry/status');
    expect(
      (
        await eventually(
          () => statusOf(server.url),
          (status) => !status.syncing && status.lastSync?.type === 'manual',
        )
      ).lastSync,
    ).toMatchObject({ result: 'completed', serverCount: 1 });
  });

  test('two requests at once: one runs, the other is answered so', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing && status.lastSync !== null,
    );
    expect([server.engine.request(), server.engine.request()]).toEqual([{ kind: 'started' }, { kind: 'running', sources: ['default'] }]);
  });

  test('one source is asked alone: 404 names those there are, 409 what is being read', async () => {
    await using folder = await temporaryFolder();
    const spec = { sources: ['one', 'two'].map((name) => ({ name, configmap: { name }, syncPolicy: { type: 'manual' } })) };
    const data = { one: { 'registry.json': catalog('a') }, two: { 'registry.json': catalog('b') } };
    await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(spec, data)));
    await eventually(() => serverNames(server.url), has('a', 'b'));
    const post = (query: string): Promise<Response> => fetch(`${server.url}/registry/sync${query}`, { method: 'POST' });
    const unknown = await post('?source=three');
    expect([unknown.status, ((await unknown.json()) as { detail: string }).detail]).toEqual([
      404,
      'there is no source "three"; this registry has one, two',
    ]);
    await folder.write(
      'registry.yaml',
      manifest(spec, { one: { 'registry.json': catalog('a', 'a2') }, two: { 'registry.json': catalog('b', 'b2') } }),
    );
    expect(server.engine.request('one')).toEqual({ kind: 'started' });
    expect(server.engine.request('one')).toEqual({ kind: 'running', sources: ['one'] });
    await eventually(
      () => statusOf(server.url),
      ({ syncing }) => !syncing,
    );
    await eventually(
      async () => {
        await post('?source=one');
        return serverNames(server.url);
      },
      has('a', 'a2', 'b'),
    );
    const annotations = { 'toolhive.stacklok.dev/sync-trigger': 'now', 'toolhive.stacklok.dev/sync-source': ' two , nobody' };
    await folder.write(
      'registry.yaml',
      manifest(spec, { one: { 'registry.json': catalog('a', 'a3') }, two: { 'registry.json': catalog('b', 'b2') } }, { annotations }),
    );
    await eventually(() => serverNames(server.url), has('a', 'a2', 'b', 'b2'));
    await eventually(
      () => statusOf(server.url),
      ({ lastSyncTrigger }) => lastSyncTrigger === 'now',
    );
  });

  test('a poll that finds nothing new writes nothing', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write(
      'registry.yaml',
      manifest({ ...ONE_CONFIGMAP, syncPolicy: { interval: '5s' } }, { data: { 'registry.json': catalog('a') } }),
    );
    await using server = await serverFor(folder, config);
    const state = join(folder.path, 'storage/state');
    await eventually(
      () =>
        stat(state).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      (time) => time > 0,
    );
    const before = await stat(state, { bigint: true });
    const first = (await statusOf(server.url)).lastSync?.completionTime;
    await eventually(
      () => statusOf(server.url),
      ({ lastSync, syncing }) => !syncing && lastSync?.completionTime !== first,
    );
    expect((await stat(state, { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });

  test('each new value of the annotation syncs once, and a manual policy waits for it', async () => {
    await using folder = await temporaryFolder();
    await folder.write('catalog.json', JSON.stringify(catalog('a')));
    const spec = { source: { type: 'file', file: { path: 'catalog.json' } }, syncPolicy: { type: 'manual' } };
    const config = await folder.write('registry.yaml', manifest(spec));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    await folder.write('catalog.json', JSON.stringify(catalog('b')));
    await folder.write('registry.yaml', manifest({ ...spec, displayName: 'edited' }));
    await eventually(
      async () => ((await (await fetch(server.url)).json()) as { displayName: string }).displayName,
      (name) => name === 'edited',
    );
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing,
    );
    expect(await serverNames(server.url)).toEqual(['a']);
    await folder.write('registry.yaml', manifest(spec, {}, { annotations: { 'toolhive.stacklok.dev/sync-trigger': 'now' } }));
    await eventually(() => serverNames(server.url), has('b'));
    expect(
      await eventually(
        () => statusOf(server.url),
        (status) => status.lastSyncTrigger === 'now',
      ),
    ).toMatchObject({ lastSync: { type: 'manual' } });
  });

  test('a long poll of the status answers when a fact changes, and 304 when none does', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing && status.ready,
    );
    const etag = (await fetch(`${server.url}/registry/status`)).headers.get('etag') ?? '';
    const poll = (wait: string): Promise<Response> =>
      fetch(`${server.url}/registry/status?wait=${wait}`, { headers: { 'If-None-Match': etag } });
    expect((await poll('0.05s')).status).toBe(304);
    // A sync that changes nothing is no news.
    const quiet = poll('0.5');
    await fetch(`${server.url}/registry/sync`, { method: 'POST' });
    expect((await quiet).status).toBe(304);
    const waiting = poll('30s');
    await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a', 'b') } }));
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(
      (
        await eventually(
          () => statusOf(server.url),
          (status) => status.serverCount === 2,
        )
      ).ready,
    ).toBe(true);
  });
});
