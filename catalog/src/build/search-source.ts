import { admit } from '../entry/admit.ts';
import { CatalogError, type CatalogEntry } from '../entry/entry.ts';
import { compileFilter, type FilterRules } from '../entry/filter.ts';
import { FindingList, type Finding } from '../entry/findings.ts';
import { streamCatalog } from '../formats/read.ts';
import type { ReferenceKind } from '../references/forms.ts';
import { hasReference } from '../references/reference-index.ts';

/** What to search a source for: entries by name, or by a reference in the form that is compared. */
export type Wanted = { readonly server: string } | { readonly kind: ReferenceKind; readonly compared: string };

/** A matching entry of a source, and what the source's rules make of it. */
export interface Occurrence {
  readonly name: string;
  readonly version: string;
  readonly file?: string;
  /** `kept`: only another source or another entry of its name and version can keep it from being served. */
  readonly outcome: 'kept' | 'filtered' | 'leftOut';
  /** Why it is not kept. */
  readonly why?: string;
}

/** Most occurrences that are reported for a source. */
const MAX_OCCURRENCES = 100;

/** Reads the bytes of a source again, for the entries that somebody asks about. Filters are tried in order. Unusable bytes yield none. */
export function searchSource(bytes: Uint8Array, filters: readonly (FilterRules | undefined)[], wanted: Wanted): Occurrence[] {
  const compiled = filters.map(compileFilter);
  const found: Occurrence[] = [];
  const entry = (read: CatalogEntry): void => {
    if (found.length >= MAX_OCCURRENCES || read.kind !== 'server' || !isWanted(read, wanted)) return;
    const said: Finding[] = [];
    const admitted = admit(read, { add: (finding) => void said.push(finding) });
    const place = { name: read.name, version: read.version, ...(read.file === undefined ? {} : { file: read.file }) };
    if (admitted === undefined) {
      found.push({ ...place, outcome: 'leftOut', ...(said[0] === undefined ? {} : { why: said[0].message }) });
      return;
    }
    const why = compiled.map((filter) => filter(admitted)).find((reason) => reason !== undefined);
    found.push(why === undefined ? { ...place, outcome: 'kept' } : { ...place, outcome: 'filtered', why });
  };
  try {
    streamCatalog(bytes, 'auto', { entry, findings: new FindingList() });
  } catch (error) {
    if (!(error instanceof CatalogError) && !(error instanceof RangeError)) throw error;
  }
  return found;
}

function isWanted({ name, alias, server }: CatalogEntry, wanted: Wanted): boolean {
  if ('server' in wanted) return name === wanted.server || alias === wanted.server;
  return hasReference({ server }, wanted.kind, wanted.compared);
}
