export { migrateObjects, migrateTexts, type ManifestText, type Migrations } from './documents.ts';
export { detectEra } from './era.ts';
export { migrate } from './migrate.ts';
export type { Companion, Era, Migration, MigrateOptions, Note, NoteLevel } from './types.ts';
export { writeMigrations } from './write.ts';
