/*
 * The list as it is saved: what the official API calls a page, with one entry on each line. So it can be put together from pages, and later
 * from the list before and what has changed, without ever being in memory as a whole.
 */

const HEAD = '{"servers":[';
const TAIL = ']}';

/** Writes batches of entries, each as JSON, as one list. */
export async function* listOf(batches: AsyncIterable<readonly string[]>): AsyncGenerator<Uint8Array, void, undefined> {
  let separator = '\n';
  yield Buffer.from(HEAD);
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield Buffer.from(separator + batch.join(',\n'));
    separator = ',\n';
  }
  yield Buffer.from(`\n${TAIL}\n`);
}

/** Reads the entries of such a list again, in batches of a few hundred kilobytes. */
export async function* entriesOf(list: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of list) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield lines.filter((line) => line !== HEAD && line !== TAIL && line !== '').map((line) => line.replace(/,$/, ''));
  }
}
