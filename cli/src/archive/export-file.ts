import { misuse } from '../program/failure.ts';
import type { Files } from './archive.ts';

/** Names of the files of an export. */
export const EXPORTED = {
  /** What the archive is. */
  about: 'export.json',
  /** The MCPRegistry and the ConfigMaps that it reads. */
  manifest: 'manifest.yaml',
  /** The served catalog. */
  catalog: 'catalog.json',
  /** Last good data, history and kept snapshots, as replicas give them to one another. */
  lastGood: 'last-good.seed',
  status: 'status.json',
  history: 'history.json',
  report: 'report.json',
} as const;

const MEBIBYTE = 1024 * 1024;

/** Maximum size in bytes of an archive, compressed. */
export const MAX_ARCHIVE_BYTES = 1024 * MEBIBYTE;

/** Maximum size in bytes of each file. The largest catalog that is tried, of 75,000 entries, has 150 MiB, and its history as much again. */
export const MAX_EXPORTED_BYTES: Readonly<Record<string, number>> = {
  [EXPORTED.about]: MEBIBYTE,
  [EXPORTED.manifest]: 32 * MEBIBYTE,
  [EXPORTED.catalog]: 1024 * MEBIBYTE,
  [EXPORTED.lastGood]: 1024 * MEBIBYTE,
  [EXPORTED.status]: 64 * MEBIBYTE,
  [EXPORTED.history]: 64 * MEBIBYTE,
  [EXPORTED.report]: 256 * MEBIBYTE,
};

/** The description inside an archive. */
export interface About {
  /** Version of the format. */
  readonly form: 1;
  readonly exportedAt: string;
  /** Version of the program that wrote it. */
  readonly version: string;
  readonly registry: { readonly name: string; readonly namespace: string };
}

/** Reads the description of an archive. Throws a failure if it is not an export, or has a later format. */
export function aboutOf(name: string, files: Files): About {
  const text = files.get(EXPORTED.about);
  if (text === undefined) throw misuse(`${name} is not an export archive: it has no ${EXPORTED.about}`, 'name another file');
  const about = parsed(Buffer.from(text).toString('utf8'));
  if (about === undefined) throw misuse(`${name} is not an export archive: its ${EXPORTED.about} is damaged`, 'name another file');
  if (about['form'] !== 1)
    throw misuse(`${name} has a format that this version does not know`, 'use the version that wrote it, or a later one');
  return about as unknown as About;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const registry = (value as { readonly registry?: { readonly name?: unknown } } | null)?.registry;
    return typeof registry?.name === 'string' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
