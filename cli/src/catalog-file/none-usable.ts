import { counted } from '../output/counted.ts';
import { Failure } from '../program/failure.ts';
import { printable } from '../terminal/printable.ts';

/** Maximum number of reasons in the message; `validate` shows all. */
const MAX_REASONS = 3;

/** Why one entry cannot be used. */
export interface Reason {
  /** Its name, or where it stands. Absent: it is about the whole file. */
  readonly entry?: string | undefined;
  readonly message: string;
}

/**
 * The failure of a catalog that has entries of which none can be used. A registry would serve nothing from it,
 * so it is treated as a mistake; a catalog without any entry is valid.
 *
 * @param program how this program was called, for the remedy
 */
export function noneUsable(path: string, entries: number, reasons: readonly Reason[], program: string): Failure {
  const listed = reasons.slice(0, MAX_REASONS).map(({ entry, message }) => {
    // That it is left out is what the failure says.
    const why = message.replace(/; (the server|it) was left out$/, '');
    return printable(entry === undefined ? why : `${entry}: ${why}`);
  });
  const what = entries === 1 ? 'one entry, which cannot be used' : `${counted(entries, 'entry', 'entries')}, and none of them can be used`;
  return new Failure(`${path} has ${what}${listed.length === 0 ? '' : `: ${listed.join('; ')}`}`, {
    remedy: `${program} validate ${path} shows all`,
  });
}
