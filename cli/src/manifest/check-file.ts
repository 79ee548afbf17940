import { checkCatalog, loadSchemaChecks, MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { noneUsable } from '../catalog-file/none-usable.ts';
import { readBytes } from '../catalog-file/read-bytes.ts';
import { withName } from '../catalog-file/read-catalog.ts';
import { unpacked } from '../catalog-file/unpack.ts';
import { counted } from '../output/counted.ts';
import { misuse } from '../program/failure.ts';
import { printable } from '../terminal/printable.ts';
import type { Session } from '../terminal/session.ts';

/** Maximum number of findings that are shown before a file is used; `validate` shows all. */
const MAX_TOLD = 3;

/** Reads a catalog file and says what would become of its entries. Throws a failure for one that cannot be used. */
export async function checkedCatalog(path: string, quiet: boolean, session: Session): Promise<Uint8Array> {
  const { say, program } = session;
  const { name, bytes } = await readBytes(path, MAX_CATALOG_BYTES, session);
  const { findings, read, served, isCatalog } = checkCatalog({
    bytes: await withName(name, () => unpacked(bytes)),
    path: name,
    schemas: await loadSchemaChecks(),
  });
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (isCatalog && served === 0 && read > 0) throw noneUsable(name, read, errors, program);
  if (!isCatalog || served === 0)
    throw misuse(
      `${name} is not a usable catalog: ${printable(first?.message ?? 'it has no servers')}`,
      `${program} validate ${name} says more`,
    );
  if (quiet) return bytes;
  say(`${name}: ${counted(served, 'server')} of ${counted(read, 'entry', 'entries')}`);
  for (const { entry, message } of errors.slice(0, MAX_TOLD)) say(`  left out: ${printable(`${entry ?? ''}: ${message}`)}`);
  if (errors.length > MAX_TOLD) say(`  and ${errors.length - MAX_TOLD} more; ${program} validate ${name} shows all`);
  return bytes;
}
