import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { shellQuote } from '@toolhive-registry/catalog/clients';
import { EXPORTED } from '../../archive/export-file.ts';
import { yamlText } from '../../output/format.ts';
import { manifestText } from '../../output/manifests.ts';
import { misuse } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import { reasonOf } from '../../output/write-errors.ts';
import { checkedCatalog, restoredObjects, type Archive } from './content.ts';
import type { Flags } from './command.ts';

/** Files of an archive that are JSON. */
const DOCUMENTS = [EXPORTED.status, EXPORTED.history, EXPORTED.report] as const;

/** Flags for clusters. */
const OF_A_CLUSTER = ['namespace', 'context', 'kubeconfig', 'wait', 'timeout', 'dry-run'] as const;

/** Unpacks an archive so that `serve` continues from the state of the registry. */
export async function restoreIntoFolder(archive: Archive, folder: string, flags: Flags, session: Session): Promise<void> {
  const given = OF_A_CLUSTER.find((name) => flags[name] !== undefined && flags[name] !== false);
  if (given !== undefined) throw misuse(`--${given} is for a cluster, and --into for a folder`, `leave out --${given} or --into`);
  const files = new Map<string, Uint8Array | string>([
    ...archive.files,
    ['registry.yaml', await manifestFor(archive, flags, session.now())],
  ]);
  checkDocuments(archive);
  await writeFolder(folder, files);
  const seed = files.has(EXPORTED.lastGood) ? ['--seed-from', join(folder, EXPORTED.lastGood)] : [];
  const words = ['serve', '--config', join(folder, 'registry.yaml'), ...seed, '--storage-path', join(folder, 'data')];
  if (!flags.quiet) session.say(`${folder}: ${files.size} files; serve it with:`);
  await session.write(`${session.program} ${words.map(shellQuote).join(' ')}\n`);
}

/** The manifest to serve: of a cluster that of the archive, else one whose only source is the archive's catalog. */
async function manifestFor(archive: Archive, flags: Flags, now: number): Promise<string> {
  const { files, about, file } = archive;
  if (files.has(EXPORTED.manifest) && !flags['from-catalog']) {
    const { registry, configMaps } = restoredObjects(archive, false, undefined);
    return manifestText('yaml', [registry, ...configMaps]);
  }
  const catalog = files.get(EXPORTED.catalog);
  if (catalog === undefined) throw misuse(`${file} has no ${EXPORTED.catalog}: the registry served none when it was exported`);
  await checkedCatalog(archive, catalog, now);
  return yamlText({
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: about.registry,
    spec: { source: { type: 'file', file: { path: EXPORTED.catalog } } },
  });
}

function checkDocuments({ file, files }: Archive): void {
  for (const name of DOCUMENTS) {
    const bytes = files.get(name);
    if (bytes === undefined) continue;
    try {
      JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      throw misuse(`the ${name} of ${file} is damaged: it is not JSON`, 'name another file');
    }
  }
}

/** Writes all files or none: into a temporary folder beside, which is then renamed. An empty folder of that name may exist. */
async function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
  const there = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw misuse(`${folder} cannot be written: ${reasonOf(folder, cause)}`, 'name another folder');
  });
  if (there.length > 0) throw misuse(`${folder} is not empty`, 'name an empty folder, or one that does not exist yet');
  const beside = `${resolve(folder)}.${process.pid}.tmp`;
  try {
    await mkdir(beside, { mode: 0o700 });
    for (const [name, content] of files) await writeFile(join(beside, name), content);
    await rename(beside, folder);
  } catch (cause) {
    await rm(beside, { recursive: true, force: true });
    throw misuse(`${folder} cannot be written: ${reasonOf(folder, cause as NodeJS.ErrnoException)}`, 'name another folder');
  }
}
