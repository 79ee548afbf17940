import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { startBrowser, type TestBrowser } from './browser.ts';
import { hostileCatalog } from './catalogs.ts';

let browser: TestBrowser;
let server: Awaited<ReturnType<typeof servingFiles>>;
beforeAll(async () => {
  const displayName = '<script>document.title="run"</script>\u202Egnp';
  [browser, server] = await Promise.all([startBrowser(), servingFiles({ hostile: hostileCatalog() }, { displayName })]);
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

const COUNT = hostileCatalog().length;

/** Direction overrides and controls. */
const UNSEEN = /(?![\n\t])[\p{Bidi_Control}\p{Cc}]/u;
/** What a text of a catalog may never become. */
const FORBIDDEN =
  'main script, main iframe, main form[action], main style, main link, main img, main object, main embed, [onerror], [onload], [onclick], a[href^="javascript:" i], a[href^="data:" i]';

test.each([
  ...Array.from({ length: COUNT }, (_, index) => [`?server=com.example%2Fhostile-${index}`, '.facts'] as const),
  ['', '.row'] as const,
])('hostile texts stay texts: "%s"', async (query, ready) => {
  await using opened = await browser.open(`${server.url}/${query}`);
  const { page } = opened;
  await page.locator(ready).first().waitFor();
  if (query !== '') {
    await page.locator('.readme').waitFor();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      expect(await page.locator('main').innerText()).not.toMatch(UNSEEN);
    }
  }
  expect(await page.locator(FORBIDDEN).count()).toBe(0);
  expect(await page.title()).not.toBe('run');
  expect(await page.locator('#content').count()).toBe(1);
  expect(await page.evaluate(() => typeof document.getElementById)).toBe('function');
  const text = await page.locator('body').innerText();
  // They are written by their numbers.
  expect(text).not.toMatch(UNSEEN);
  expect([opened.foreign, opened.problems]).toEqual([[], []]);
});

test('a search for a hostile text shows it as it is', async () => {
  await using opened = await browser.open(`${server.url}/?q=${encodeURIComponent('<img src=x onerror=alert(1)> zzz')}`);
  await opened.page.getByRole('searchbox').waitFor();
  await opened.page.locator('.total, .notice').first().waitFor();
  expect(await opened.page.locator('main img').count()).toBe(0);
  expect(opened.problems).toEqual([]);
});

test('the policy for contents keeps scripts away that are not the page itself', async () => {
  await using opened = await browser.open(server.url);
  await opened.page.locator('.row').first().waitFor();
  const refused = await opened.page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.push(effectiveDirective));
    const inline = document.createElement('script');
    try {
      inline.textContent = 'document.title = "run"';
      document.body.append(inline);
    } catch {
      seen.push('trusted types');
    }
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src="https://tracker.example/pixel.png">');
    } catch {
      seen.push('trusted types');
    }
    await fetch('https://tracker.example/').catch(() => undefined);
    // The event comes behind the refusal.
    await new Promise((resolve) => setTimeout(resolve));
    return seen;
  });
  expect(refused).toContain('trusted types');
  expect(refused).toContain('connect-src');
  expect(await opened.page.title()).not.toBe('run');
});
