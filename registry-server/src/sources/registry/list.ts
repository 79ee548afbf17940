/*
 * The list as it is saved: what the official API calls a page, with one entry on each line. So it can be put together from pages, and later
 * from the list before and what has changed, without ever being in memory as a whole.
 */

const HEAD = '{"servers":[';
const TAIL = ']}';

/** Entries, each as JSON, in batches. */
export type Batches = AsyncIterable<readonly string[]>;

/** Lists that are beside the servers, by their keys. */
export type OtherLists = Readonly<Record<string, Batches>>;

/** Writes servers as one list, and other lists beside it. */
export async function* listOf(servers: Batches, others: OtherLists = {}): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(HEAD);
  yield* lines(servers);
  for (const [key, batches] of Object.entries(others)) {
    yield Buffer.from(`],"${key}":[`);
    yield* lines(batches);
  }
  yield Buffer.from(`${TAIL}\n`);
}

async function* lines(batches: Batches): AsyncGenerator<Uint8Array, void, undefined> {
  let separator = '\n';
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield Buffer.from(separator + batch.join(',\n'));
    separator = ',\n';
  }
  yield Buffer.from('\n');
}

/** Reads the servers of such a list again, which has no others beside it, in batches of a few hundred kilobytes. */
export async function* entriesOf(list: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of list) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield lines.filter((line) => line !== HEAD && line !== TAIL && line !== '').map((line) => line.replace(/,$/, ''));
  }
}
