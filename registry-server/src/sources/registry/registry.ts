import { setTimeout as pause } from 'node:timers/promises';
import type { HttpClient, HttpSession } from '../../outbound/client.ts';
import { placeOf } from '../../outbound/place.ts';
import type { Source, SourceAnswer, SourceRequest, SourceType } from '../contract.ts';
import { httpClientOf } from '../http-source.ts';
import { SourceError } from '../source-error.ts';
import { changesSince, withChanges } from './changes.ts';
import { endpointOf, type Api, type Endpoint } from './endpoint.ts';
import { factsOf } from './entry.ts';
import { entriesOf, listOf, type Batches, type OtherLists } from './list.ts';
import { MarkBuilder, type Mark } from './mark.ts';
import { hasTag, readPage, type Page } from './page.ts';
import { allPages } from './pages.ts';
import { parseProgress, progressText, type Progress } from './progress.ts';
import { toolhiveCatalog, toolhiveInfo } from './toolhive.ts';

/** What the type needs of the world. */
export interface RegistryTypeDeps {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * How long reported changes are trusted to be complete. Entries that a registry removes silently, as the API allows,
 * are noticed by then.
 */
export const FULL_PASS_MS = 6 * 60 * 60 * 1000;

/** What servers put into the tag of an encoded answer: pages of one state differ in that when some are too short to be encoded. */
const ENCODED = /-(?:gzip|br|zstd|deflate)"$/;

/** Parameters of every list. Deleted versions are listed as such, so that those who read from us learn of them too. */
const LIST = { limit: '100', include_deleted: 'true' } as const;

/** Another registry, read through the official API or ToolHive's old one. */
export const registryType = registryTypeWith({ clock: Date.now, sleep: (ms, signal) => pause(ms, undefined, { signal }) });

/** The type, with the given clock. */
export function registryTypeWith(deps: RegistryTypeDeps): SourceType<'registry'> {
  return {
    location: ({ registry }) => placeOf(registry.endpoint),
    mounts: (source, surroundings) => surroundings.secrets(source).mounts,
    create: (source, surroundings) => {
      const { endpoint } = source.registry;
      return new RegistrySource(endpointOf(endpoint), httpClientOf(source, endpoint, surroundings), deps);
    },
  };
}

class RegistrySource implements Source {
  readonly #endpoint: Endpoint;
  readonly #client: HttpClient;
  readonly #deps: RegistryTypeDeps;

  constructor(endpoint: Endpoint, client: HttpClient, deps: RegistryTypeDeps) {
    this.#endpoint = endpoint;
    this.#client = client;
    this.#deps = deps;
  }

  async fetch(request: SourceRequest): Promise<SourceAnswer> {
    const session = await this.#client.session();
    return new Pass(this.#endpoint, session, request, this.#deps).run();
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

/** The answer to one question. */
class Pass {
  readonly #endpoint: Endpoint;
  readonly #session: HttpSession;
  readonly #request: SourceRequest;
  readonly #deps: RegistryTypeDeps;

  constructor(endpoint: Endpoint, session: HttpSession, request: SourceRequest, deps: RegistryTypeDeps) {
    this.#endpoint = endpoint;
    this.#session = session;
    this.#request = request;
    this.#deps = deps;
  }

  async run(): Promise<SourceAnswer> {
    const known = parseProgress(this.#request.known);
    const now = this.#deps.clock();
    const isDue = known === undefined || !this.#endpoint.candidates.includes(known.api) || Math.abs(now - known.fullAt) >= FULL_PASS_MS;
    return (isDue ? undefined : await this.#changed(known)) ?? (await this.#everything(now));
  }

  /** Fetches only changes. Undefined: that is not possible, and everything has to be read. */
  async #changed(known: Progress): Promise<SourceAnswer | undefined> {
    try {
      if (known.info !== undefined) return (await this.#info()) === known.info ? { unchanged: true } : undefined;
      if (known.etag !== undefined) return (await this.#hasTag(known.api, known.etag)) ? { unchanged: true } : undefined;
      return known.mark === undefined ? undefined : await this.#changedSince(known, known.mark);
    } catch (error) {
      // It has another API now, or does not know the parameters after all.
      if (error instanceof SourceError && (error.reason === 'SourceNotFound' || error.reason === 'SourceUnreadable')) return undefined;
      throw error;
    }
  }

  async #changedSince(known: Progress, before: Mark): Promise<SourceAnswer | undefined> {
    const parameters = { updated_since: before.since };
    const first = await this.#page(known.api, parameters);
    const changes = await changesSince(before, this.#dateOf(first), this.#pages(known.api, first, parameters));
    if (changes === undefined) return undefined;
    if (changes.entries.size === 0) return { unchanged: true };
    const saved = await this.#request.previous?.();
    if (saved === undefined) return undefined;
    await this.#request.save(listOf(withChanges(entriesOf(saved), changes)));
    return { unchanged: false, validator: progressText({ ...known, mark: changes.mark }) };
  }

  async #everything(now: number): Promise<SourceAnswer> {
    for (const [index, api] of this.#endpoint.candidates.entries()) {
      const isLast = index === this.#endpoint.candidates.length - 1;
      if (api === 'toolhive') {
        const info = await toolhiveInfo(this.#session, this.#endpoint, this.#request.signal);
        if (info === undefined) continue;
        await this.#request.save(toolhiveCatalog(this.#session, this.#endpoint, info, this.#request.signal));
        return { unchanged: false, validator: progressText({ api, fullAt: now, info: infoText(info) }) };
      }
      const first = await this.#firstPage(api, isLast);
      if (first !== undefined) return this.#wholeList(api, first, now);
    }
    throw this.#noApi();
  }

  async #wholeList(api: Api, first: Page, now: number): Promise<SourceAnswer> {
    const marks = new MarkBuilder(this.#dateOf(first));
    const tags = new Set<string | undefined>();
    const pages = this.#pages(api, first, {});
    async function* batches(): AsyncGenerator<readonly string[], void, undefined> {
      for await (const { entries, etag } of pages) {
        tags.add(etag?.replace(ENCODED, '"'));
        yield entries.map((item) => {
          const text = JSON.stringify(item);
          const { key, updatedAt } = factsOf(item);
          marks.see(key, updatedAt, text);
          return text;
        });
      }
    }
    const others = await this.#others(api);
    await this.#request.save(listOf(batches(), others));
    // A tag that all pages have stands for the registry as a whole; others would be those of single pages.
    const etag = tags.size === 1 ? first.etag : undefined;
    // Changes of the other lists are not reported.
    const mark = Object.keys(others).length === 0 ? marks.mark() : undefined;
    return { unchanged: false, validator: progressText({ api, fullAt: now, etag, mark }) };
  }

  /** ToolHive's extension of the API: skills and plugins, where the registry has any. */
  async #others(api: Api): Promise<OtherLists> {
    const found: Record<string, Batches> = {};
    if (api !== 'v0.1') return found;
    for (const list of ['skills', 'plugins']) {
      const pageAt = (cursor: Readonly<Record<string, string>>): Promise<Page> =>
        readPage(this.#session, this.#endpoint.url(api, `x/dev.toolhive/${list}`, { limit: '100', ...cursor }), this.#request.signal, list);
      const first = await pageAt({}).catch((error: unknown) => {
        // Most registries have no such path; whatever they answer there, their servers are still used.
        if (error instanceof SourceError && (error.reason === 'SourceNotFound' || error.reason === 'SourceUnreadable')) return undefined;
        throw error;
      });
      if (first === undefined || first.entries.length === 0) continue;
      const pages = allPages({
        place: placeOf(this.#endpoint.url(api, `x/dev.toolhive/${list}`)),
        first,
        after: (cursor) => pageAt({ cursor }),
        sleep: (ms) => this.#deps.sleep(ms, this.#request.signal),
      });
      found[list] = textsOf(pages);
    }
    return found;
  }

  #dateOf({ date }: Page): number {
    return date ?? this.#deps.clock();
  }

  /** Undefined: the API is not there, and another may be. */
  async #firstPage(api: Api, isLast: boolean): Promise<Page | undefined> {
    try {
      return await this.#page(api, {});
    } catch (error) {
      if (!(error instanceof SourceError) || error.reason !== 'SourceNotFound') throw error;
      if (isLast) throw this.#noApi(error);
      return undefined;
    }
  }

  #pages(api: Api, first: Page, parameters: Readonly<Record<string, string>>): AsyncGenerator<Page, void, undefined> {
    return allPages({
      place: placeOf(this.#endpoint.url(api, 'servers')),
      first,
      after: (cursor) => this.#page(api, { ...parameters, cursor }),
      sleep: (ms) => this.#deps.sleep(ms, this.#request.signal),
    });
  }

  #page(api: Api, parameters: Readonly<Record<string, string>>): Promise<Page> {
    return readPage(this.#session, this.#endpoint.url(api, 'servers', { ...LIST, ...parameters }), this.#request.signal);
  }

  #hasTag(api: Api, etag: string): Promise<boolean> {
    return hasTag(this.#session, this.#endpoint.url(api, 'servers', LIST), etag, this.#request.signal);
  }

  async #info(): Promise<string | undefined> {
    const info = await toolhiveInfo(this.#session, this.#endpoint, this.#request.signal);
    return info === undefined ? undefined : infoText(info);
  }

  #noApi(cause?: unknown): SourceError {
    const tried = this.#endpoint.candidates.map((api) => placeOf(this.#endpoint.url(api, api === 'toolhive' ? 'info' : 'servers')));
    return new SourceError('SourceNotFound', `no registry API found at ${tried.join(', ')}; correct registry.endpoint`, { cause });
  }
}

async function* textsOf(pages: AsyncIterable<Page>): AsyncGenerator<readonly string[], void, undefined> {
  for await (const { entries } of pages) yield entries.map((entry) => JSON.stringify(entry));
}

/** Undefined: without a time of its last update, changes of a registry cannot be detected. */
function infoText({ version, lastUpdated, total }: NonNullable<Awaited<ReturnType<typeof toolhiveInfo>>>): string | undefined {
  return lastUpdated === '' ? undefined : JSON.stringify([version, lastUpdated, total]);
}
