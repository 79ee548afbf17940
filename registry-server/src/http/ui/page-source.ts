import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { packPage, type PackedPage } from './packed-page.ts';
import { servedPage, type ServedPage } from './served-page.ts';

/** Returns the page for browsers; undefined if it could not be built. */
export type PageSource = () => Promise<ServedPage | undefined>;

/** Set by hack/build.ts: the page, as JSON. Run from the sources there is none. */
declare const BUNDLED_PAGE: string | undefined;

/** Builds the page once, at its first request: other requests do not wait for it, and a registry that only programs use needs no memory for it. */
export function createPageSource(logger: Pick<Logger, 'error'>, load: () => Promise<PackedPage> = loadPage): PageSource {
  let page: ReturnType<PageSource> | undefined;
  return () =>
    (page ??= load().then(servedPage, (error: unknown) => {
      logger.error({ err: messageOf(error) }, 'the page for browsers cannot be built; GET / answers in JSON until the server is restarted');
      return undefined;
    }));
}

/** The page of the bundle, or else built from its sources. The bundler drops the builder as unreachable code. */
async function loadPage(): Promise<PackedPage> {
  if (typeof BUNDLED_PAGE === 'string') {
    return JSON.parse(BUNDLED_PAGE) as PackedPage;
  } else {
    const { BASE_PLACE, buildPage } = await import('@toolhive-registry/web/build');
    return packPage(await buildPage(), BASE_PLACE);
  }
}
