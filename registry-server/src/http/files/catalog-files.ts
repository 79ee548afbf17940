import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { chunksOf } from '../../chunks.ts';
import { HttpError } from '../../errors.ts';
import { FILE_FORMATS, writeCatalog, type FileFormat, type Snapshot } from '../catalog.ts';
import { createPause } from '../views/derived.ts';

/** A complete catalog as a file, plain and compressed. */
export interface CatalogFile {
  readonly plain: FileBody;
  readonly gzip: FileBody;
}

/** The content of a file. */
export interface FileBody {
  readonly bytes: number;
  /** Opens the file when the first piece is asked for, and closes it with the last one. */
  read(): AsyncIterable<Uint8Array>;
}

/** Complete catalogs on disk. */
export interface CatalogFiles {
  /** The file of a snapshot, created on demand. */
  of(snapshot: Snapshot, format: FileFormat): Promise<CatalogFile>;
}

/** Maximum size in bytes of a file. Groups repeat their servers: without a limit a small catalog of many groups could fill the disk. */
export const MAX_FILE_BYTES = 400 * 1024 * 1024;
/** Bytes that are written at once. */
const PIECE_BYTES = 256 * 1024;
/** Files of previous snapshots may still be in use. */
const KEPT_GENERATIONS = 3;

/**
 * Keeps the files in a folder of their own, which is emptied first. They are made in slices, between which requests are answered, and one after the
 * other: of a catalog that changes again and again no two are in each other's way.
 */
export function createCatalogFiles(folder: string, maxBytes = MAX_FILE_BYTES): CatalogFiles {
  const emptied = rm(folder, { recursive: true, force: true });
  // Callers who request the file get the error.
  emptied.catch(() => undefined);
  const files = new Map<string, Promise<CatalogFile>>();
  /** Hashes of snapshots, the newest last. */
  let generations: readonly string[] = [];

  let queue: Promise<unknown> = Promise.resolve();

  async function make(snapshot: Snapshot, format: FileFormat, path: string): Promise<CatalogFile> {
    await emptied;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = `${path}.tmp`;
    await write(temporary, writeCatalog(snapshot, format), maxBytes).catch(async (error: unknown) => {
      await rm(temporary, { force: true });
      throw error;
    });
    await pipeline(createReadStream(temporary), createGzip(), createWriteStream(`${path}.gz`, { mode: 0o600 }));
    await rename(temporary, path);
    const file = { plain: await bodyOf(path), gzip: await bodyOf(`${path}.gz`) };
    await forgetAllBut([...generations, snapshot.header.hash]);
    return file;
  }

  async function forgetAllBut(kept: readonly string[]): Promise<void> {
    const isKept = (name: string): boolean => kept.some((hash) => name.startsWith(hash));
    for (const key of files.keys()) if (!isKept(key)) files.delete(key);
    for (const name of await readdir(folder)) if (!isKept(name)) await rm(join(folder, name), { force: true });
  }

  return {
    of: (snapshot, format) => {
      const { hash } = snapshot.header;
      generations = [...generations.filter((one) => one !== hash), hash].slice(-KEPT_GENERATIONS);
      const key = `${hash}.${format}.json`;
      const known = files.get(key);
      if (known !== undefined) return known;
      const file = queue.then(() => make(snapshot, format, join(folder, key)));
      queue = file.catch(() => undefined);
      files.set(key, file);
      // One that failed, as on a full disk, is tried again; one that is too large stays so.
      file.catch((error: unknown) => (isTooLarge(error) ? undefined : files.delete(key)));
      return file;
    },
  };
}

/** Creates the default form of each served snapshot in advance, so that nobody has to wait for it. Returns a function that stops this. */
export function followSnapshots(
  files: CatalogFiles,
  { snapshot, onUpdate }: { readonly snapshot: () => Snapshot | undefined; readonly onUpdate: (listener: () => void) => () => void },
  onError: (error: unknown) => void,
): () => void {
  let made: Snapshot | undefined;
  let timer: NodeJS.Timeout | undefined;
  const follow = (): void => {
    const now = snapshot();
    if (now === made || now === undefined) return;
    made = now;
    clearTimeout(timer);
    // A new snapshot is stored and requested first, and a catalog that changes often is not written each time.
    timer = setTimeout(() => void files.of(now, FILE_FORMATS[0]).catch(onError), SETTLE_MS);
    timer.unref();
  };
  const end = onUpdate(follow);
  follow();
  return () => {
    clearTimeout(timer);
    end();
  };
}

/** How long the catalog must be unchanged before its file is written in advance. */
const SETTLE_MS = 10_000;

function isTooLarge(error: unknown): boolean {
  return error instanceof HttpError && error.code === 'fileTooLarge';
}

/** Throws HttpError for more bytes than a file may have. */
async function write(path: string, pieces: Iterable<Buffer | undefined>, maxBytes: number): Promise<void> {
  await using file = await open(path, 'w', 0o600);
  const pause = createPause();
  let waiting: Buffer[] = [];
  let bytes = 0;
  let total = 0;
  const flush = async (): Promise<void> => {
    await file.writeFile(Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  for (const piece of pieces) {
    await pause();
    if (piece === undefined) continue;
    waiting.push(piece);
    bytes += piece.length;
    total += piece.length;
    if (total > maxBytes) {
      throw new HttpError(
        'fileTooLarge',
        `the catalog has more than ${maxBytes} bytes in this form, because groups repeat their servers; ask for /v0.1/servers page by page`,
      );
    }
    if (bytes >= PIECE_BYTES) await flush();
  }
  await flush();
}

async function bodyOf(path: string): Promise<FileBody> {
  return {
    bytes: (await stat(path)).size,
    read: async function* () {
      await using file = await open(path, 'r');
      yield* chunksOf(file);
    },
  };
}
