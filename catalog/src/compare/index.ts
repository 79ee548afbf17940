/** Differences between entries and between catalogs. Imports nothing from Node.js, so that it can be bundled for browsers. */
export { CatalogEntries, type ComparisonRules } from './catalog-entries.ts';
export {
  compareCatalogs,
  compareEntries,
  itemDifferences,
  type CatalogComparison,
  type ChangedEntry,
  type ComparisonLimits,
  type ListedEntry,
} from './catalogs.ts';
export { MAX_DIFFERENCES, type Difference, type DifferenceKind, type Differences, type Step } from './difference.ts';
export { differences } from './differences.ts';
export { factsOf, keyOf, type CatalogItem, type FactRules, type ItemKey } from './facts.ts';
export { phraseOf, type PhraseLimits, type PhrasePart } from './summary/phrase.ts';
export { ATTENTIONS, type Attention, type Statement, type Subject } from './summary/statement.ts';
export { summaryOf } from './summary/summary.ts';
