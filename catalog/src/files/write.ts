import type { Snapshot } from '../snapshot/snapshot.ts';
import { dockerFile } from './docker.ts';
import type { OnNote } from './notes.ts';
import { officialFile } from './official.ts';
import type { Pieces } from './pieces.ts';
import { toolhiveFile } from './toolhive.ts';
import { upstreamFile } from './upstream.ts';

/**
 * The forms in which a whole catalog is written: ToolHive's current file, the one before February 2026, the list of the official API, and Docker's catalog in
 * YAML.
 */
export const FILE_FORMATS = ['upstream', 'toolhive', 'official', 'docker'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const WRITERS: Readonly<Record<FileFormat, (snapshot: Snapshot, note?: OnNote) => Pieces>> = {
  upstream: upstreamFile,
  toolhive: toolhiveFile,
  official: officialFile,
  docker: dockerFile,
};

/**
 * Writes the servers of a snapshot, with skills, plugins and groups as far as the form supports them.
 * @param note is called for what the form has no place for, while the pieces are generated
 */
export function writeCatalog(snapshot: Snapshot, format: FileFormat, note?: OnNote): Pieces {
  return WRITERS[format](snapshot, note);
}
