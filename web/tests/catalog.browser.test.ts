import { describe, expect, test } from '@jest/globals';
import { realPages, rows } from './real-pages.ts';

const { open, expectProblems } = realPages();

describe('the catalog', () => {
  test('shows its servers, how many there are, and more of them when it is scrolled', async () => {
    const page = await open();
    await rows(page).nth(49).waitFor();
    expect(await page.title()).toBe('Test catalog');
    expect(await page.getByRole('status').first().textContent()).toMatch(/^1,\d{3} servers$/);
    await page.mouse.wheel(0, 100_000);
    await rows(page).nth(99).waitFor();
  });

  test('finds servers while words are typed, says why, and keeps the words in the address', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('postgres queries');
    await page.waitForURL(/\?q=postgres\+queries$/);
    await page.locator('.results mark').first().waitFor();
    expect(await page.locator('.results mark').first().textContent()).toMatch(/postgres|quer/i);
    await page.waitForFunction(() => document.title === 'postgres queries · Test catalog');
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('postgres queries');
    await page.locator('.results mark').first().waitFor();
  });

  test('is narrowed down by facets, whose counts hold', async () => {
    const page = await open();
    const choice = page.locator('.choice', { hasText: 'Community' });
    const count = (await choice.locator('.count').textContent()) ?? '';
    await choice.locator('input').check();
    await page.waitForURL(/\?tier=Community$/);
    await page
      .getByRole('status')
      .filter({ hasText: `${count} servers found` })
      .waitFor();
    // Its own choice does not count for its own numbers.
    expect(await page.locator('.choice', { hasText: 'Official' }).count()).toBe(1);
    await page.getByRole('button', { name: /Tier: Community/ }).click();
    await page.waitForURL((url) => url.search === '');
  });

  test('is sorted by what was changed last', async () => {
    const page = await open();
    const answered = page.waitForResponse((response) => response.url().includes('sort=updated'));
    await page.getByLabel('Sort by').selectOption('updated');
    await page.waitForURL(/\?sort=updated$/);
    const { servers } = (await (await answered).json()) as { servers: { full_name: string }[] };
    await page.waitForFunction((name) => document.querySelector('.row-name')?.textContent === name, servers[0]?.full_name ?? '');
  });

  test('says why nothing was found, and leads back', async () => {
    const page = await open('?q=zzzzzzzz&tier=Community');
    await page.getByText('No server was found').waitFor();
    await page.getByRole('link', { name: 'Show the whole catalog' }).click();
    await rows(page).first().waitFor();
  });

  test('is there again as it was when one comes back from a server', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    await page.mouse.wheel(0, 100_000);
    await rows(page).nth(99).waitFor();
    await rows(page).nth(60).scrollIntoViewIfNeeded();
    const before = [await rows(page).count(), await page.evaluate(() => Math.round(scrollY))];
    await rows(page).nth(60).locator('a').click();
    await page.getByRole('heading', { name: 'Add to client' }).waitFor();
    let asked = 0;
    page.on('request', (request) => (asked += request.url().includes('/api/v1/servers?limit=50') ? 1 : 0));
    await page.goBack();
    await rows(page).nth(99).waitFor();
    await page.waitForFunction((top) => Math.abs(scrollY - top) < 2, before[1] ?? 0);
    expect([await rows(page).count(), asked]).toEqual([before[0], 0]);
  });
});

describe('what comes at the wrong time', () => {
  test('a filter that is chosen while words are typed stays', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    await page.getByRole('searchbox').fill('github');
    await page.locator('.choice', { hasText: 'Community' }).locator('input').check();
    await page.waitForURL(/\?q=github&tier=Community$/);
  });

  test('a page that fails is not asked for without end, and what was read stays', async () => {
    const page = await open();
    await rows(page).nth(49).waitFor();
    let asked = 0;
    await page.route(/cursor=/, (route) => {
      asked += 1;
      return route.fulfill({ status: 500, body: '{"error":"it broke"}', contentType: 'application/json' });
    });
    await page.mouse.wheel(0, 100_000);
    await page.getByText('It broke.').waitFor();
    expect([asked, await rows(page).count()]).toEqual([1, 50]);
    await page.unroute(/cursor=/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows(page).nth(99).waitFor();
    expectProblems();
  });

  test('a slow answer to another question changes nothing', async () => {
    const page = await open('?q=github');
    await rows(page).first().waitFor();
    const first = await rows(page).first().textContent();
    await page.getByLabel('Sort by').selectOption('name');
    await page.waitForURL(/sort=name/);
    await page.waitForFunction((text) => document.querySelector('.row')?.textContent !== text, first);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/cursor=/, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector('.row')?.textContent === text, first);
    await page.mouse.wheel(0, 100_000);
    await page.goForward();
    await page.waitForFunction((text) => document.querySelector('.row')?.textContent !== text, first);
    const sorted = await rows(page).allTextContents();
    release();
    await page.waitForLoadState('networkidle');
    expect(await rows(page).allTextContents()).toEqual(sorted);
  });

  test('two servers with a README, one after the other', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian');
    await page.locator('.readme p').first().waitFor();
    await page.getByRole('link', { name: 'Catalog', exact: true }).click();
    await page.getByRole('searchbox').fill('grafana');
    await page.locator('a.row-link[href$="=grafana"], a.row-link[href$="stacklok%2Fgrafana"]').click();
    await page.getByRole('heading', { name: 'Add to client' }).waitFor();
    await page.locator('.readme p').first().waitFor();
    expect(await page.locator('.readme').textContent()).toContain('Grafana');
  });
});
