import { readFile } from 'node:fs/promises';
import { checkCatalog, loadSchemaChecks } from '@toolhive-registry/catalog';
import { withName } from '../catalog-file/read-catalog.ts';
import { unpacked } from '../catalog-file/unpack.ts';
import { counted } from '../output/counted.ts';
import { misuse } from '../program/failure.ts';
import { printable } from '../terminal/printable.ts';
import type { Session } from '../terminal/session.ts';

/** Most findings that are told before a file is used; `validate` tells all. */
const MAX_TOLD = 3;

/** Reads a catalog file and says what would become of its entries. Throws a failure for one that cannot be used. */
export async function checkedCatalog(path: string, quiet: boolean, { say, program }: Session): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw misuse(`${path} cannot be read: ${cause.code === 'ENOENT' ? 'there is no such file' : cause.message}`);
  });
  const { findings, read, served, isCatalog } = checkCatalog({
    bytes: await withName(path, () => unpacked(bytes)),
    path,
    schemas: await loadSchemaChecks(),
  });
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!isCatalog || served === 0)
    throw misuse(
      `${path} is not a usable catalog: ${printable(first?.message ?? 'it has no servers')}`,
      `${program} validate ${path} says more`,
    );
  if (quiet) return bytes;
  say(`${path}: ${counted(served, 'server')} of ${counted(read, 'entry', 'entries')}`);
  for (const { entry, message } of errors.slice(0, MAX_TOLD)) say(`  left out: ${printable(`${entry ?? ''}: ${message}`)}`);
  if (errors.length > MAX_TOLD) say(`  and ${errors.length - MAX_TOLD} more; ${program} validate ${path} shows all`);
  return bytes;
}
