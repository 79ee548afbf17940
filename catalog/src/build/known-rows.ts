import { createHash, hash } from 'node:crypto';
import type { Predecessor } from '../snapshot/predecessor.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { KnownRow } from './rows.ts';

/** The origin of a row: the list item whose bytes gave exactly this row, without findings. */
export interface RowOrigin {
  /** {@link itemHash} of the item's bytes. */
  readonly hash: string;
  /** Position of the row in a snapshot. */
  readonly position: number;
  /** Where in the row's JSON the literal is that says whether it is the latest. */
  readonly latestAt: number;
}

const HASH_BYTES = 32;
/** The snapshot's hash, then that of everything after it. */
const HEADER_BYTES = 2 * HASH_BYTES;
const RECORD_BYTES = HASH_BYTES + 8;
/** If a smaller fraction of the items is known, opening the snapshot takes longer than it saves, and having both in memory is too much. */
const MIN_KNOWN_PART = 0.75;

/** Identifies the bytes of an item; by SHA-256, since whoever writes a catalog could create collisions of weaker hashes. */
export function itemHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url');
}

/** Encodes the origins of a snapshot's rows, to be stored with it. */
export function encodeOrigins(snapshotHash: string, origins: readonly RowOrigin[]): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + origins.length * RECORD_BYTES);
  for (const [index, origin] of origins.entries()) {
    const at = HEADER_BYTES + index * RECORD_BYTES;
    bytes.write(origin.hash, at, 'base64url');
    bytes.writeUInt32LE(origin.position, at + HASH_BYTES);
    bytes.writeUInt32LE(origin.latestAt, at + HASH_BYTES + 4);
  }
  bytes.write(snapshotHash, 0, 'hex');
  bytes.write(digestOf(bytes), HASH_BYTES, 'hex');
  return bytes;
}

/** The origins of rows as found in another snapshot, which has the same rows in the same order with others between them. */
export function originsIn(origins: readonly RowOrigin[], from: Snapshot, to: Snapshot): readonly RowOrigin[] {
  if (from.block === to.block) return origins;
  let next = 0;
  return origins.flatMap((origin) => {
    const [name, version] = [from.nameAt(origin.position), from.versionAt(origin.position)];
    while (next < to.rowCount && !(to.nameAt(next).equals(name) && to.versionAt(next).equals(version))) next += 1;
    // Tombstones can take the latest flag from a deleted version; such a row was rewritten.
    const isSame = next < to.rowCount && to.itemAt(next).equals(from.itemAt(origin.position));
    return isSame ? [{ ...origin, position: next }] : [];
  });
}

/** The rows that a source had last time, by the bytes of their items. */
export class KnownRows {
  readonly #origins: Buffer;
  readonly #open: () => Snapshot;
  /** Where the origins of an item are. */
  readonly #records = new Map<string, number>();

  private constructor(origins: Buffer, open: () => Snapshot) {
    this.#origins = origins;
    this.#open = open;
    for (let at = HEADER_BYTES; at < origins.length; at += RECORD_BYTES) {
      this.#records.set(origins.toString('base64url', at, at + HASH_BYTES), at + HASH_BYTES);
    }
  }

  /** Decodes what {@link encodeOrigins} wrote; undefined if that is damaged. `open` opens the snapshot with the rows, and may throw. */
  static read(origins: Buffer, open: () => Snapshot): KnownRows | undefined {
    const isWhole =
      origins.length >= HEADER_BYTES &&
      (origins.length - HEADER_BYTES) % RECORD_BYTES === 0 &&
      origins.toString('hex', HASH_BYTES, HEADER_BYTES) === digestOf(origins);
    return isWhole ? new KnownRows(origins, open) : undefined;
  }

  /**
   * Looks up the rows of items by their hashes. The returned function gives the row that an item would yield again; none if what is served now differs from the
   * row in times or content, as after a rollback: such a row has to be built again. Undefined if too few are known, or if the snapshot does not match the
   * origins or cannot be opened.
   */
  among(items: readonly string[], previous: Predecessor | undefined): ((item: string) => KnownRow | undefined) | undefined {
    let found = 0;
    for (const item of items) if (this.#records.has(item)) found += 1;
    const snapshot = found < items.length * MIN_KNOWN_PART ? undefined : this.#snapshot();
    // Useless: it only takes memory that the build needs.
    if (snapshot === undefined || previous === undefined) this.#records.clear();
    return snapshot && previous && ((item) => this.#row(item, snapshot, previous));
  }

  #snapshot(): Snapshot | undefined {
    try {
      const snapshot = this.#open();
      return snapshot.header.hash === this.#origins.toString('hex', 0, HASH_BYTES) ? snapshot : undefined;
    } catch {
      return undefined;
    }
  }

  #row(origin: string, stored: Snapshot, previous: Predecessor): KnownRow | undefined {
    const record = this.#records.get(origin);
    if (record === undefined) return undefined;
    const position = this.#origins.readUInt32LE(record);
    if (!stored.isRememberedBy(previous, position)) return undefined;
    const latestAt = this.#origins.readUInt32LE(record + 4);
    return { ...stored.keyAt(position), publishedAt: stored.publishedAt(position), stored, position, latestAt, origin };
  }
}

function digestOf(origins: Buffer): string {
  return createHash('sha256').update(origins.subarray(0, HASH_BYTES)).update(origins.subarray(HEADER_BYTES)).digest('hex');
}
