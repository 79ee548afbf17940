import { describe, expect, test } from '@jest/globals';
import { realPages, rows, SEVERAL_VERSIONS } from './real-pages.ts';

const { open } = realPages();

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
