import { diffJson } from '../../diff/document.ts';
import { diffMarkdown } from '../../diff/markdown/markdown.ts';
import { diffOf, type CatalogDiff } from '../../diff/side.ts';
import { diffText } from '../../diff/text.ts';
import type { Run } from '../../program/command.ts';
import { paged } from '../../terminal/pager.ts';
import { printable } from '../../terminal/printable.ts';
import { styleFor } from '../../terminal/style.ts';
import { sideOf } from './sides.ts';
import type { flags as flagSpecs } from './command.ts';

/** Compares two catalogs. */
export const runDiff: Run<typeof flagSpecs> = async ({ args: [before = '', after = ''], flags }, session) => {
  const by = flags.by ?? 'server';
  const found = diffOf(await sideOf(before, by, flags, session), await sideOf(after, by, flags, session));
  if (flags.output === 'json') await session.write(diffJson(found));
  else if (flags.output === 'markdown') await session.write(diffMarkdown(found, { printable }));
  else await paged(session, flags, (write) => write(diffText(found, { printable, style: styleFor(session.terminal.color) })));
  return flags['exit-code'] && differs(found) ? 1 : 0;
};

function differs({ comparison: { added, removed, changed } }: CatalogDiff): boolean {
  return added.length + removed.length + changed.length > 0;
}
