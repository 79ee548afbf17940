import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { openSnapshot, type Snapshot } from '@toolhive-registry/catalog';
import type { Candidate } from './candidates.ts';

/** Data up to this size are read anew as fast as their rows are read back. */
const MIN_KEPT_BYTES = 512 * 1024;

/** Whether the rows of that many bytes of data are kept: an edit of another source then does not parse them again. */
export function isWorthKeeping(bytes: number): boolean {
  return bytes > MIN_KEPT_BYTES;
}

/** A source whose rows may be kept. */
interface KeptSource {
  readonly candidates: readonly Candidate[];
  readonly rulesHash: string;
  readonly keptPath?: string | undefined;
}

/** The rows of a source as they were kept, if they are those of its first candidate by the rules of now. What is damaged is none. */
export function readKept({ candidates: [first], rulesHash, keptPath }: KeptSource): Snapshot | undefined {
  if (first?.hash === undefined || keptPath === undefined) return undefined;
  try {
    const snapshot = openSnapshot(readWhole(keptPath), { verify: true });
    const [source] = snapshot.header.sources;
    return source?.hash === first.hash && source.rules === rulesHash ? snapshot : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the rows. A failure costs time with the next build and nothing else; what is half written is told by its hash. */
export function writeKept(path: string, block: Uint8Array): void {
  const temporary = `${path}.tmp`;
  try {
    writeFileSync(temporary, block, { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/** Reads a file into memory of its own, which a snapshot wants, without a copy on the way. */
export function readWhole(path: string): Uint8Array<ArrayBuffer> {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(fstatSync(file).size);
    for (let at = 0; at < bytes.length;) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0) throw new Error(`${path} has become shorter`);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
