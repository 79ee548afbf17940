import { chromiumPath } from '@toolhive-registry/testenv';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** For tests: a real browser. */
export interface TestBrowser extends AsyncDisposable {
  /** Opens a page of the registry in a window of its own. */
  open(url: string, options?: BrowserContextOptions): Promise<TestPage>;
}

/** For tests: a page, and what went wrong on it. */
export interface TestPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console, exceptions, refusals of the policy for contents. */
  readonly problems: string[];
  /** Requests to anywhere but the registry. There must never be one. */
  readonly foreign: readonly string[];
}

/** Nothing that the browser does by itself. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

/** For tests: starts Chromium without a window. */
export async function startBrowser(): Promise<TestBrowser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('there is no Chromium here; install it, or name the program in CHROMIUM');
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  return {
    open: async (url, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      // Before the test's own limit, so that its error says what was waited for.
      page.setDefaultTimeout(15_000);
      const [problems, foreign]: [string[], string[]] = [[], []];
      const { origin } = new URL(url);
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      page.on('pageerror', (error) => problems.push(error.message));
      context.on('request', (request) => {
        const asked = request.url();
        if (!asked.startsWith('data:') && new URL(asked).origin !== origin) foreign.push(asked);
      });
      await page.goto(url);
      return { page, context, problems, foreign, [Symbol.asyncDispose]: () => context.close() };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
