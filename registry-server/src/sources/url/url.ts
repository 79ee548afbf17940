import type { HttpAnswer, HttpClient } from '../../outbound/client.ts';
import { placeOf } from '../../outbound/place.ts';
import type { Source, SourceAnswer, SourceOf, SourceRequest, SourceType } from '../contract.ts';
import { httpClientOf } from '../http-source.ts';
import { SourceError } from '../source-error.ts';
import { conditionOf, validatorOf } from './validator.ts';

/** A file behind a URL, asked for by conditional requests. */
export const urlType: SourceType<'url'> = {
  location: ({ url }) => placeOf(url),
  mounts: (source, surroundings) => surroundings.secrets(source).mounts,
  create: (source, surroundings) => new UrlSource(source, httpClientOf(source, source.url, surroundings)),
};

class UrlSource implements Source {
  readonly #url: string;
  readonly #client: HttpClient;

  constructor({ url }: SourceOf<'url'>, client: HttpClient) {
    this.#url = url;
    this.#client = client;
  }

  async fetch(request: SourceRequest): Promise<SourceAnswer> {
    const session = await this.#client.session();
    const condition = conditionOf(request.known);
    const answer = await session.get(this.#url, {
      signal: request.signal,
      // Catalogs come from hosts of all kinds, which may call them text or bytes.
      accept: 'application/json, */*;q=0.5',
      ...(condition === undefined ? {} : { condition }),
    });
    if (answer.status === 304) return { unchanged: true };
    await request.save(this.#checked(answer));
    const validator = validatorOf(answer.header);
    return { unchanged: false, ...(validator === undefined ? {} : { validator }) };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /**
   * Passes content on unless its first byte shows that it is not a catalog. The parser would notice as well, but would quote a page that was
   * made for someone who is logged in.
   */
  async *#checked({ body, header }: Extract<HttpAnswer, { status: 200 }>): AsyncGenerator<Uint8Array, void, undefined> {
    let isChecked = false;
    for await (const piece of body) {
      const first = firstByte(piece, isChecked);
      if (first !== undefined && !isChecked) {
        isChecked = true;
        if (!CATALOG_STARTS.has(first)) throw this.#noCatalog(header('content-type'));
      }
      yield piece;
    }
    if (!isChecked) throw new SourceError('DataInvalid', `${placeOf(this.#url)} is empty; write an empty catalog as {"servers": {}}`);
  }

  #noCatalog(contentType: string | undefined): SourceError {
    const type = /^[\w.+/-]{1,100}/.exec(contentType ?? '')?.[0];
    const sent = type === undefined ? '' : ` but ${type}`;
    return new SourceError('DataInvalid', `${placeOf(this.#url)} is not JSON${sent}; use the address of the catalog itself`);
  }
}

/** `{`, `[`, and the first bytes of gzip and of a byte order mark, which the reader handles. */
const CATALOG_STARTS: ReadonlySet<number> = new Set([0x7b, 0x5b, 0x1f, 0xef]);
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function firstByte(piece: Uint8Array, isFound: boolean): number | undefined {
  return isFound ? undefined : piece.find((byte) => !WHITE_SPACE.has(byte));
}
