import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { realCatalog } from './catalogs.ts';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import type { Page } from 'playwright-core';
import { startBrowser, type TestBrowser, type TestPage } from './browser.ts';

/** A server with several versions, of which the last one asks for a secret. */
const SEVERAL_VERSIONS = 'com.example/several';

let browser: TestBrowser;
let server: Awaited<ReturnType<typeof servingFiles>>;
let opened: TestPage | undefined;

beforeAll(async () => {
  const files = {
    toolhive: realCatalog('toolhive-catalog-2026-08-24.json'),
    official: realCatalog('official-registry-dump-2026-02-06.json'),
    several: ['1.0.0', '1.1.0', '2.0.0'].map(versionOf),
  };
  [browser, server] = await Promise.all([startBrowser(), servingFiles(files, { displayName: 'Test catalog' })]);
}, 60_000);
afterEach(async () => {
  // What is not there is told on the console by the browser itself.
  const problems = opened?.problems.filter((text) => !text.includes('404 (Not Found)'));
  expect([problems, opened?.foreign]).toEqual([[], []]);
  await opened?.[Symbol.asyncDispose]();
  opened = undefined;
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

async function open(query = '', options: Parameters<TestBrowser['open']>[1] = {}): Promise<Page> {
  opened = await browser.open(`${server.url}/${query}`, options);
  return opened.page;
}

function rows(page: Page): ReturnType<Page['locator']> {
  return page.locator('.results .row');
}

function versionOf(version: string): object {
  const secret = { name: 'TOKEN', description: 'Asked for since 2.0.0', isSecret: true, isRequired: true };
  return {
    name: SEVERAL_VERSIONS,
    description: `Version ${version}`,
    version,
    packages: [
      {
        registryType: 'npm',
        identifier: '@example/several',
        version,
        transport: { type: 'stdio' },
        environmentVariables: version === '2.0.0' ? [secret] : [],
      },
    ],
  };
}

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
    opened?.problems.splice(0);
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

describe('a server', () => {
  test('has what is needed to decide', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian');
    for (const title of ['Add to client', 'About', 'Tools', 'Packages', 'Versions', 'Facts', 'Permissions', 'Where it comes from']) {
      await page.getByRole('heading', { name: title, exact: false }).first().waitFor();
    }
    await page.locator('.readme p').first().waitFor();
    expect(await page.locator('.readme h1, .readme h2').count()).toBe(0);
    expect(await page.getByText('.atlassian.net').count()).toBeGreaterThan(0);
    expect(await page.locator('tr', { hasText: 'JIRA_API_TOKEN' }).getByText('secret').count()).toBe(1);
    await page.getByText('nothing was repaired').waitFor();
  });

  test('puts what is typed into the text for each client, and sends it nowhere', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian');
    await page.getByText(/\d+ optional/).click();
    await page.getByLabel('JIRA_URL').fill("https://a.example/'; rm -rf ~");
    for (const [tab, text] of [
      ['Visual Studio Code', 'code --add-mcp'],
      ['Claude Code', 'claude mcp add'],
      ['ToolHive (thv)', 'thv run'],
      ['Codex', 'codex'],
      ['JSON (mcpServers)', 'mcpServers'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await page.locator('.copyable pre', { hasText: text }).first().waitFor();
      expect(await page.locator('[role=tabpanel]').textContent()).toContain('rm -rf');
    }
    await page.getByRole('tab', { name: 'Kubernetes' }).click();
    await page.locator('pre', { hasText: 'kind: MCPServer' }).waitFor();
    expect(await page.locator('pre', { hasText: 'kind: MCPServer' }).textContent()).toContain('toolhive.stacklok.io/registry-name: test');
  });

  test('is opened in clients by links of theirs alone', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian');
    const link = page.getByRole('link', { name: 'Open in Visual Studio Code' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toMatch(/^vscode:mcp\/install\?%7B/);
    await page.getByRole('tab', { name: 'Cursor' }).click();
    expect(await page.getByRole('link', { name: 'Open in Cursor' }).getAttribute('href')).toMatch(
      /^cursor:\/\/anysphere\.cursor-deeplink\//,
    );
  });

  test('is copied with one press', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('tab', { name: 'ToolHive (thv)' }).click();
    await page
      .getByRole('button', { name: /^Copy command/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Copied/ }).waitFor();
    // The page itself may not read the clipboard.
    await page.evaluate(() => document.body.append(document.createElement('textarea')));
    await page.locator('textarea').focus();
    await page.keyboard.press('ControlOrMeta+V');
    expect(await page.locator('textarea').inputValue()).toMatch(/^thv run /);
  });

  test('has versions that are compared, any two of them', async () => {
    const page = await open(`?server=${encodeURIComponent(SEVERAL_VERSIONS)}`);
    const select = page.getByLabel(/changed since/);
    await select.waitFor();
    const versions = await select.locator('option').allTextContents();
    await select.selectOption(versions.at(-1) ?? '');
    await page.waitForURL(/&compared=/);
    await page.locator('.statements li', { hasText: 'TOKEN' }).waitFor();
    expect(await page.locator('.statements .badge').first().textContent()).toBe('security');
    expect(await page.getByText(/Field by field/).count()).toBe(1);
  });

  test.each<[query: string, said: string]>([
    ['?server=io.example%2Fnot-there', 'There is no such server'],
    ['?server=not-there', 'There is no such server'],
    ['?server=io.github.stacklok%2Fatlassian&version=99', 'There is no such version'],
    ['?view=skills&skill=a%2Fb', 'There is no such skill'],
  ])('%s: %s', async (query, said) => {
    const page = await open(query);
    await page.getByText(said).waitFor();
  });
});

describe('what a name leads to', () => {
  test('lists lead to full names, and a short one that is typed becomes the full one', async () => {
    const page = await open('?server=atlassian');
    await page.waitForURL(/\?server=io\.github\.stacklok%2Fatlassian$/);
    await page.getByRole('link', { name: 'Catalog', exact: true }).click();
    await rows(page).first().waitFor();
    const links = await page.locator('a.row-link').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.filter((href) => !href.includes('%2F'))).toEqual([]);
  });

  test('the chosen client is in the address', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian&client=codex');
    await page.getByRole('tab', { name: 'Codex' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Codex' }).getAttribute('aria-selected')).toBe('true');
  });

  test('a value that cannot be used is named at its field, and the rest stays', async () => {
    const page = await open('?server=io.github.stacklok%2Fatlassian&client=thv');
    await page.getByText(/\d+ optional/).click();
    await page.getByLabel('JIRA_URL').fill('https://a.example');
    await page.getByLabel('JIRA_USERNAME').fill('zero\u200Bwidth');
    await page.getByText('This value is left out.').waitFor();
    expect(await page.getByLabel('JIRA_USERNAME').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('JIRA_USERNAME').inputValue()).toBe('zero\u200Bwidth');
    expect(await page.locator('[role=tabpanel] pre').first().textContent()).toContain('https://a.example');
  });
});

describe('the other views', () => {
  test('skills stand beside servers', async () => {
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
