import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { misuse } from '../program/failure.ts';
import { reasonOf } from './write-errors.ts';

/**
 * Writes a temporary file and renames it: whatever goes wrong, the file has either the old or the new content.
 * What is not a regular file, such as `/dev/null` or a named pipe, is written to. Throws a failure that names the file.
 */
export async function replaceFile(file: string, content: Uint8Array, mode?: number): Promise<void> {
  const known = await stat(file).catch(() => undefined);
  const isRegular = known === undefined || known.isFile();
  const written = isRegular ? `${file}.${process.pid}.tmp` : file;
  try {
    await writeFile(written, content, { mode: known?.mode ?? mode });
    if (isRegular) await rename(written, file);
  } catch (cause) {
    if (isRegular) await rm(written, { force: true });
    throw misuse(`${file} cannot be written: ${reasonOf(file, cause as NodeJS.ErrnoException)}`, 'name another file');
  }
}
