import { withoutDuplicates } from '../build/encode-source.ts';
import { readSource, type SourceDraft } from '../build/read-source.ts';
import { isKnown } from '../build/rows.ts';
import { CatalogError, type CatalogFormat } from '../entry/entry.ts';
import { kindOf, type Finding, type FindingList } from '../entry/findings.ts';
import { isServerKey } from '../entry/kind.ts';
import type { SourcePlace } from '../entry/place.ts';
import type { DeclaredFormat } from '../formats/detect.ts';
import { existingPart } from '../pointer.ts';
import type { SchemaChecks } from '../schema/generations.ts';
import { documentAt, hasCatalog, writtenDocuments, type DocumentsOf } from './documents.ts';
import { schemaFindings, type WrittenServer } from './schema-findings.ts';
import { severityOf, type Severity } from './severity.ts';

/** The input of a check. */
export interface CatalogCheckInput {
  readonly bytes: Uint8Array;
  /** For a folder's file that is checked by itself: its path, which decides whether it is YAML. Otherwise the content does. */
  readonly path?: string | undefined;
  /** The format that the manifest declares; absent: any. */
  readonly format?: DeclaredFormat | undefined;
  readonly schemas: SchemaChecks;
}

/** What a sync would make of a catalog. */
export interface CatalogCheck {
  /** Absent if nothing of it can be used. */
  readonly format?: CatalogFormat;
  /** False for what can be parsed but is not a catalog in any known form, such as a package.json, or a list without any server. */
  readonly isCatalog: boolean;
  /** Entries that are served, and what was left out. */
  readonly read: number;
  /** Number of entries that are served. A server of a group that is also in the list counts once. */
  readonly served: number;
  /** Left out, repaired and noted entries, then the problems of the official schemas, each in the order of the file. */
  readonly findings: readonly CheckFinding[];
  /** Findings that are not kept: of each kind there are the first 10,000. */
  readonly omitted: number;
}

/** Something that is wrong in a catalog, and where. */
export interface CheckFinding {
  readonly rule: Finding['rule'];
  readonly severity: Severity;
  readonly message: string;
  /** The entry: its name, or where it stands when it has none. Absent: it is about the file. */
  readonly entry?: string;
  /** The entry's version, if it has one. */
  readonly version?: string;
  /** JSON pointer to what is wrong: within the entry's server.json if there is one, otherwise from the document. Missing fields have one, too. */
  readonly pointer: string;
  /** Where to look. What is not in the file like this, for instance because it was converted from another form, has the place of the nearest part that is. */
  readonly place: SourcePlace;
  /** For a duplicate: the place of the version that is served. */
  readonly firstPlace?: SourcePlace;
}

/**
 * Checks a catalog as a sync does, and against the official schemas, with all their problems, including those of left out entries. Does not throw: for unusable
 * input there is one finding that says why.
 */
export function checkCatalog({ bytes, path, format = 'auto', schemas }: CatalogCheckInput): CatalogCheck {
  try {
    const draft = readSource({ name: '', format, filters: [] }, { bytes, hash: '', path }, { now: 0, places: true });
    return checkDraft(draft, writtenDocuments(bytes, path), schemas);
  } catch (cause) {
    if (!(cause instanceof CatalogError)) throw cause;
    return unusable(cause, writtenDocuments(bytes, path));
  }
}

function checkDraft(draft: SourceDraft, documents: DocumentsOf, schemas: SchemaChecks): CatalogCheck {
  const { rows, findings } = withoutDuplicates(draft);
  const bySchema = schemaFindings(writtenServers(draft, findings), documents, schemas);
  const leftOut = new Set(findings.kept.filter((finding) => kindOf(finding) === 'leftOut').map(wholePlace));
  // Problems for which an entry was left out are not repeated.
  const others = bySchema.kept.filter((finding) => !leftOut.has(wholePlace(finding)));
  return {
    format: draft.info.format,
    isCatalog: isCatalog(documents),
    read: rows.length + findings.counts.leftOut,
    served: rows.length,
    findings: [...findings.kept, ...others].map((finding) => checkFinding(finding, documents)),
    omitted: findings.total - findings.kept.length + bySchema.omitted,
  };
}

/** The servers that were read, in the order of the file, followed by what should have been servers. */
function writtenServers(draft: SourceDraft, findings: FindingList): WrittenServer[] {
  const read = draft.rows.flatMap((row) =>
    isKnown(row) || row.place === undefined || !isServerKey(row.name) ? [] : [{ place: row.place, entry: row.name, version: row.version }],
  );
  const leftOut = findings.kept.filter(({ rule }) => rule === 'missing' || rule === 'invalid');
  return [...read, ...leftOut.flatMap(({ place, entry, version }) => (place === undefined ? [] : [{ place, entry, version }]))];
}

function wholePlace({ place, pointer }: Finding): string {
  return JSON.stringify([place?.file, place?.document, `${place?.pointer ?? ''}${pointer}`]);
}

function checkFinding(finding: Finding, documents: DocumentsOf): CheckFinding {
  const { rule, message, version, place = { pointer: '' }, firstPlace } = finding;
  const isItem = documentAt(documents, place)?.form?.isItem === true;
  const pointer = isItem ? withoutList(finding.pointer) : finding.pointer;
  const entry = entryOf(finding, isItem);
  return {
    rule,
    severity: severityOf({ ...finding, pointer }, isItem),
    message,
    ...(entry === undefined ? {} : { entry }),
    ...(version === undefined ? {} : { version }),
    pointer,
    place: nearest(place, pointer, documents),
    ...(firstPlace === undefined ? {} : { firstPlace: nearest(firstPlace, pointer, documents) }),
  };
}

/** A finding that is not about an entry has its pointer or its file as `entry`; both have their own fields here. */
function entryOf({ entry, pointer, place }: Finding, isItem: boolean): string | undefined {
  const file = place?.file;
  if (entry === file) return undefined;
  const inFile = file !== undefined && entry.startsWith(`${file}: `) ? entry.slice(file.length + 2) : entry;
  const name = isItem ? withoutList(inFile) : inFile;
  return name === '' || inFile === pointer ? undefined : name;
}

/** A single server.json is read as the first one of a list, and its parts are addressed that way. */
function withoutList(pointer: string): string {
  return /^\/0(?:\/|$)/.test(pointer) ? pointer.slice('/0'.length) : pointer;
}

function nearest(place: SourcePlace, pointer: string, documents: DocumentsOf): SourcePlace {
  const document = documentAt(documents, place);
  return { ...place, pointer: document === undefined ? '' : existingPart(document.value, `${place.pointer}${pointer}`) };
}

/** What cannot be parsed may be one. */
function isCatalog(documents: DocumentsOf): boolean {
  const written = documents();
  return written === undefined || hasCatalog(written);
}

function unusable({ message, position }: CatalogError, documents: DocumentsOf): CatalogCheck {
  return {
    isCatalog: isCatalog(documents),
    read: 0,
    served: 0,
    findings: [
      {
        rule: 'unreadable',
        severity: 'error',
        message,
        pointer: '',
        place: { pointer: '', ...(position === undefined ? {} : { position }) },
      },
    ],
    omitted: 0,
  };
}
