import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverFor, servingFiles, temporaryFolder } from '@toolhive-registry/registry-server/testing';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBrowser, type TestBrowser } from './browser.ts';
import { realCatalog } from './catalogs.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
});

/** An ingress that gives a registry a part of its paths, and takes that away before it asks, with a header that says so or without. */
async function ingress(upstream: string, prefix: string, header: boolean): Promise<AsyncDisposable & { readonly url: string }> {
  const server: Server = createServer((req, res) => {
    const path = req.url ?? '';
    const inside = path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`);
    if (!inside) {
      res.writeHead(404).end('not here');
      return;
    }
    const rest = path.slice(prefix.length);
    const headers = { ...req.headers, ...(header ? { 'x-forwarded-prefix': prefix } : {}) };
    const asked = request(
      new URL(rest.startsWith('/') ? rest : `/${rest}`, upstream),
      { method: req.method ?? 'GET', headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    asked.on('error', () => res.destroy());
    req.pipe(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

test.each<[what: string, path: string, header: boolean]>([
  ['with the header', '/team/mcp/', true],
  ['with the header, and no slash at the end', '/team/mcp', true],
  ['without the header', '/team/mcp/', false],
])('behind an ingress that strips a prefix, %s, deep links and assets work', async (_, path, header) => {
  await using server = await servingFiles({ toolhive: realCatalog('toolhive-catalog-2026-08-24.json') });
  await using front = await ingress(server.url, '/team/mcp', header);
  await using opened = await browser.open(`${front.url}${path}?q=github`);
  const { page } = opened;
  await page.locator('.row a').first().click();
  await page.getByRole('heading', { name: 'Add to client' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/team/mcp/');
  await page.reload();
  await page.getByRole('heading', { name: 'Add to client' }).waitFor();
  expect(await page.locator('footer code').textContent()).toBe(`${front.url}/team/mcp`);
  expect([opened.problems, opened.foreign]).toEqual([[], []]);
});

test('a registry that has no catalog yet says so, and shows it when it is there', async () => {
  await using folder = await temporaryFolder();
  const manifest =
    'apiVersion: toolhive.stacklok.dev/v1alpha1\nkind: MCPRegistry\nmetadata:\n  name: late\nspec:\n  syncPolicy:\n    interval: 5s\n  sources:\n    - name: a\n      type: file\n      file:\n        path: a.json\n';
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest));
  await using opened = await browser.open(server.url);
  await opened.page.getByText('The registry has no catalog yet').waitFor();
  await folder.write('a.json', JSON.stringify({ servers: { one: { image: 'example.com/one:1', description: 'The first' } } }));
  await opened.page.locator('.row').first().waitFor({ timeout: 15_000 });
});

test('a registry that goes away is distinguished from one without answers, and comes back by itself', async () => {
  await using server = await servingFiles({ toolhive: realCatalog('toolhive-catalog-2026-08-24.json') });
  await using opened = await browser.open(server.url);
  const { page, context } = opened;
  await page.locator('.row').first().waitFor();
  await context.setOffline(true);
  await page.getByRole('searchbox').fill('github');
  await page.getByText('The registry does not answer').first().waitFor();
  await context.setOffline(false);
  await page.locator('mark').first().waitFor({ timeout: 15_000 });
});

test.each<[status: number, body: string, said: string]>([
  [500, '{"error":"it broke"}', 'It broke.'],
  [502, '<html>bad gateway</html>', 'The registry answers with 502'],
  [200, 'not JSON', 'The answer of the registry is not JSON'],
  [200, 'null', 'The answer is not from a registry: "servers" is not what it should be'],
  [200, '{"servers":[null],"metadata":{}}', 'The answer is not from a registry: "servers" is not what it should be'],
  [503, '', 'This cannot be shown'],
])('an answer of %i %j is explained', async (status, body, said) => {
  await using server = await servingFiles({ toolhive: { servers: {} } });
  await using opened = await browser.open(`${server.url}/?view=health`);
  const { page } = opened;
  await page.locator('.source').first().waitFor();
  await page.route(/\/api\/v1\/servers\?/, (route) => route.fulfill({ status, body, contentType: 'application/json' }));
  await page.getByRole('link', { name: 'Servers' }).click();
  await page.getByText(said).waitFor();
  await page.unroute(/\/api\/v1\/servers\?/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The catalog is empty').waitFor();
});
