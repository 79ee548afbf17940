import { compareTexts } from '../../output/compare.ts';
import { outputFormat, structured } from '../../output/format.ts';
import { TableWriter, type Column } from '../../output/table.ts';
import type { RegistryClient, ServerItem, ServerQuery } from '../../registry/client.ts';
import { rowOf, type ServerRow } from '../../registry/server-row.ts';
import { openTarget } from '../../registry/target.ts';
import { paged, type Write } from '../../terminal/pager.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor } from '../../terminal/style.ts';
import type { Flags } from './command.ts';

/** Lists the servers of one registry. */
export async function listServers(registry: string | undefined, flags: Flags, session: Session): Promise<void> {
  const format = outputFormat(flags.output);
  await using target = await openTarget(registry, flags, session);
  const batches = limited(sorted(filtered(read(target.client, queryOf(flags), session), flags), flags), flags.limit);
  if (format.kind === 'table') {
    const write = (to: Write): Promise<void> => writeTable(batches, format.wide, flags, session, to);
    // The registry is asked until the end of it.
    return await paged(session, flags, write);
  }
  if (format.kind === 'name') {
    for await (const items of batches) await session.write(items.map((item) => `${printable(rowOf(item).name)}\n`).join(''));
    return;
  }
  const servers = await collected(batches);
  await session.write(structured(format, { servers, metadata: { count: servers.length } }, session.terminal) ?? '');
}

function queryOf({ search, tag, tier, transport, type }: Flags): ServerQuery {
  const filters = { tag, tier, transport, registry_type: type };
  const given = Object.entries(filters).filter(([, values]) => values.length > 0);
  return { question: search, filters: Object.fromEntries(given.map(([name, values]) => [name, values.join(',')])) };
}

/** Items as they come, page by page. */
async function* read(client: RegistryClient, query: ServerQuery, { say, isRead }: Session): AsyncGenerator<readonly ServerItem[]> {
  let hasWarned = false;
  for await (const { items, ranked } of client.pages(query)) {
    if (!ranked && !hasWarned)
      say(`note: ${client.label} cannot rank; these are the servers with "${printable(query.question ?? '')}" in their names`);
    hasWarned = true;
    if (!isRead()) return;
    yield items;
  }
}

/** Other registries do not filter: their answers are filtered here. */
async function* filtered(batches: AsyncIterable<readonly ServerItem[]>, flags: Flags): AsyncGenerator<readonly ServerItem[]> {
  const { tag, tier, transport, type } = flags;
  const isOne = (wanted: readonly string[], values: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((one) => values.some((value) => value.toLowerCase() === one.toLowerCase()));
  for await (const items of batches) {
    yield items.filter((item) => {
      const row = rowOf(item);
      return isOne(tag, row.tags) && isOne(tier, [row.tier]) && isOne(transport, row.transports) && isOne(type, row.types);
    });
  }
}

async function collected(batches: AsyncIterable<readonly ServerItem[]>): Promise<ServerItem[]> {
  const all: ServerItem[] = [];
  // Spread, a large list would be more arguments than a call may have.
  for await (const items of batches) for (const item of items) all.push(item);
  return all;
}

async function* limited(batches: AsyncIterable<readonly ServerItem[]>, limit = Infinity): AsyncGenerator<readonly ServerItem[]> {
  let left = limit;
  for await (const items of batches) {
    yield items.slice(0, left);
    left -= items.length;
    if (left <= 0) return;
  }
}

/** In the order that is asked for: any other than the registry's own takes all of them first. */
async function* sorted(batches: AsyncIterable<readonly ServerItem[]>, { sort, reverse }: Flags): AsyncGenerator<readonly ServerItem[]> {
  if (sort === undefined && !reverse) {
    yield* batches;
    return;
  }
  const items = await collected(batches);
  const rows = items.map((item) => ({ item, row: rowOf(item) }));
  if (sort !== undefined) rows.sort((a, b) => ORDERS[sort](a.row, b.row) || compareTexts(a.row.name, b.row.name));
  if (reverse) rows.reverse();
  yield rows.map(({ item }) => item);
}

/** The most relevant comes first: what was changed last, what has the most stars. */
const ORDERS: Readonly<Record<NonNullable<Flags['sort']>, (a: ServerRow, b: ServerRow) => number>> = {
  name: (a, b) => compareTexts(a.name, b.name),
  updated: (a, b) => compareTexts(b.updated, a.updated),
  published: (a, b) => compareTexts(b.published, a.published),
  stars: (a, b) => (b.stars ?? -1) - (a.stars ?? -1),
};

const COLUMNS: readonly Column<ServerRow>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'VERSION', text: ({ version }) => version },
  {
    title: 'STATUS',
    text: ({ status }) => status,
    wide: true,
    style: ({ status }, style) => (status === 'active' ? undefined : style.yellow),
  },
  { title: 'TIER', text: ({ tier }) => tier },
  { title: 'TYPE', text: ({ types }) => types.join(',') },
  { title: 'TRANSPORT', text: ({ transports }) => transports.join(',') },
  { title: 'TOOLS', text: ({ tools }) => (tools.length === 0 ? '' : String(tools.length)), wide: true },
  { title: 'STARS', text: ({ stars }) => String(stars ?? ''), wide: true },
  { title: 'TAGS', text: ({ tags }) => tags.join(','), wide: true },
  { title: 'UPDATED', text: ({ updated }) => updated.slice(0, 10), wide: true },
  { title: 'DESCRIPTION', text: ({ description }) => description, rest: true },
];

async function writeTable(
  batches: AsyncIterable<readonly ServerItem[]>,
  wide: boolean,
  flags: Flags,
  { say, terminal }: Session,
  write: Write,
): Promise<void> {
  const style = styleFor(terminal.color);
  const table = new TableWriter(COLUMNS, { wide, width: terminal.columns, style, headers: !flags['no-headers'] });
  let count = 0;
  for await (const items of batches) {
    count += items.length;
    await write(table.lines(items.map(rowOf)));
  }
  if (count === 0) say('No servers found.');
}
