import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chunksOf } from '../chunks.ts';

/** The link that a mounted ConfigMap's folder exchanges when its content changes (Kubernetes' atomic writer). */
export const VOLUME_LINK = '..data';

/** Maximum number of entries in a folder that are checked. */
const MAX_ENTRIES = 2_000;

/** The identity of a missing or unreadable file. */
export const ABSENT = '-';

/** Which file a path leads to and when it last changed, without reading it: one `stat`. */
export async function fileIdentity(path: string): Promise<string> {
  return traceOf(await stat(path, { bigint: true }).catch(() => undefined));
}

/** The {@link fileIdentity} of a file from its stats. */
export function traceOf(stats: BigIntStats | undefined): string {
  return stats === undefined ? ABSENT : `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}

/**
 * The hash of a small file's content, as `sha256:HEX`. The kubelet writes every file of a volume again when one of them changes, so that only
 * the content tells which one it was. Read again only when the file is another one.
 */
export function contentIdentity(path: string): () => Promise<string> {
  let known: { readonly trace: string; readonly hash: string } | undefined;
  return async () => {
    const trace = await fileIdentity(path);
    if (trace === ABSENT) return ABSENT;
    if (known?.trace !== trace) known = { trace, hash: await hashFile(path).catch((error: unknown) => `unreadable ${String(error)}`) };
    return known.hash;
  };
}

async function hashFile(path: string): Promise<string> {
  await using file = await open(path, 'r');
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(file)) hash.update(chunk);
  return hashIdentity(hash.digest('hex'));
}

/** How the identity of content is written. */
export function hashIdentity(sha256: string): string {
  return `sha256:${sha256}`;
}

/** Changes when an entry of the folder that matters is added, removed, replaced or written; not when something deeper does. */
export async function folderIdentity(directory: string, only: RegExp): Promise<string> {
  // The order is the file system's own, and stays while nothing changes.
  const names = (await readdir(directory).catch(() => [])).filter((name) => only.test(name)).slice(0, MAX_ENTRIES);
  const entries = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const own = await lstat(path, { bigint: true }).catch(() => undefined);
      // The target of a link may change while the link stays.
      const target = own?.isSymbolicLink() === true ? await stat(path, { bigint: true }).catch(() => undefined) : undefined;
      return `${name} ${entryTrace(own)} ${entryTrace(target)}`;
    }),
  );
  return entries.join('\n');
}

function entryTrace(stats: BigIntStats | undefined): string {
  // A folder's size and time change with what is in it, and the server's own storage may be such a folder.
  return stats?.isDirectory() === true ? `${stats.dev}:${stats.ino}` : traceOf(stats);
}
