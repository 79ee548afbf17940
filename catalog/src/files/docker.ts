import { CORE_SCHEMA, dump } from 'js-yaml';
import { toDocker } from '../formats/docker/write.ts';
import type { Json } from '../json.ts';
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
  const left: string[] = [];
  let count = 0;
  yield Buffer.from(yaml({ version: 3, name, displayName: name }));
  for (const row of rows) {
    yield undefined;
    const entry = entryAt(snapshot, row);
    const key = keys.get(row) ?? entry.name;
    const server = toDocker(entry, key);
    if (server === undefined) {
      left.push(entry.name);
      continue;
    }
    yield Buffer.from(`${count === 0 ? 'registry:\n' : ''}${indented(yaml({ [key]: server }))}`);
    count += 1;
  }
  if (count === 0) yield Buffer.from('registry: {}\n');
  if (left.length > 0) {
    const more = left.length > MAX_NAMED ? `, and ${left.length - MAX_NAMED} more` : '';
    yield Buffer.from(
      `# Not here, since they have neither a remote nor a container image that speaks stdio: ${left.slice(0, MAX_NAMED).join(', ')}${more}\n`,
    );
  }
}

function yaml(value: Json): string {
  return dump(value, { schema: CORE_SCHEMA, lineWidth: -1, noRefs: true });
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
