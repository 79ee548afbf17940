import { checkCatalog, type CatalogCheck, type CatalogCheckInput, type CheckFinding, type TextPosition } from '@toolhive-registry/catalog';
import type { Input } from './inputs.ts';
import { locatorOf } from './locate.ts';

/** A finding with its position in the file. */
export interface LocatedFinding extends CheckFinding {
  readonly position: TextPosition;
  /** For a duplicate: the position of the version of the entry that is served. */
  readonly firstPosition?: TextPosition;
}

/** The result for an input. */
export interface CheckedFile extends Pick<CatalogCheck, 'format' | 'read' | 'served' | 'omitted'> {
  readonly name: string;
  /** Why it was skipped; it has no findings then. */
  readonly skipped?: string;
  /** In the order of the file. */
  readonly findings: readonly LocatedFinding[];
}

/** How files are checked. */
export type CheckOptions = Pick<CatalogCheckInput, 'format' | 'schemas'>;

/** The beginning of a file. */
const BEGINNING: TextPosition = { line: 1, column: 1 };

/** Checks an input as a catalog by itself. A file of a folder that is not a catalog is passed over. */
export function checkFile(input: Input, options: CheckOptions): CheckedFile {
  const { name } = input;
  if ('skipped' in input) return { ...NOTHING, name, skipped: input.skipped };
  if ('problem' in input) return { ...NOTHING, name, findings: [problemOf(input.problem)] };
  const path = input.inFolder === true ? name : undefined;
  const { isCatalog, findings, ...counts } = checkCatalog({ ...options, bytes: input.bytes, path });
  if (!isCatalog && input.inFolder === true) return { ...NOTHING, name, skipped: 'is not a catalog in any known form' };
  return { ...counts, name, findings: located(findings, input.bytes, path) };
}

const NOTHING = { read: 0, served: 0, omitted: 0, findings: [] } as const;

function problemOf(message: string): LocatedFinding {
  return { rule: 'unreadable', severity: 'error', message, pointer: '', place: { pointer: '' }, position: BEGINNING };
}

/** Findings with their positions, in the order of the file. */
function located(findings: readonly CheckFinding[], bytes: Uint8Array, path: string | undefined): LocatedFinding[] {
  const locator = locatorOf(bytes, path);
  return findings
    .map((finding) => ({
      ...finding,
      position: finding.rule === 'unreadable' ? (finding.place.position ?? locator.fault()) : locator.at(finding.place),
      ...(finding.firstPlace === undefined ? {} : { firstPosition: locator.at(finding.firstPlace) }),
    }))
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
}
