import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The data could not be written. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** Data that are being written to a staging file. */
export interface Incoming {
  /** The staging file; there once the data are kept. */
  readonly path: string;
  /** Bytes that were written so far. */
  bytes(): number;
  /** Writes all of the content. Throws what the content throws, and {@link StorageError}. */
  write(content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Completes the staging file. Throws {@link StorageError}. */
  keep(): Promise<void>;
  /** Discards what was written. No effect after it was kept. */
  discard(): Promise<void>;
}

/**
 * Opens a temporary file in the folder. Both its names are unique, so that an abandoned reader that keeps writing does not overwrite
 * other data. Throws {@link StorageError}.
 */
export async function openIncoming(folder: string, source: string): Promise<Incoming> {
  const path = join(folder, `${source}.${randomBytes(6).toString('hex')}.staged`);
  const temporary = `${path}.tmp`;
  const file = await stored(open(temporary, 'wx', 0o600));
  let isOpen = true;
  let bytes = 0;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await stored(file.close());
  };
  return {
    path,
    bytes: () => bytes,
    write: async (content) => {
      for await (const chunk of content) {
        await stored(file.writeFile(chunk));
        bytes += chunk.length;
      }
    },
    keep: async () => {
      await stored(file.sync());
      await close();
      await stored(rename(temporary, path));
    },
    discard: async () => {
      await close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}

async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(`the data could not be stored: ${message}`, { cause });
  }
}
