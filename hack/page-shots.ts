/**
 * `node hack/page-shots.ts`: takes the screenshots of the page for docs/, each view in both themes, in Chromium, with real catalogs. Review them
 * before they are committed: the behavior of the page is tested in web/tests.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { chromiumPath } from '@toolhive-registry/testenv';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { chromium } from 'playwright-core';
import { ROOT } from './build/options.ts';

const FOLDER = `${ROOT}docs/images`;
/** Views, by the names of their pictures: where they are, and what has to be there. */
const VIEWS = {
  catalog: ['?q=issues', '.row mark'],
  server: ['?server=io.github.stacklok%2Fgithub', '.readme p'],
  skills: ['?view=skills', '.row'],
  health: ['?view=health', '.rule'],
} as const;

const executablePath = chromiumPath();
if (executablePath === undefined) throw new Error('there is no Chromium here; install it, or name the program in CHROMIUM');
const catalog = (name: string): string => readFileSync(`${ROOT}catalog/testdata/${name}`, 'utf8');
await using server = await servingFiles(
  { toolhive: catalog('toolhive-catalog-2026-08-24.json'), community: catalog('official-registry-dump-2026-02-06.json') },
  { displayName: 'Production catalog' },
);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
mkdirSync(FOLDER, { recursive: true });
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, [query, ready]] of Object.entries(VIEWS)) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 760 } });
    await page.goto(`${server.url}/${query}`);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png` });
    await page.close();
    console.log(`${FOLDER}/${name}-${colorScheme}.png`);
  }
}
await browser.close();
