import { readArchive } from '../../archive/archive.ts';
import { aboutOf, MAX_ARCHIVE_BYTES, MAX_EXPORTED_BYTES } from '../../archive/export-file.ts';
import { readBytes } from '../../catalog-file/read-bytes.ts';
import type { Run } from '../../program/command.ts';
import { restoreIntoCluster } from './into-cluster.ts';
import { restoreIntoFolder } from './into-folder.ts';
import type { flags as flagSpecs } from './command.ts';

/** Restores a registry. */
export const runRestore: Run<typeof flagSpecs> = async ({ args: [file = ''], flags }, session) => {
  const { name, bytes } = await readBytes(file, MAX_ARCHIVE_BYTES, session);
  const files = await readArchive(name, bytes, MAX_EXPORTED_BYTES);
  const archive = { file: name, files, about: aboutOf(name, files) };
  if (flags.into === undefined) await restoreIntoCluster(archive, flags, session);
  else await restoreIntoFolder(archive, flags.into, flags, session);
  return 0;
};
