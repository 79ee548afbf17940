import { serverKinds } from '../../api/src/server-kinds.ts';

const BEGIN = '<!-- kinds: generated from api/src/server-kinds.ts by `npm run generate` -->';
const END = '<!-- /kinds -->';

/** The document with the table of kinds as it has to be. Throws when it has no place for one. */
export function withServerKinds(document: string, path: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${path}: put the line ${BEGIN} and, behind it, ${END} where the kinds belong`);
  return `${document.slice(0, begin)}${BEGIN}\n\n${table()}\n\n${unconfirmed()}\n\n${document.slice(end)}`;
}

/** A Markdown table, laid out as the formatter does it. */
function table(): string {
  const rows = serverKinds.map(({ product, kind, group, versions, images, urls, command }) => [
    product,
    `\`${kind}\``,
    `\`${group}\``,
    versions.join(', '),
    [...images, ...urls].map((path) => `\`${path}\``).join(', ') +
      (command === undefined ? '' : `; without \`${command.image}\`: the package in \`${command.program}\` and \`${command.arguments}\``),
  ]);
  const head = ['of', 'kind', 'group', 'known versions', 'what is compared'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

function unconfirmed(): string {
  const items = serverKinds.flatMap(({ kind, group, unconfirmed: open = [] }) =>
    open.map((sentence) => `- \`${kind}\` of \`${group}\`: ${sentence}.`),
  );
  return `Not confirmed from a source:\n\n${items.join('\n')}`;
}
