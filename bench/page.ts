import { chromiumPath } from '@toolhive-registry/testenv';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { untilOk } from './http.ts';
import { imageProgram } from './image.ts';
import { largeCatalog } from './large-catalog.ts';
import { median, type Measure, type PartResult } from './measure.ts';
import { quickstartInPod } from './pod-layout.ts';
import { startServerProgram } from './programs.ts';
import { Scope } from './scope.ts';

const ROUNDS = 7;
/** CPU throttling factor of the browser. */
const SLOW_DOWN = 4;
const ENTRIES = 75_000;
const TARGETS = { firstViewMs: 1_000, firstViewKB: 60, interactionMs: 100 };

// Scripts for the page, as text: this program does not have browser types.
/** Notes when the first server of the list was there. */
const WATCH_ROWS = `
new MutationObserver((_, observer) => {
  if (document.querySelector('.row') === null) return;
  observer.disconnect();
  globalThis.firstRow = performance.now();
}).observe(document, { childList: true, subtree: true });
`;
/** Notes how long interactions take until the next frame is painted (Event Timing API). Those under 16 ms are not reported. */
const WATCH_INTERACTIONS = `
globalThis.interactions = [];
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) interactions.push(duration);
}).observe({ type: 'event', durationThreshold: 16 });
`;
const WORDS = ['postgres', 'send an email', 'github issues', 'weather'];

/** The page in Chromium: the first view on a slow machine, what it transfers, and how long interactions take with a large catalog. */
export async function measurePage(signal: AbortSignal): Promise<PartResult> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return { measures: [], leftOut: 'there is no Chromium here; install the package chromium' };
  await using scope = new Scope(signal);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    return { measures: [...(await firstView(browser, scope, signal)), ...(await interactions(browser, scope, signal))] };
  } finally {
    await browser.close();
  }
}

async function firstView(browser: Browser, scope: Scope, signal: AbortSignal): Promise<Measure[]> {
  const server = await startServerProgram(scope, await imageProgram(scope, 'registry-server'), await quickstartInPod(scope));
  await untilOk(`${server.internalUrl}/readiness`, server, signal);
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    signal.throwIfAborted();
    const { page, devtools, close } = await slowPage(browser);
    const received = await receivedBy(devtools);
    await page.addInitScript(WATCH_ROWS);
    await page.goto(server.url);
    await page.locator('.row').first().waitFor();
    times.push(await valueOf<number>(devtools, 'firstRow'));
    await page.waitForLoadState('networkidle');
    bytes = received()
      .filter(({ url }) => !url.includes('/v0.1/') && !url.includes('/api/'))
      .reduce((sum, one) => sum + one.bytes, 0);
    await close();
  }
  return [
    {
      name: 'page, first view: until servers are shown',
      value: median(times),
      unit: 'ms',
      target: { atMost: TARGETS.firstViewMs },
      note: `median of ${ROUNDS} with an empty cache and the processor ${SLOW_DOWN} times slower, worst ${Math.round(Math.max(...times))} ms; 88 servers`,
    },
    {
      name: 'page, first view: document, scripts and styles as sent',
      value: bytes / 1000,
      unit: 'kB',
      target: { atMost: TARGETS.firstViewKB },
      note: 'compressed, with headers',
    },
  ];
}

async function interactions(browser: Browser, scope: Scope, signal: AbortSignal): Promise<Measure[]> {
  const folder = await scope.folder();
  await writeFile(join(folder, 'large.json'), largeCatalog({ versions: ENTRIES }));
  const config = join(folder, 'registry.yaml');
  await writeFile(
    config,
    'apiVersion: toolhive.stacklok.dev/v1alpha1\nkind: MCPRegistry\nmetadata:\n  name: large\nspec:\n  sources:\n    - name: large\n      type: file\n      file:\n        path: large.json\n',
  );
  const server = await startServerProgram(scope, await imageProgram(scope, 'registry-server'), { config, onePort: true });
  await untilOk(`${server.url}/readiness`, server, signal);
  const { page, devtools, close } = await openPage(browser);
  await page.addInitScript(WATCH_INTERACTIONS);
  await page.goto(server.url);
  await page.locator('.row').first().waitFor();
  const answers: number[] = [];
  for (const words of WORDS) {
    signal.throwIfAborted();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').pressSequentially(words, { delay: 40 });
    answers.push(await untilShown(page, words));
    await page.locator('.choice input').first().click();
    await page.locator('.choice input').first().click();
  }
  await page.mouse.wheel(0, 50_000);
  await page.waitForTimeout(500);
  const times = await valueOf<number[]>(devtools, 'interactions');
  await close();
  return [
    {
      name: `page, ${ENTRIES.toLocaleString('en')} entries: longest interaction until it is painted`,
      value: Math.max(16, ...times),
      unit: 'ms',
      target: { atMost: TARGETS.interactionMs },
      note: `typing and choosing filters; ${times.length} took 16 ms or more`,
    },
    {
      name: `page, ${ENTRIES.toLocaleString('en')} entries: last letter until the answers are shown`,
      value: median(answers),
      unit: 'ms',
      target: { atMost: 1_000 },
      note: `median of ${answers.length} questions, worst ${Math.round(Math.max(...answers))} ms; 120 ms of it wait for another letter`,
    },
  ];
}

/** Whether this is the list for the words, and not the count of deployed servers. */
function isAnswer({ pathname, searchParams }: URL, words: string): boolean {
  return pathname === '/api/v1/servers' && searchParams.get('q') === words && !searchParams.has('deployed');
}

/** Milliseconds until the answers to a question are there. */
async function untilShown(page: Page, words: string): Promise<number> {
  const started = performance.now();
  await page.waitForResponse((response) => isAnswer(new URL(response.url()), words));
  await page.locator('.results[aria-busy=false] .row').first().waitFor();
  return performance.now() - started;
}

interface OpenedPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly close: () => Promise<void>;
}

async function openPage(browser: Browser): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  return { page, devtools: await context.newCDPSession(page), close: () => context.close() };
}

async function slowPage(browser: Browser): Promise<OpenedPage> {
  const opened = await openPage(browser);
  await opened.devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  return opened;
}

/** A value of the page, read through the debugger: the policy of the page forbids evaluating text. */
async function valueOf<T>(devtools: CDPSession, expression: string): Promise<T> {
  const { result } = await devtools.send('Runtime.evaluate', { expression, returnByValue: true });
  return result.value as T;
}

/** Notes what is received, as it comes over the network. */
async function receivedBy(devtools: CDPSession): Promise<() => readonly { readonly url: string; readonly bytes: number }[]> {
  const urls = new Map<string, string>();
  const received: { url: string; bytes: number }[] = [];
  devtools.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    received.push({ url: urls.get(requestId) ?? '', bytes: encodedDataLength }),
  );
  await devtools.send('Network.enable');
  return () => received;
}
