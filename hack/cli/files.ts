import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that is made. */
export interface MadeFile {
  /** Below the folder or archive that it goes into. */
  readonly path: string;
  readonly content: string | Buffer;
  readonly executable?: boolean;
}

/** Writes files into a folder, which has nothing else afterwards. */
export function writeFolder(folder: string, files: readonly MadeFile[]): void {
  rmSync(folder, { recursive: true, force: true });
  for (const file of files) writeMade(folder, file);
}

/** Writes one file into a folder, and keeps the rest. */
export function writeMade(folder: string, { path, content, executable = false }: MadeFile): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  // The mode applies only to new files.
  rmSync(file, { force: true });
  writeFileSync(file, content, { mode: executable ? 0o755 : 0o644 });
}
