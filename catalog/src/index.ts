export {
  buildSnapshot,
  type BuildInput,
  type BuildResult,
  type Candidate,
  type SourceInput,
  type SourceReport,
  type SourceRules,
} from './build/build.ts';
export { decodeCursor, encodeCursor } from './snapshot/cursor.ts';
export { CatalogError, OFFICIAL_META, ORIGIN_META, type CatalogEntry, type CatalogFormat, type CatalogInfo } from './entry/entry.ts';
export type { Finding } from './entry/findings.ts';
export { compileFilter, MAX_PATTERN_LENGTH, type Filter, type FilterRules } from './entry/filter.ts';
export { MAX_CATALOG_BYTES, readCatalog, type DeclaredFormat } from './formats/read.ts';
export { toToolhive, type ToolhiveServer } from './formats/toolhive-write.ts';
export type { Json, JsonObject } from './json.ts';
export { openSnapshot, SnapshotError, type Snapshot } from './snapshot/open.ts';
export type { SnapshotHeader, SnapshotSource } from './snapshot/layout.ts';
export {
  findLatest,
  findVersion,
  isDeleted,
  itemBytes,
  itemsBytes,
  listPage,
  versionsOf,
  type After,
  type ListQuery,
  type Page,
} from './snapshot/query.ts';
export { parseTime } from './time.ts';
