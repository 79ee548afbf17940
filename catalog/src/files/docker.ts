import { toDocker } from '../formats/docker/write.ts';
import { writeYaml } from '../formats/yaml.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { entryAt } from './entries.ts';
import { keysOf } from './keys.ts';
import type { Pieces } from './pieces.ts';

/** Most names of servers that have no form. */
const MAX_NAMED = 100;

/**
 * A catalog for Docker's MCP gateway, version 3, in YAML. It has the servers that are a remote or a container image that speaks stdio; a
 * comment at its end names those that are neither.
 */
export function* dockerFile(snapshot: Snapshot): Pieces {
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
    if (text === undefined) {
      (server === undefined ? formless : long).push(entry.name);
      continue;
    }
    yield Buffer.from(`${count === 0 ? 'registry:\n' : ''}${indented(text)}`);
    count += 1;
  }
  if (count === 0) yield Buffer.from('registry: {}\n');
  yield Buffer.from(missing('they have neither a remote nor a container image that speaks stdio', formless));
  yield Buffer.from(missing('they have a text of over 256 KiB', long));
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
