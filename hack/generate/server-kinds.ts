import { serverKinds } from '../../api/src/server-kinds.ts';
import { markdownTable, withPart } from './markdown.ts';

/** The document with the table of kinds as it has to be. Throws when it has no place for one. */
export function withServerKinds(document: string, path: string): string {
  return withPart(document, path, { word: 'kinds', from: 'api/src/server-kinds.ts' }, `${kindsTable()}\n\n${unconfirmed()}`);
}

function kindsTable(): string {
  const rows = serverKinds.map(({ product, kind, group, versions, images, urls, command }) => [
    product,
    `\`${kind}\``,
    `\`${group}\``,
    versions.join(', '),
    [...images, ...urls].map((path) => `\`${path}\``).join(', ') +
      (command === undefined ? '' : `; without \`${command.image}\`: the package in \`${command.program}\` and \`${command.arguments}\``),
  ]);
  return markdownTable(['of', 'kind', 'group', 'known versions', 'what is compared'], rows);
}

function unconfirmed(): string {
  const items = serverKinds.flatMap(({ kind, group, unconfirmed: open = [] }) =>
    open.map((sentence) => `- \`${kind}\` of \`${group}\`: ${sentence}.`),
  );
  return `Not confirmed from a source:\n\n${items.join('\n')}`;
}
