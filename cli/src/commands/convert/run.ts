import { kindOf } from '@toolhive-registry/catalog';
import { noneUsable, type Reason } from '../../catalog-file/none-usable.ts';
import type { Findings } from '../../catalog-file/open-catalog.ts';
import { readCatalogBytes, withName } from '../../catalog-file/read-catalog.ts';
import { replaceFile } from '../../output/replace-file.ts';
import { convert, isComplete } from '../../convert/convert.ts';
import { reportLines } from '../../convert/report-lines.ts';
import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { escapedJson, printable } from '../../terminal/printable.ts';
import type { flags as flagSpecs } from './command.ts';

/** Name of a catalog where its form has one. */
const NAME = 'catalog';

function leftOutOf({ kept }: Findings): readonly Reason[] {
  return kept.filter((finding) => kindOf(finding) === 'leftOut');
}

/** Writes a catalog in another form. */
export const runConvert: Run<typeof flagSpecs> = async ({ args: [argument = ''], flags }, session) => {
  const { to } = flags;
  if (to === undefined) throw misuse('--to is missing', 'give the form of the result: upstream, toolhive, official or docker');
  const { name, bytes } = await readCatalogBytes(argument, session);
  const { bytes: result, report } = await withName(name, () => convert(bytes, { name: NAME, to, now: session.now() }));
  const { entries, findings } = report;
  const isEmpty = entries.versions + entries.skills + entries.plugins === 0;
  if (isEmpty && findings.counts.leftOut > 0) throw noneUsable(name, findings.counts.leftOut, leftOutOf(findings), session.program);
  if (!flags.quiet) for (const line of reportLines(report, { printable })) session.say(line);
  if (flags.strict && !isComplete(report)) {
    session.say('error: something cannot be kept, and --strict is given; nothing was written');
    return 1;
  }
  const written = Buffer.from(result).toString('utf8');
  // Of both forms the bytes are those of a text that may be shown; YAML is written so.
  const text = to === 'docker' ? written : escapedJson(written);
  const file = flags['output-file'];
  if (file === undefined) await session.write(text);
  else await replaceFile(file, Buffer.from(text));
  return 0;
};
