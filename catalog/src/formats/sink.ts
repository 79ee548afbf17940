import type { CatalogEntry } from '../entry/entry.ts';
import type { FindingList, FindingSink } from '../entry/findings.ts';
import type { SourcePlace } from '../entry/place.ts';
import { escaped } from '../pointer.ts';

/** The items of a list, not parsed. */
export interface ItemBytes {
  readonly count: number;
  at(index: number): Uint8Array;
}

/** Receives the entries of a document, one after the other. */
export interface EntrySink {
  entry(entry: CatalogEntry): void;
  readonly findings: FindingSink;
}

/** Receives the entries of a catalog. */
export interface CatalogSink extends EntrySink {
  /**
   * Called with the items of a list that is split into them, before any is parsed. The returned function is called when an item's turn has come; true: its
   * result is known, and it is not parsed. Otherwise all its entries and findings follow before the next item.
   */
  recognize?(items: ItemBytes): (index: number) => boolean;
  readonly findings: FindingList;
  /** Whether entries and findings should say where they are. That costs a text or more for each entry. */
  readonly places?: boolean;
}

/** Receives the entries of one document of a catalog. `document` identifies it. */
export function documentSink(sink: CatalogSink, document: Omit<SourcePlace, 'pointer'>): EntrySink {
  return sink.places === true ? { ...sink, findings: findingsAt({ ...document, pointer: '' }, sink.findings) } : sink;
}

/** Takes findings about what is under a key of a part of the document. `part` is a JSON pointer relative to `findings`. */
export function below(findings: FindingSink, part: string, key: string | number): FindingSink {
  const { place } = findings;
  return place === undefined ? findings : findingsAt({ ...place, pointer: `${place.pointer}${part}/${escaped(String(key))}` }, findings);
}

/** An entry with the place of its findings. */
export function placed(entry: CatalogEntry, { place }: FindingSink): CatalogEntry {
  return place === undefined || entry.place !== undefined ? entry : { ...entry, place };
}

function findingsAt(place: SourcePlace, findings: FindingSink): FindingSink {
  return {
    add: (finding) => findings.add({ place, ...finding }),
    place,
    ...(place.pointer === '' ? {} : { ofDocument: findings.ofDocument ?? findings }),
  };
}
