import { describe, expect, test } from '@jest/globals';
import { realPages, rows } from './real-pages.ts';

const { open } = realPages();

describe('the other views', () => {
  test('skills are shown beside servers', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Skills', exact: true }).click();
    await page.locator('.row').nth(5).waitFor();
    await page.locator('.row a').first().click();
    await page.getByRole('heading', { name: 'Packages' }).waitFor();
  });

  test('the health of the registry has its sources, syncs and findings', async () => {
    const page = await open('?view=health');
    await page.locator('.source').nth(1).waitFor();
    await page.getByText('healthy').waitFor();
    await page.locator('svg.history rect').first().waitFor();
    await page.locator('.rule').first().waitFor();
  });
});

describe('the keyboard', () => {
  test('goes to the search from anywhere, and back to the entry that one came from', async () => {
    const page = await open('?view=health');
    await page.locator('.source').first().waitFor();
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.id === 'search');
    await page.keyboard.type('atlassian');
    await page.locator('mark').first().waitFor();
    await rows(page).first().locator('a').focus();
    const href = await rows(page).first().locator('a').getAttribute('href');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Add to client' }).waitFor();
    await page.goBack();
    await rows(page).first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(href);
  });

  test('goes everywhere: to the content, through a list, through tabs', async () => {
    const page = await open();
    await rows(page).first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await rows(page).first().locator('a').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Visual Studio Code' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: 'Claude Code' }).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await page.getByRole('tab', { name: 'Kubernetes' }).getAttribute('aria-selected')).toBe('true');
  });
});
