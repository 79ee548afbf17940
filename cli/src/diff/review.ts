import type { EntryKind } from '@toolhive-registry/catalog';
import {
  ATTENTIONS,
  summaryOf,
  type Attention,
  type CatalogComparison,
  type Differences,
  type Statement,
} from '@toolhive-registry/catalog/compare';

/** A change to an entry, in words. */
export interface ReviewedEntry {
  readonly change: 'added' | 'changed' | 'removed';
  readonly kind: EntryKind;
  readonly name: string;
  /** Absent for an entry that was added. */
  readonly versionBefore?: string;
  /** Absent for an entry that was removed. */
  readonly versionAfter?: string;
  /** How closely it has to be looked at: as closely as the first statement, and most closely where there is none because of its place in the list. */
  readonly attention: Attention;
  /** What needs the closest look first. None of a removed entry. */
  readonly statements: readonly Statement[];
  /** Absent if too many entries differ to compare them, and for a removed one. */
  readonly differences?: Differences;
}

/** All entries that differ, those that need the closest look first, and then by name. */
export function reviewOf({ added, changed, removed }: CatalogComparison): ReviewedEntry[] {
  const entries: ReviewedEntry[] = [
    ...changed.map(({ kind, name, versionBefore, versionAfter, differences }) => ({
      ...reviewed(differences),
      ...({ change: 'changed', kind, name, versionBefore, versionAfter } as const),
    })),
    ...added.map(({ kind, name, version, differences }) => ({
      ...reviewed(differences),
      ...({ change: 'added', kind, name, versionAfter: version } as const),
    })),
    ...removed.map(({ kind, name, version }) => ({
      ...({ attention: 'behavior', statements: [] } as const),
      ...({ change: 'removed', kind, name, versionBefore: version } as const),
    })),
  ];
  return entries.sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function rankOf({ attention }: ReviewedEntry): number {
  return ATTENTIONS.indexOf(attention);
}

function reviewed(differences: Differences | undefined): Pick<ReviewedEntry, 'attention' | 'statements' | 'differences'> {
  // An unknown change may be anything.
  if (differences === undefined) return { attention: 'security', statements: [] };
  const statements = summaryOf(differences);
  return { attention: statements[0]?.attention ?? 'text', statements, differences };
}

/** Whether an entry differs but was not compared. */
export function isNotCompared({ change, differences }: ReviewedEntry): boolean {
  return change !== 'removed' && differences === undefined;
}

/** What an entry is called: `io.github.example/weather`, `skill io.github.example/pdf`. */
export function entryName({ kind, name }: Pick<ReviewedEntry, 'kind' | 'name'>): string {
  return kind === 'server' ? name : `${kind} ${name}`;
}

/** `2 added, 1 removed, 3 changed, 85 the same`. */
export function countsText({ added, removed, changed, unchanged }: CatalogComparison): string {
  return `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${unchanged} the same`;
}
