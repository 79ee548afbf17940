import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '../../sources/contract.ts';
import { openStore } from '../../store/store.ts';
import { temporaryFolder } from '../../testing.ts';
import { fetchSource, type FetchJob } from './fetch.ts';

function jobFor(source: Source, timeoutMs = 10_000): FetchJob {
  return { name: 'a', source, location: 'here', timeoutMs };
}

function giving(text: string): Source {
  return {
    fetch: async (request) => {
      await request.save([Buffer.from(text)]);
      return { unchanged: false };
    },
  };
}

test('an abandoned question overwrites nothing, although it continues', async () => {
  await using folder = await temporaryFolder();
  const store = await openStore(join(folder.path, 'storage'));
  let goOn = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let isOver = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  const late: Source = {
    fetch: async (request) => {
      await request
        .save(
          (async function* () {
            yield Buffer.from('old');
            await waiting;
            yield Buffer.from('er');
          })(),
        )
        .finally(isOver);
      return { unchanged: false };
    },
  };
  const given = new AbortController();
  const first = fetchSource(jobFor(late), store, given.signal);
  given.abort(new Error('given up'));
  expect(await first).toMatchObject({ kind: 'failed' });
  const second = await fetchSource(jobFor(giving('new')), store, new AbortController().signal);
  goOn();
  await over;
  const path = second.kind === 'staged' ? second.data.path : '';
  expect(await readFile(path, 'utf8')).toBe('new');
  await store.close();
});

test.each<[string, Source, message: string]>([
  ['gives nothing', { fetch: () => Promise.resolve({ unchanged: false }) }, 'here gave no data'],
  [
    'gives data twice',
    {
      fetch: async (request) => {
        await request.save([Buffer.from('1')]);
        await request.save([Buffer.from('2')]);
        return { unchanged: false };
      },
    },
    'gave data twice',
  ],
])('a source that %s fails with a sentence', async (_, source, message) => {
  await using folder = await temporaryFolder();
  const store = await openStore(join(folder.path, 'storage'));
  const outcome = await fetchSource(jobFor(source), store, new AbortController().signal);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'SourceUnreadable', message: expect.stringContaining(message) } });
  await store.close();
});
