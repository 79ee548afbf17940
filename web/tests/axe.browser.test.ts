import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { realCatalog } from './catalogs.ts';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { startBrowser, type TestBrowser } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: TestBrowser;
let server: Awaited<ReturnType<typeof servingFiles>>;
beforeAll(async () => {
  const servers = servingFiles({
    toolhive: realCatalog('toolhive-catalog-2026-08-24.json'),
    legacy: realCatalog('toolhive-legacy-2025-10-22.json'),
  });
  [browser, server] = await Promise.all([startBrowser(), servers]);
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

const VIEWS: readonly (readonly [query: string, ready: string])[] = [
  ['', '.row'],
  ['?q=database', '.row mark'],
  ['?q=zzzzzz', '.notice'],
  ['?server=io.github.stacklok%2Fatlassian', '.readme p'],
  ['?view=health', '.rule'],
  ['?view=skills', '.row'],
];

test.each(VIEWS.flatMap(([query, ready]) => (['light', 'dark'] as const).map((theme) => [query, theme, ready] as const)))(
  'axe finds nothing wrong with "%s" in the %s theme',
  async (query, colorScheme, ready) => {
    // The policy for contents refuses scripts that are not the page's own.
    await using opened = await browser.open(`${server.url}/${query}`, {
      colorScheme,
      bypassCSP: true,
      viewport: { width: 1280, height: 900 },
    });
    await opened.page.locator(ready).first().waitFor();
    await opened.page.evaluate(AXE);
    const found = await opened.page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run();
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html }) => html)
            .join(' ')}`,
      );
    });
    expect(found).toEqual([]);
  },
);

test.each([320, 600])('on a screen of %i pixels nothing is wider than it', async (width) => {
  for (const [query, ready] of VIEWS) {
    await using opened = await browser.open(`${server.url}/${query}`, { viewport: { width, height: 800 } });
    await opened.page.locator(ready).first().waitFor();
    const wide = await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([query, Math.max(0, wide)]).toEqual([query, 0]);
  }
});
