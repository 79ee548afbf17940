import { createHash } from 'node:crypto';
import { admit } from '../entry/admit.ts';
import { CatalogError, type CatalogEntry, type CatalogInfo } from '../entry/entry.ts';
import type { Filter } from '../entry/filter.ts';
import { isServerKey, rowKey } from '../entry/kind.ts';
import { isDeleted } from '../entry/status.ts';
import { FindingList, type Finding, type Findings } from '../entry/findings.ts';
import type { DeclaredFormat } from '../formats/detect.ts';
import { streamCatalog } from '../formats/read.ts';
import type { CatalogSink } from '../formats/sink.ts';
import type { SchemaChecks } from '../schema/generations.ts';
import { SchemaNotes } from '../schema/note.ts';
import type { Predecessor } from '../snapshot/predecessor.ts';
import { WordCollector } from '../search/entry-words.ts';
import { ByteArena } from './arena.ts';
import { itemHash, type KnownRows } from './known-rows.ts';
import { rowOf, type Row } from './rows.ts';

/** How to read a source's bytes. */
export interface ReadRules {
  readonly name: string;
  readonly format: DeclaredFormat;
  /** An entry is served only if it passes all of them. */
  readonly filters: readonly Filter[];
}

/** The context in which a source is read. */
export interface ReadContext {
  /** What was served before: entries keep their first-seen and last-changed times. */
  readonly previous?: Predecessor | undefined;
  /** What the source gave last time under the same rules: items that occur again need not be read again. */
  readonly known?: KnownRows | undefined;
  /** The schemas by which entries are checked. Absent: no check. */
  readonly schemas?: SchemaChecks | undefined;
  /** Whether findings and rows say where they are in the bytes, for display. The bytes are then parsed as a whole, however large. */
  readonly places?: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The bytes of one source. */
export interface SourceBytes {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal, if already known; computed otherwise. */
  readonly hash?: string | undefined;
  /** For a folder's file that is read by itself: its path, which decides whether it is YAML. Otherwise the content does. */
  readonly path?: string | undefined;
}

/** A source, read and filtered: what it would contribute to a snapshot. Whether that is acceptable is up to the caller. */
export interface SourceDraft {
  readonly name: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly info: CatalogInfo;
  /** Entries that can be served and pass the filters, in the order of the file. */
  readonly rows: readonly Row[];
  /** Number of entries that can be served but are excluded by a filter. */
  readonly filtered: number;
  /** Their names, except deleted ones. */
  readonly filteredNames: ReadonlySet<string>;
  /** Findings; `counts.leftOut` are the entries that cannot be served. */
  readonly findings: Findings;
}

/** Names of the source's servers, whether or not a filter excludes them; without deleted ones. */
export function serversIn({ rows, filteredNames }: SourceDraft): Set<string> {
  const names = new Set<string>();
  for (const name of filteredNames) if (isServerKey(name)) names.add(name);
  for (const { name, deleted } of rows) if (!deleted && isServerKey(name)) names.add(name);
  return names;
}

/** Most lists of labels that are shared. */
const MAX_LABEL_LISTS = 20_000;

/** Shares equal lists of labels, and the labels in them. */
function labelLists(): (labels: readonly string[]) => readonly string[] {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  return (labels) => {
    const key = labels.join('\n');
    const known = lists.get(key);
    if (known !== undefined) return known;
    const list = labels.map((label) => texts.get(label) ?? (texts.set(label, label), label));
    if (lists.size < MAX_LABEL_LISTS) lists.set(key, list);
    return list;
  };
}

/**
 * Reads one source: detects the format, parses, admits each entry by itself, filters and encodes the rest. Throws {@link CatalogError} for bytes that cannot be
 * used at all; a bad entry becomes a finding.
 */
export function readSource(rules: ReadRules, { bytes, hash, path }: SourceBytes, context: ReadContext): SourceDraft {
  try {
    const findings = new FindingList();
    const rows: Row[] = [];
    const arena = new ByteArena();
    const words = new WordCollector();
    const intern = labelLists();
    const filteredNames = new Set<string>();
    let filtered = 0;
    let item: string | undefined;
    /** Number of findings before the current item. */
    let before = 0;
    const found: Finding[] = [];
    const collect = { add: (finding: Finding): void => void found.push(finding) };
    const notes = context.schemas === undefined ? undefined : new SchemaNotes(context.schemas);
    const places = context.places === true;
    const sink: CatalogSink = {
      findings,
      places,
      recognize: (items) => {
        const hashes = Array.from({ length: items.count }, (_, index) => itemHash(items.at(index)));
        const known = context.known?.among(hashes, context.previous);
        return (index) => {
          item = hashes[index];
          before = findings.total;
          const row = item === undefined ? undefined : known?.(item);
          if (row !== undefined) rows.push(row);
          return row !== undefined;
        };
      },
      entry: (read) => {
        // An item with findings has to be read again each time, to report them again.
        const isSilent = findings.total === before;
        found.length = 0;
        const entry = admit(read, collect);
        const passes = entry !== undefined && rules.filters.every((filter) => filter(entry) === undefined);
        const note = passes ? notes?.of(read) : undefined;
        if (note !== undefined) found.push({ entry: read.name, version: read.version, ...note });
        // Repairs in an entry that a filter excludes are not reported.
        if (entry === undefined || passes) for (const finding of found) findings.add(ofEntry(finding, read));
        if (entry === undefined) return;
        if (passes) {
          rows.push(rowOf(entry, { ...context, arena, intern, words, origin: isSilent && found.length === 0 ? item : undefined }));
          return;
        }
        filtered += 1;
        if (!isDeleted(entry)) filteredNames.add(rowKey(entry.kind, entry.name));
      },
    };
    const info = streamCatalog(bytes, rules.format, sink, places ? Infinity : undefined, path);
    return {
      name: rules.name,
      hash: hash ?? createHash('sha256').update(bytes).digest('hex'),
      info,
      rows,
      filtered,
      filteredNames,
      findings,
    };
  } catch (cause) {
    // The stack overflows only where something recurses into the data.
    if (cause instanceof RangeError) throw new CatalogError('the catalog is nested too deeply', { cause });
    throw cause;
  }
}

/** Adds the entry's file, as findings about the file itself have it, and its place. */
function ofEntry(finding: Finding, { file, place }: CatalogEntry): Finding {
  const inFile = file === undefined ? finding : { ...finding, entry: `${file}: ${finding.entry}` };
  return place === undefined ? inFile : { ...inFile, place };
}
