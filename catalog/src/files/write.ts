import type { Snapshot } from '../snapshot/snapshot.ts';
import { toolhiveFile } from './toolhive.ts';
import { upstreamFile } from './upstream.ts';

/** The forms in which a whole catalog is written: ToolHive's file of today, and the one before February 2026. */
export const FILE_FORMATS = ['upstream', 'toolhive'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/**
 * Writes the latest version of every server of a snapshot, with skills, plugins and groups as far as the form has them. Undefined stands between two
 * pieces where the writer may be left waiting.
 */
export function writeCatalog(snapshot: Snapshot, format: FileFormat): Generator<Buffer | undefined, void, undefined> {
  return format === 'upstream' ? upstreamFile(snapshot) : toolhiveFile(snapshot);
}
