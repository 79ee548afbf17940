import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shellQuote } from '@toolhive-registry/catalog/clients';
import { EXPORTED } from '../../archive/export-file.ts';
import { yamlText } from '../../output/format.ts';
import { manifestText } from '../../output/manifests.ts';
import { misuse } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import { restoredObjects, type Archive } from './content.ts';
import type { Flags } from './command.ts';

const KNOWN: readonly string[] = Object.values(EXPORTED);

/** Unpacks an archive so that `serve` begins where the registry was. */
export async function restoreIntoFolder(archive: Archive, folder: string, flags: Flags, session: Session): Promise<void> {
  // What else an archive may have is not ours.
  const files = new Map([...archive.files].filter(([name]) => KNOWN.includes(name)));
  const manifest = manifestFor(archive, flags);
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of files) await writeFile(join(folder, name), content, { flag: 'wx' });
    await writeFile(join(folder, 'registry.yaml'), manifest, { flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw misuse(`${folder} cannot be written: ${code === 'EEXIST' ? 'it has such files already' : message}`, 'name an empty folder');
  }
  const seed = files.has(EXPORTED.lastGood) ? ['--seed-from', join(folder, EXPORTED.lastGood)] : [];
  const words = ['serve', '--config', join(folder, 'registry.yaml'), ...seed, '--storage-path', join(folder, 'data')];
  if (!flags.quiet) session.say(`${folder}: ${files.size + 1} files; serve it with:`);
  await session.write(`${session.program} ${words.map(shellQuote).join(' ')}\n`);
}

/** The manifest to serve: of a cluster that of the archive, else one whose only source is the archive's catalog. */
function manifestFor(archive: Archive, flags: Flags): string {
  const { files, about } = archive;
  if (files.has(EXPORTED.manifest) && !flags['from-catalog']) {
    const { registry, configMaps } = restoredObjects(archive, false, undefined);
    return manifestText('yaml', [registry, ...configMaps]);
  }
  return yamlText({
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: about.registry,
    spec: { source: { type: 'file', file: { path: EXPORTED.catalog } } },
  });
}
