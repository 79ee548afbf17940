import type { RegistryExplain, RegistryHistory, RegistryReport, RegistryStatusDocument, ServerOrigin } from '@toolhive-registry/api';
import { isObject } from '@toolhive-registry/catalog/entry';
import { Failure } from '../program/failure.ts';
import { CATALOG_LIMIT_MS, type Answer, type Send, type Sent } from './http.ts';
import { hasDotSegment } from './path-segment.ts';
import { everyPage, type Page } from './pages.ts';
import { CHECK_URL, refused } from './refused.ts';
import { rowOf } from './server-row.ts';
import { EXPLAIN, HISTORY, ORIGIN, REPORT, SERVERS, STATUS, VERSION, type ServerList, type TypedShape } from './shapes.ts';

/** An item of the official API. It is untrusted: any field may be missing or have another type. */
export interface ServerItem {
  readonly server: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
  /** Of a search by relevance: why it was found. */
  readonly matched?: readonly { readonly field: string; readonly words: readonly string[] }[];
}

/** Which servers are wanted. */
export interface ServerQuery {
  /** A search in words: best match first. */
  readonly question?: string | undefined;
  /** Comma-separated values, any of which matches. */
  readonly filters: Readonly<Partial<Record<'tag' | 'tier' | 'transport' | 'registry_type', string>>>;
  /** Not only the latest ones. */
  readonly allVersions?: boolean;
}

/** What is to be reported. */
export interface ReportQuery {
  /** Only what is about this source. */
  readonly source?: string | undefined;
  /** Only what is about the entry of this name; earlier servers report all the same. */
  readonly entry?: string | undefined;
}

/** One page of a list. */
export interface ServerPage extends Page {
  readonly items: readonly ServerItem[];
  /** How many there are in all, where the registry says so. */
  readonly total?: number | undefined;
  /** False: the registry cannot rank, and finds parts of names only. */
  readonly ranked: boolean;
}

/** Maximum number of servers on a page: the limit of the official API. */
const PAGE = 100;
/** Milliseconds without a byte of a whole catalog, which is put together before the first one comes. */
const CATALOG_SILENCE_MS = 120_000;
/** How long a whole catalog may take. */
const WHOLE = { silenceMs: CATALOG_SILENCE_MS, limitMs: CATALOG_LIMIT_MS };

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
    for await (const { items } of everyPage(this.label, (cursor) => this.#plainPage({ question: text, filters: {} }, cursor))) yield items;
  }

  /** Every version of every server, or the latest ones alone, page by page. */
  async *everyItem({ latest }: { readonly latest: boolean }): AsyncGenerator<readonly ServerItem[], void, undefined> {
    const query = { filters: {}, question: undefined, ...(latest ? {} : { allVersions: true }) };
    for await (const { items } of everyPage(this.label, (cursor) => this.#plainPage(query, cursor))) yield items;
  }

  /** Reads a list page by page. */
  pages(query: ServerQuery): AsyncGenerator<ServerPage, void, undefined> {
    return everyPage(this.label, (cursor) =>
      query.question === undefined ? this.#plainPage(query, cursor) : this.#rankedPage(query, cursor),
    );
  }

  /** All versions of a server, the last published first; undefined where the registry has no server of this name. */
  async versions(name: string): Promise<readonly ServerItem[] | undefined> {
    if (hasDotSegment(name)) return this.#listedVersions(name);
    const answer = await this.#send({ path: `/v0.1/servers/${encodeURIComponent(name)}/versions` });
    if (answer.status === 404) return undefined;
    return itemsOf(this.#read(answer, 'versions', SERVERS));
  }

  /** The status document of the registry. With a tag it waits up to this many seconds for news; undefined: there was none. */
  async status(wait?: { readonly tag: string; readonly seconds: number }): Promise<TaggedStatus | undefined> {
    const answer = await this.#inside({
      path: '/registry/status',
      ...(wait === undefined
        ? {}
        : { query: { wait: `${wait.seconds}s` }, headers: { 'if-none-match': wait.tag }, ...patience(wait.seconds) }),
    });
    if (answer.status === 304) return undefined;
    return { document: this.#read(answer, 'status', STATUS), tag: answer.headers.etag ?? '' };
  }

  /** The last syncs, the newest first, and the snapshots that are kept. */
  async history(limit?: number): Promise<RegistryHistory> {
    return this.#read(await this.#inside({ path: '/registry/history', query: { limit } }), 'history', HISTORY);
  }

  /** What became of entries that are not served as their source has them, page by page. */
  async *report({ source, entry }: ReportQuery = {}): AsyncGenerator<RegistryReport, void, undefined> {
    const read = async (cursor: string | undefined): Promise<Page & { readonly report: RegistryReport }> => {
      const answer = await this.#inside({ path: '/registry/report', query: { limit: 1000, source, entry, cursor } });
      const report = this.#read(answer, 'report', REPORT);
      return { report, count: report.findings.length, next: report.metadata.nextCursor };
    };
    for await (const { report } of everyPage(this.label, read)) yield report;
  }

  /** Where a version of a server comes from; undefined where the registry does not say it: others than ours, and earlier versions of ours. */
  async origin(name: string, version: string): Promise<ServerOrigin | undefined> {
    if (hasDotSegment(name)) return undefined;
    const answer = await this.#send({ path: `/api/v1/registry/servers/${encodeURIComponent(name)}/origin`, query: { version } });
    return answer.status === 404 ? undefined : this.#read(answer, 'origin', ORIGIN);
  }

  /** Whether the catalog has something, and by which rule. */
  async explain(subject: Readonly<Record<string, string>>): Promise<RegistryExplain> {
    return this.#read(await this.#internal({ path: '/registry/explain', query: subject }), 'explain', EXPLAIN);
  }

  /** Asks for a sync of all sources, or of one. */
  async sync(source?: string): Promise<'started' | 'running'> {
    const answer = await this.#internal({ method: 'POST', path: '/registry/sync', query: { source } });
    if (answer.status === 409) return 'running';
    this.#check(answer, 'sync');
    return 'started';
  }

  /** Serves an earlier snapshot; without a hash, the sources again. */
  async rollback(to: string | undefined): Promise<void> {
    const answer = await this.#internal({ method: to === undefined ? 'DELETE' : 'POST', path: '/registry/rollback', query: { to } });
    this.#check(answer, 'rollback');
  }

  /** The whole catalog as a file. */
  async file(format: 'upstream' | 'toolhive'): Promise<string> {
    const answer = await this.#send({ path: '/registry.json', query: { format }, ...WHOLE });
    return this.#check(answer, 'registry.json').text;
  }

  /** Everything that another replica needs to start from the state of this one: the last good data, the history, kept snapshots. */
  async lastGood(): Promise<Uint8Array> {
    const answer = await this.#internal({ path: '/registry/snapshot', ...WHOLE });
    return this.#check(answer, 'snapshot').bytes;
  }

  /** What program answers: version and commit. */
  async version(): Promise<Readonly<Record<string, unknown>>> {
    return this.#read(await this.#send({ path: '/version' }), 'version', VERSION);
  }

  /** Asked at the internal port, which has more, or at the public port if that cannot be reached. */
  async #inside(request: Sent): Promise<Answer> {
    if (this.#internal === this.#send) return this.#send(request);
    return this.#internal(request).catch((error: unknown) => {
      if (error instanceof Failure) return this.#send(request);
      throw error;
    });
  }

  async #plainPage({ filters, question, allVersions }: ServerQuery, cursor: string | undefined): Promise<ServerPage> {
    const query = { version: allVersions === true ? undefined : 'latest', limit: PAGE, search: question, ...filters, cursor };
    const body = this.#read(await this.#send({ path: '/v0.1/servers', query }), 'servers', SERVERS);
    return { ...pageOf(body, body.metadata?.nextCursor), ranked: question === undefined };
  }

  async #rankedPage(query: ServerQuery, cursor: string | undefined): Promise<ServerPage> {
    const asked = { q: query.question, format: 'upstream', limit: PAGE, ...query.filters, cursor };
    const answer = await this.#send({ path: '/api/v1/servers', query: asked });
    // Other registries have the official API alone.
    if (answer.status === 404) return this.#plainPage(query, cursor);
    const body = this.#read(answer, 'servers', SERVERS);
    return { ...pageOf(body, body.metadata?.next_cursor), ranked: true };
  }

  /** A path cannot contain such a name: proxies would normalize it to another path. */
  async #listedVersions(name: string): Promise<readonly ServerItem[] | undefined> {
    const query = { filters: {}, question: name, allVersions: true };
    const found: ServerItem[] = [];
    for await (const { items } of everyPage(this.label, (cursor) => this.#plainPage(query, cursor)))
      found.push(...items.filter((item) => rowOf(item).name === name));
    // Lists have the versions of a server in ascending order, which counts for those of one time.
    return found.length === 0 ? undefined : found.toReversed().sort(byPublication);
  }

  /** The checked content of an answer: callers may rely on its type. Throws a {@link Failure} for what is no such answer. */
  #read<T>(answer: Answer, what: string, { problemOf }: TypedShape<T>): T {
    const { text } = this.#check(answer, what);
    let value: unknown;
    try {
      // Some write a byte order mark, which a reader may pass over (RFC 8259, 8.1).
      value = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch {
      throw this.#noRegistry('the answer is not JSON');
    }
    const problem = problemOf(value);
    if (problem !== undefined) throw this.#noRegistry(problem);
    return value as T;
  }

  #noRegistry(problem: string): Failure {
    return new Failure(`${this.label} does not answer as a registry: ${problem}`, { remedy: CHECK_URL });
  }

  #check(answer: Answer, what: string): Answer {
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refused(this.label, what, answer);
  }
}

/** The status of a registry while something is waited for; undefined if it cannot be asked at the moment, as while its pods are replaced. */
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

function pageOf(body: ServerList, next: string | null | undefined): Omit<ServerPage, 'ranked'> {
  const items = itemsOf(body);
  return { items, count: items.length, next: next ?? undefined, total: body.metadata?.total ?? undefined };
}

/** What is not an entry at all is left out. */
function itemsOf({ servers }: ServerList): ServerItem[] {
  return servers.filter((item): item is ServerItem => isObject(item) && isObject(item['server']));
}

/** The last published first. */
function byPublication(a: ServerItem, b: ServerItem): number {
  const [one, other] = [rowOf(a).published, rowOf(b).published];
  return one === other ? 0 : one < other ? 1 : -1;
}

/** How long an answer may take that waits for news. */
function patience(seconds: number): Pick<Sent, 'silenceMs' | 'limitMs'> {
  return { silenceMs: (seconds + 15) * 1000, limitMs: (seconds + 60) * 1000 };
}
