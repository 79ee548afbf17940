import { itemDifferences, phraseOf, summaryOf, type CatalogItem, type Statement } from '@toolhive-registry/catalog/compare';
import { outputFormat, structured } from '../../output/format.ts';
import type { ExitCode } from '../../program/command.ts';
import { TEXT_FORMS } from '../../program/flag.ts';
import type { ServerItem } from '../../registry/client.ts';
import { rowOf } from '../../registry/server-row.ts';
import { paged } from '../../terminal/pager.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor, type Style } from '../../terminal/style.ts';
import type { Flags } from './command.ts';

/** A version and what it changed. */
interface Version {
  readonly version: string;
  readonly status: string;
  readonly published: string;
  /** Since the version published before it; none of the first. */
  readonly changes: readonly { readonly attention: Statement['attention']; readonly text: string }[];
}

/** Shows the versions of a server, the last published first, each with what it changed. */
export async function showVersions(items: readonly ServerItem[], flags: Flags, session: Session): Promise<ExitCode> {
  const format = outputFormat(flags.output, TEXT_FORMS);
  const versions = items.map((item, index) => versionOf(item, items[index + 1]));
  const text = structured(format, { versions }, session.terminal);
  if (text !== undefined) await session.write(text);
  else
    await paged(session, flags, (write) => write(versions.map((version) => textOf(version, styleFor(session.terminal.color))).join('\n')));
  return 0;
}

function versionOf(item: ServerItem, before: ServerItem | undefined): Version {
  const { version, status, published } = rowOf(item);
  const statements =
    before === undefined ? [] : summaryOf(itemDifferences(before as unknown as CatalogItem, item as unknown as CatalogItem));
  const changes = statements.map((statement) => ({ attention: statement.attention, text: sentenceOf(statement) }));
  return { version, status, published, changes };
}

function sentenceOf(statement: Statement): string {
  return phraseOf(statement)
    .map((part) => ('words' in part ? part.words : part.value))
    .join('');
}

/** As wide as the longest word before a change, and a space. */
const WORD_WIDTH = 11;

function textOf({ version, status, published, changes }: Version, style: Style): string {
  const lines = changes.map(({ attention, text }) => {
    const word = attention.padEnd(WORD_WIDTH);
    return `    ${attention === 'security' ? style.red(word) : style.dim(word)}${printable(text)}\n`;
  });
  return `${style.bold(printable(version))}  ${style.dim(printable(`${status}, published ${published}`))}\n${lines.join('')}`;
}
