import type { EntryKind } from '@toolhive-registry/catalog';
import type { Attention, Difference, Statement } from '@toolhive-registry/catalog/compare';
import { reviewOf, type ReviewedEntry } from './review.ts';
import type { CatalogDiff, DiffSide } from './side.ts';

/** The differences of two catalogs for programs. Numbers in entries keep every digit: only JSON.stringify can write them. */
export interface DiffDocument {
  readonly before: SideDocument;
  readonly after: SideDocument;
  /** `version`: each version of an entry by itself; `server`: the latest version of each. */
  readonly by: 'version' | 'server';
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number; readonly unchanged: number };
  /** What needs the closest look first, then by name. */
  readonly entries: readonly EntryDocument[];
}

/** One of the catalogs. */
export interface SideDocument {
  readonly label: string;
  readonly entries: number;
  /** Entries that cannot be served, and so are not compared. */
  readonly leftOut: number;
  /** Items that are not compared since one of the same kind, name and version stood before them. */
  readonly repeated: number;
}

/** One entry that differs. */
export interface EntryDocument {
  readonly change: ReviewedEntry['change'];
  readonly kind: EntryKind;
  readonly name: string;
  readonly versionBefore?: string;
  readonly versionAfter?: string;
  readonly attention: Attention;
  readonly statements: readonly Statement[];
  /** Between `{server, _meta}` before and after; absent if too many entries differ, and for a removed one. */
  readonly differences?: readonly Omit<Difference, 'path'>[];
  /** How many more differences there are. */
  readonly moreDifferences?: number;
}

/** What {@link diffJson} writes. */
export function diffDocument({ before, after, comparison }: CatalogDiff): DiffDocument {
  const { by, added, removed, changed, unchanged, repeated } = comparison;
  return {
    before: sideDocument(before, repeated.before),
    after: sideDocument(after, repeated.after),
    by,
    counts: { added: added.length, removed: removed.length, changed: changed.length, unchanged },
    entries: reviewOf(comparison).map(entryDocument),
  };
}

/** Two catalogs' differences as JSON. Characters that a terminal would act upon, or not show, are written as escapes, which mean the same. */
export function diffJson(diff: CatalogDiff): string {
  return `${JSON.stringify(diffDocument(diff), undefined, 2).replaceAll(UNSEEN, escapes)}\n`;
}

/** Controls, formats, and separators of lines, by their general category (Unicode Standard, 4.5); line feeds are those of the indentation. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escapes(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}

function sideDocument({ label, entries, findings }: DiffSide, repeated: number): SideDocument {
  return { label, entries: entries.size, leftOut: findings?.counts.leftOut ?? 0, repeated };
}

function entryDocument({ differences, ...entry }: ReviewedEntry): EntryDocument {
  if (differences === undefined) return entry;
  const listed = differences.listed.map(({ path: _path, ...difference }) => difference);
  return { ...entry, differences: listed, ...(differences.unlisted === 0 ? {} : { moreDifferences: differences.unlisted }) };
}
