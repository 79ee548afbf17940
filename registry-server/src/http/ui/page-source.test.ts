import { expect, test } from '@jest/globals';
import { manifest, ONE_CONFIGMAP, serverFor, temporaryFolder } from '../../testing.ts';
import { askRaw } from '../testing.ts';
import { createPageSource } from './page-source.ts';
import { packPage } from './packed-page.ts';

const BROWSER = { Accept: 'text/html, */*;q=0.8' };

test('from the sources a server builds the page, and serves all that it refers to', async () => {
  await using folder = await temporaryFolder();
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(ONE_CONFIGMAP)));
  const document = (await askRaw(`${server.url}/`, BROWSER)).body.toString();
  const files = [...document.matchAll(/(?:src|href)="(ui\/[^"]+)"/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect([file, (await askRaw(`${server.url}/${file}`)).status]).toEqual([file, 200]);
  expect(await server.preparePage()).toBe(true);
});

test('with --ui=false there is none', async () => {
  await using folder = await temporaryFolder();
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(ONE_CONFIGMAP)), { ui: false });
  expect((await askRaw(`${server.url}/`, BROWSER)).headers['content-type']).toBe('application/json');
  expect((await askRaw(`${server.url}/ui/page.js`)).status).toBe(404);
  expect(await server.preparePage()).toBe(false);
});

test('a page that cannot be built is logged once, and everyone gets JSON', async () => {
  await using folder = await temporaryFolder();
  const log: unknown[] = [];
  let builds = 0;
  const page = createPageSource({ error: (...line: unknown[]) => void log.push(line) }, () => {
    builds += 1;
    return Promise.reject(new Error('esbuild is missing'));
  });
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(ONE_CONFIGMAP)), { page });
  for (let round = 0; round < 2; round += 1) {
    const { status, headers } = await askRaw(`${server.url}/`, BROWSER);
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect((await askRaw(`${server.url}/ui/page.js`)).status).toBe(404);
  }
  expect(await server.preparePage()).toBe(false);
  expect(builds).toBe(1);
  expect(log).toEqual([
    [{ err: 'esbuild is missing' }, expect.stringMatching(/^the page for browsers cannot be built; GET \/ answers in JSON/)],
  ]);
});

test.each(['<html></html>', '<!-- base --><!-- base -->'])('a document without one place for its base is refused: %s', async (html) => {
  await expect(packPage({ html, files: [] }, '<!-- base -->')).rejects.toThrow('the document of the page must have <!-- base --> once');
});
