import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import type { Page } from 'playwright-core';
import { startBrowser, type TestBrowser, type TestPage } from './browser.ts';
import { realCatalog } from './catalogs.ts';

/** For tests: pages of one registry with real catalogs. */
export interface RealPages {
  /** Opens the page at a query. After each test nothing may have gone wrong on it, and nothing been asked elsewhere. */
  readonly open: (query?: string, options?: Parameters<TestBrowser['open']>[1]) => Promise<Page>;
  /** Takes back what went wrong so far: it was meant to. */
  readonly expectProblems: () => void;
}

/** For tests: a server with several versions, of which the last one asks for a secret. */
export const SEVERAL_VERSIONS = 'com.example/several';

/** For tests: starts browser and registry before the tests of a file, and ends them behind. */
export function realPages(): RealPages {
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
    // The browser logs missing files to the console.
    const problems = opened?.problems.filter((text) => !text.includes('404 (Not Found)'));
    expect([problems, opened?.foreign]).toEqual([[], []]);
    await opened?.[Symbol.asyncDispose]();
    opened = undefined;
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await browser?.[Symbol.asyncDispose]();
  });
  return {
    open: async (query = '', options = {}) => {
      opened = await browser.open(`${server.url}/${query}`, options);
      return opened.page;
    },
    expectProblems: () => {
      opened?.problems.splice(0);
    },
  };
}

/** For tests: the servers of the list. */
export function rows(page: Page): ReturnType<Page['locator']> {
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
