import type { RegistryExplain, RegistryHistory, RegistryReport, RegistryStatusDocument } from '@toolhive-registry/api';
import { Failure } from '../program/failure.ts';
import type { Answer, Send, Sent } from './http.ts';
import { refused } from './refused.ts';

/** An item of the official API. It comes from outside: no field is sure to be there, or to be what it should. */
export interface ServerItem {
  readonly server: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
  /** Of a search by relevance: why it was found. */
  readonly matched?: readonly { readonly field: string; readonly words: readonly string[] }[];
}

/** Which servers are wanted. */
export interface ServerQuery {
  /** What they are wanted for, in words: the best first. */
  readonly question?: string | undefined;
  /** Values with commas between them, any of which will do. */
  readonly filters: Readonly<Partial<Record<'tag' | 'tier' | 'transport' | 'registry_type', string>>>;
  /** Not only the latest ones. */
  readonly allVersions?: boolean;
}

/** A page of whatever is read page by page. */
interface Page {
  /** Where the next one begins; absent on the last one. */
  readonly next?: string;
}

/** One page of a list. */
export interface ServerPage extends Page {
  readonly items: readonly ServerItem[];
  /** How many there are in all, where the registry says so. */
  readonly total?: number;
  /** False: the registry cannot rank, and finds parts of names only. */
  readonly ranked: boolean;
}

/** Most servers of a page: what the official API allows. */
const PAGE = 100;
/** Most pages that are read: a registry that never ends would be read for ever. */
const MAX_PAGES = 10_000;

/** One registry, asked over HTTP. Answers of other registries than ours are read as far as the official API goes. */
export class RegistryClient {
  /** For messages: the name of the registry, or its URL. */
  readonly label: string;
  readonly #send: Send;
  /** The port for operators; on a laptop the same. */
  readonly #internal: Send;

  constructor(label: string, { send, internal = send }: { readonly send: Send; readonly internal?: Send }) {
    this.label = label;
    this.#send = send;
    this.#internal = internal;
  }

  /** The latest versions with a text in name, title or description, page by page; without one all of them. */
  async *named(text: string | undefined): AsyncGenerator<readonly ServerItem[], void, undefined> {
    for await (const { items } of this.#every((cursor) => this.#plainPage({ question: text, filters: {} }, cursor))) yield items;
  }

  /** Every version of every server, or the latest ones alone, page by page. */
  async *everyItem({ latest }: { readonly latest: boolean }): AsyncGenerator<readonly ServerItem[], void, undefined> {
    const query = { filters: {}, question: undefined, ...(latest ? {} : { allVersions: true }) };
    for await (const { items } of this.#every((cursor) => this.#plainPage(query, cursor))) yield items;
  }

  /** Reads a list page by page. */
  pages(query: ServerQuery): AsyncGenerator<ServerPage, void, undefined> {
    return this.#every((cursor) => (query.question === undefined ? this.#plainPage(query, cursor) : this.#rankedPage(query, cursor)));
  }

  /** All versions of a server, the last published first; undefined where the registry has no server of this name. */
  async versions(name: string): Promise<readonly ServerItem[] | undefined> {
    const answer = await this.#send({ path: `/v0.1/servers/${encodeURIComponent(name)}/versions` });
    if (answer.status === 404) return undefined;
    return itemsIn(this.#json(answer, 'versions'), this.label);
  }

  /** One version of a server, or its `latest`; undefined where there is none. */
  async server(name: string, version = 'latest'): Promise<ServerItem | undefined> {
    const path = `/v0.1/servers/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
    const answer = await this.#send({ path });
    if (answer.status === 404) return undefined;
    const [item] = itemsIn({ servers: [this.#json(answer, 'server')] }, this.label);
    return item;
  }

  /** What the registry says of itself. With a tag it waits up to so many seconds for news; undefined: there was none. */
  async status(wait?: { readonly tag: string; readonly seconds: number }): Promise<TaggedStatus | undefined> {
    const answer = await this.#inside({
      path: '/registry/status',
      ...(wait === undefined
        ? {}
        : { query: { wait: `${wait.seconds}s` }, headers: { 'if-none-match': wait.tag }, silenceMs: (wait.seconds + 15) * 1000 }),
    });
    if (answer.status === 304) return undefined;
    return { document: this.#json(answer, 'status') as RegistryStatusDocument, tag: answer.headers.etag ?? '' };
  }

  /** The last syncs, the newest first, and the snapshots that are kept. */
  async history(limit?: number): Promise<RegistryHistory> {
    return this.#json(await this.#inside({ path: '/registry/history', query: { limit } }), 'history') as RegistryHistory;
  }

  /** What became of entries that are not served as their source has them, page by page. */
  async *report(source?: string): AsyncGenerator<RegistryReport, void, undefined> {
    const read = async (cursor: string | undefined): Promise<Page & { readonly report: RegistryReport }> => {
      const answer = await this.#inside({ path: '/registry/report', query: { limit: 1000, source, cursor } });
      const report = this.#json(answer, 'report') as RegistryReport;
      const next = report.metadata.nextCursor;
      return { report, ...(next === undefined ? {} : { next }) };
    };
    for await (const { report } of this.#every(read)) yield report;
  }

  /** Whether the catalog has something, and by which rule. */
  async explain(subject: Readonly<Record<string, string>>): Promise<RegistryExplain> {
    return this.#json(await this.#internal({ path: '/registry/explain', query: subject }), 'explain') as RegistryExplain;
  }

  /** Asks for a sync of all sources, or of one. */
  async sync(source?: string): Promise<'started' | 'running'> {
    const answer = await this.#internal({ method: 'POST', path: '/registry/sync', query: { source } });
    if (answer.status === 409) return 'running';
    this.#check(answer, 'sync');
    return 'started';
  }

  /** Has an earlier snapshot served; without a hash what the sources give again. */
  async rollback(to: string | undefined): Promise<void> {
    const answer = await this.#internal({ method: to === undefined ? 'DELETE' : 'POST', path: '/registry/rollback', query: { to } });
    this.#check(answer, 'rollback');
  }

  /** The whole catalog as a file. */
  async file(format: 'upstream' | 'toolhive'): Promise<string> {
    const answer = await this.#send({ path: '/registry.json', query: { format }, silenceMs: 120_000 });
    return this.#check(answer, 'registry.json').text;
  }

  /** Everything with which another replica begins where this one is: the last good data, the history, kept snapshots. */
  async lastGood(): Promise<Uint8Array> {
    const answer = await this.#internal({ path: '/registry/snapshot', silenceMs: 120_000 });
    return this.#check(answer, 'snapshot').bytes;
  }

  /** What program answers: version and commit. */
  async version(): Promise<Readonly<Record<string, unknown>>> {
    return this.#json(await this.#send({ path: '/version' }), 'version') as Record<string, unknown>;
  }

  async *#every<P extends Page>(read: (cursor: string | undefined) => Promise<P>): AsyncGenerator<P, void, undefined> {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const one = await read(cursor);
      yield one;
      cursor = one.next;
      if (cursor === undefined) return;
    }
    throw new Failure(`the list of ${this.label} does not end after ${MAX_PAGES} pages`, { remedy: 'this is a fault of that registry' });
  }

  /** What both ports answer, with more on the inner one; the outer one does where that cannot be reached. */
  async #inside(request: Sent): Promise<Answer> {
    if (this.#internal === this.#send) return this.#send(request);
    return this.#internal(request).catch((error: unknown) => {
      if (error instanceof Failure) return this.#send(request);
      throw error;
    });
  }

  async #plainPage({ filters, question, allVersions }: ServerQuery, cursor: string | undefined): Promise<ServerPage> {
    const query = { version: allVersions === true ? undefined : 'latest', limit: PAGE, search: question, ...filters, cursor };
    const body = this.#json(await this.#send({ path: '/v0.1/servers', query }), 'servers');
    return { ...pageOf(body, 'nextCursor', this.label), ranked: question === undefined };
  }

  async #rankedPage(query: ServerQuery, cursor: string | undefined): Promise<ServerPage> {
    const asked = { q: query.question, format: 'upstream', limit: PAGE, ...query.filters, cursor };
    const answer = await this.#send({ path: '/api/v1/servers', query: asked });
    // Other registries have the official API alone.
    if (answer.status === 404) return this.#plainPage(query, cursor);
    return { ...pageOf(this.#json(answer, 'servers'), 'next_cursor', this.label), ranked: true };
  }

  #json(answer: Answer, what: string): unknown {
    const { text } = this.#check(answer, what);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new Failure(`${this.label} did not return JSON`, {
        cause,
        remedy: 'check that the URL is the base URL of a registry, without /v0.1',
      });
    }
  }

  #check(answer: Answer, what: string): Answer {
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refused(this.label, what, answer);
  }
}

/** What a registry says of itself while something is waited for; undefined where it cannot be asked at the moment, as while its pods are replaced. */
export async function documentOf(client: RegistryClient): Promise<RegistryStatusDocument | undefined> {
  try {
    return (await client.status())?.document;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The status document and its tag. */
export interface TaggedStatus {
  readonly document: RegistryStatusDocument;
  readonly tag: string;
}

function pageOf(body: unknown, cursorKey: string, label: string): Omit<ServerPage, 'ranked'> {
  const items = itemsIn(body, label);
  const { metadata } = body as { readonly metadata?: Readonly<Record<string, unknown>> };
  const next = metadata?.[cursorKey];
  const total = metadata?.['total'];
  return {
    items,
    ...(typeof next === 'string' && next !== '' ? { next } : {}),
    ...(typeof total === 'number' ? { total } : {}),
  };
}

function itemsIn(body: unknown, label: string): ServerItem[] {
  const { servers } = (body ?? {}) as { readonly servers?: unknown };
  if (!Array.isArray(servers))
    throw new Failure(`${label} answers without a list "servers"`, {
      remedy: 'check that the URL is the base URL of a registry, without /v0.1',
    });
  return servers.filter((item): item is ServerItem => {
    const { server } = (item ?? {}) as { readonly server?: unknown };
    return typeof server === 'object' && server !== null && !Array.isArray(server);
  });
}
