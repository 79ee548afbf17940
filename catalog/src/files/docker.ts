import { differences } from '../compare/differences.ts';
import { factsOf } from '../compare/facts.ts';
import type { CatalogEntry } from '../entry/entry.ts';
import { entryOfDocker } from '../formats/docker/read.ts';
import { toDocker } from '../formats/docker/write.ts';
import { writeYaml } from '../formats/yaml.ts';
import type { JsonObject } from '../json.ts';
import { escaped } from '../pointer.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { entryAt } from './entries.ts';
import { keysOf } from './keys.ts';
import { entryOfRow, noteFrame, noteUnwritten, type OnNote } from './notes.ts';
import type { Pieces } from './pieces.ts';

/** Most names of unsupported servers. */
const MAX_NAMED = 100;
/** Why a server cannot be in the file. */
const NO_FORM = 'neither a remote nor a container image that speaks stdio';
const TOO_LONG = 'a text of over 256 KiB';

/**
 * A catalog for Docker's MCP gateway, version 3, in YAML. It has the servers that are a remote or a container image with stdio; a comment at its end names the
 * others.
 */
export function* dockerFile(snapshot: Snapshot, note?: OnNote): Pieces {
  const { name } = snapshot.header.registry;
  const rows = snapshot.rowsOf({ version: 'latest' });
  const keys = keysOf(snapshot, rows);
  const formless: string[] = [];
  const long: string[] = [];
  let count = 0;
  yield Buffer.from(writeYaml({ version: 3, name, displayName: name }) ?? '');
  for (const row of rows) {
    yield undefined;
    const entry = entryAt(snapshot, row);
    const key = keys.get(row) ?? entry.name;
    const server = toDocker(entry, key);
    const text = server === undefined ? undefined : writeYaml({ [key]: server });
    if (server === undefined || text === undefined) {
      (server === undefined ? formless : long).push(entry.name);
      note?.({
        outcome: 'left-out',
        ...entryOfRow(snapshot, row),
        pointers: [],
        why: `it has ${server === undefined ? NO_FORM : TOO_LONG}`,
      });
      continue;
    }
    if (note !== undefined) noteReduced(snapshot, row, entryOfDocker(key, server, { add: () => undefined }), note);
    yield Buffer.from(`${count === 0 ? 'registry:\n' : ''}${indented(text)}`);
    count += 1;
  }
  if (count === 0) yield Buffer.from('registry: {}\n');
  yield Buffer.from(missing(`they have ${NO_FORM}`, formless));
  yield Buffer.from(missing(`they have ${TOO_LONG}`, long));
  if (note === undefined) return;
  noteFrame(snapshot, note);
  const latest = new Set(rows);
  noteUnwritten(snapshot, (row) => latest.has(row), ['server'], note);
}

/** Notes what is lost of an entry when it is read again: what the gateway does not use. */
function noteReduced(snapshot: Snapshot, row: number, read: CatalogEntry | undefined, note: OnNote): void {
  const facts = ({ server, meta }: Pick<CatalogEntry, 'server' | 'meta'>): JsonObject =>
    factsOf({ server, _meta: meta }, { bookkeeping: true });
  const { listed } = differences(facts(entryAt(snapshot, row)), facts(read ?? { server: {}, meta: {} }));
  const lost = listed.filter(({ kind }) => kind !== 'added').map(({ path }) => path.slice(0, 2).map(({ key }) => `/${escaped(key)}`));
  const pointers = [...new Set(lost.map((keys) => keys.join('')))];
  if (pointers.length > 0) note({ outcome: 'reduced', ...entryOfRow(snapshot, row), pointers, why: 'the form has no place for all of it' });
}

/** A comment that names servers. Names have no characters that could end it. */
function missing(why: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > MAX_NAMED ? `, and ${names.length - MAX_NAMED} more` : '';
  return `# Not here, since ${why}: ${names.slice(0, MAX_NAMED).join(', ')}${more}\n`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
