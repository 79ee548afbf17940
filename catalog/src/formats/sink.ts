import type { CatalogEntry } from '../entry/entry.ts';
import type { FindingList, FindingSink } from '../entry/findings.ts';
import type { SourcePlace } from '../entry/place.ts';
import { escaped } from '../pointer.ts';

/** The items of a list, not parsed. */
export interface ItemBytes {
  readonly count: number;
  at(index: number): Uint8Array;
}

/** Where the entries of a document go, one after the other. */
export interface EntrySink {
  entry(entry: CatalogEntry): void;
  readonly findings: FindingSink;
}

/** Where the entries of a catalog go. */
export interface CatalogSink extends EntrySink {
  /**
   * Is shown the items of a list that is cut into them, before any is parsed. What it returns is asked when an item's turn has come; true: what
   * it gives is known, and it is not parsed. Otherwise all that comes of it follows before the next one.
   */
  recognize?(items: ItemBytes): (index: number) => boolean;
  readonly findings: FindingList;
  /** Whether entries and findings are to say where they stand. That costs a text or more for each entry. */
  readonly places?: boolean;
}

/** Where the entries of one document of a catalog go. `document` says which one it is. */
export function documentSink(sink: CatalogSink, document: Omit<SourcePlace, 'pointer'>): EntrySink {
  return sink.places === true ? { ...sink, findings: findingsAt({ ...document, pointer: '' }, sink.findings) } : sink;
}

/** Takes findings of what stands under a key of a part of the document. `part` is a JSON pointer from where those of `findings` begin. */
export function below(findings: FindingSink, part: string, key: string | number): FindingSink {
  const { place } = findings;
  return place === undefined ? findings : findingsAt({ ...place, pointer: `${place.pointer}${part}/${escaped(String(key))}` }, findings);
}

/** An entry with the place that its findings have. */
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
