import { readFile } from 'node:fs/promises';
import { readArchive } from '../../archive/archive.ts';
import { aboutOf, MAX_EXPORTED_BYTES } from '../../archive/export-file.ts';
import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { restoreIntoCluster } from './into-cluster.ts';
import { restoreIntoFolder } from './into-folder.ts';
import type { flags as flagSpecs } from './command.ts';

/** Brings a registry back. */
export const runRestore: Run<typeof flagSpecs> = async ({ args: [file = ''], flags }, session) => {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw misuse(`${file} cannot be read: ${cause.code === 'ENOENT' ? 'there is no such file' : cause.message}`);
  });
  const files = await readArchive(file, bytes, MAX_EXPORTED_BYTES);
  const about = aboutOf(file, files);
  if (flags.into === undefined) await restoreIntoCluster({ file, files, about }, flags, session);
  else await restoreIntoFolder({ file, files, about }, flags.into, flags, session);
  return 0;
};
