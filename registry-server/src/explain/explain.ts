import type { ExplainRule, ExplainSubject, RegistryExplain } from '@toolhive-registry/api';
import { comparedForm, type ReferenceIndex, type ReferenceKind, type Snapshot, type Wanted } from '@toolhive-registry/catalog';
import type { FoundEntry } from './search-job.ts';

/** What is asked about. */
export interface Subject {
  readonly kind: ExplainSubject;
  readonly text: string;
}

/** The kind of reference that a subject is; undefined: it is a server. */
export function referenceKind(kind: ExplainSubject): ReferenceKind | undefined {
  return kind === 'server' ? undefined : ({ image: 'images', url: 'urls', package: 'packages' } as const)[kind];
}

/** The data that a verdict is derived from. */
export interface Evidence {
  readonly subject: Subject;
  readonly snapshot: Snapshot;
  readonly references: ReferenceIndex;
  /** The rows of a server, by its name. */
  readonly rowsNamed: (name: string) => readonly number[];
  /** What the sources have, served or not. Requested only if nothing that is served matches. */
  readonly search: (wanted: Wanted) => Promise<readonly FoundEntry[]>;
}

/** A verdict without the facts about the registry. */
export type Verdict = Pick<RegistryExplain, 'allowed' | 'sentence' | 'entries' | 'nearest'> & { readonly rule: ExplainRule };

/** Decides whether the catalog has something, and why; undefined if another decider is responsible. */
type Decider = (evidence: Evidence) => Verdict | undefined | Promise<Verdict | undefined>;

/** Maximum length of foreign text in a sentence, in characters. */
const MAX_SHOWN = 300;

/** Maximum number of entries of a verdict. */
const MAX_ENTRIES = 20;

/** Asked in this order; the first verdict counts. */
const DECIDERS: readonly Decider[] = [notComparable, served, droppedFromSources, otherTag, unknown];

/** Explains why the catalog has the subject, or why not. */
export async function explain(evidence: Evidence): Promise<Verdict> {
  for (const decider of DECIDERS) {
    const verdict = await decider(evidence);
    if (verdict !== undefined) return verdict;
  }
  throw new Error('no decider had a verdict');
}

function notComparable({ subject: { kind, text } }: Evidence): Verdict | undefined {
  const reference = referenceKind(kind);
  if (reference === undefined || comparedForm(reference, text) !== undefined) return undefined;
  return {
    allowed: false,
    rule: 'notComparable',
    sentence: `${called({ kind, text })} is not a server URL that can be compared: it needs http:// or https://, a host without a user name, and a path without "." and ".."`,
    entries: [],
    nearest: [],
  };
}

function served({ subject, snapshot, references, rowsNamed }: Evidence): Verdict | undefined {
  const kind = referenceKind(subject.kind);
  const rows = kind === undefined ? rowsNamed(subject.text) : references.rowsOf(kind, subject.text);
  const there = rows.filter((row) => !snapshot.keyAt(row).deleted);
  if (there.length > 0) {
    const isTemplate = kind === 'urls' && !references.has('urls', subject.text);
    const entries = entriesOf(snapshot, there);
    const by = isTemplate ? 'by the URL template of ' : 'by ';
    return {
      allowed: true,
      rule: isTemplate ? 'template' : 'listed',
      sentence: `${called(subject)} is in the catalog, ${subject.kind === 'server' ? 'with ' : by}${listed(entries)}`,
      entries,
      nearest: [],
    };
  }
  if (rows.length === 0) return undefined;
  const entries = entriesOf(snapshot, rows).map((entry) => ({ ...entry, why: 'it is deleted' }));
  return {
    allowed: false,
    rule: 'deleted',
    sentence: `${called(subject)} was in the catalog with ${listed(entries)}, a version that has been deleted`,
    entries,
    nearest: [],
  };
}

/** Subjects that the sources have and the catalog does not. */
async function droppedFromSources({ subject, snapshot, search, rowsNamed }: Evidence): Promise<Verdict | undefined> {
  const kind = referenceKind(subject.kind);
  const compared = kind === undefined ? undefined : comparedForm(kind, subject.text);
  const found = await search(kind === undefined || compared === undefined ? { server: subject.text } : { kind, compared });
  const [first] = found;
  if (first === undefined) return undefined;
  const entries = found.slice(0, MAX_ENTRIES).map((entry) => {
    const { name: server, version, source, file } = entry;
    return { server, version, source, ...(file === undefined ? {} : { file }), why: whyDropped(entry, snapshot, rowsNamed) };
  });
  const rule = first.outcome === 'filtered' ? 'filtered' : first.outcome === 'leftOut' ? 'leftOut' : 'shadowed';
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
  return {
    allowed: false,
    rule,
    sentence: `${called(subject)} is not in the catalog: source "${first.source}" has it with ${shown(first.name)} ${shown(first.version)}, and ${entries[0]?.why ?? ''}${more}`,
    entries,
    nearest: [],
  };
}

function whyDropped({ outcome, why, name, version, source }: FoundEntry, snapshot: Snapshot, rowsNamed: Evidence['rowsNamed']): string {
  if (outcome === 'filtered') return `a filter leaves that out (${shown(why ?? '')}); change spec.filter or the source's filter`;
  if (outcome === 'leftOut') return `that entry cannot be served (${shown(why ?? '')}); correct it at its source`;
  const [row] = rowsNamed(name);
  const owner = row === undefined ? undefined : snapshot.header.sources[snapshot.sourceAt(row)]?.name;
  if (owner !== undefined && owner !== source)
    return `source "${owner}" comes earlier and has a server of this name; change the order of spec.sources, or filter it there`;
  return owner === undefined
    ? 'that is not served yet; a sync may be running, or a rollback is in effect'
    : `another entry of version ${version} is served, or a rollback is in effect`;
}

function otherTag({ subject, references }: Evidence): Verdict | undefined {
  if (subject.kind !== 'image') return undefined;
  const siblings = references.siblingsOf(subject.text);
  if (siblings.length === 0) return undefined;
  const compared = comparedForm('images', subject.text) ?? '';
  const suffixes = siblings.map((image) => suffixOf(image));
  const isPinned = compared.includes('@');
  const onlyPinned = suffixes.every((suffix) => suffix.startsWith('@'));
  const has = suffixes.slice(0, 5).join(', ') + (suffixes.length > 5 ? `, and ${suffixes.length - 5} more` : '');
  const asks = suffixOf(compared);
  const reason = isPinned
    ? `the catalog does not have the digest ${asks.slice(1)}; it has ${has}. Name the digest in the entry, or an image that it has`
    : onlyPinned
      ? `the catalog has this image only by digest: ${has}`
      : `the tag differs: it is ${asks.slice(1)}, and the catalog has ${has}`;
  return {
    allowed: false,
    rule: isPinned || onlyPinned ? 'otherDigest' : 'otherTag',
    sentence: `${called(subject)} is not in the catalog: ${reason}`,
    entries: [],
    nearest: siblings.slice(0, 5),
  };
}

function unknown({ subject, references }: Evidence): Verdict {
  const kind = referenceKind(subject.kind);
  const nearest = kind === undefined ? [] : references.near(kind, subject.text);
  const [first] = nearest;
  const meant = first === undefined ? '' : `; did you mean ${first}?`;
  return {
    allowed: false,
    rule: 'notInCatalog',
    sentence: `${called(subject)} is not in the catalog: no source has it${meant}`,
    entries: [],
    nearest,
  };
}

function entriesOf(snapshot: Snapshot, rows: readonly number[]): RegistryExplain['entries'] {
  return rows.slice(0, MAX_ENTRIES).map((row) => {
    const { name: server, version } = snapshot.keyAt(row);
    const file = snapshot.fileAt(row);
    return {
      server,
      version,
      source: snapshot.header.sources[snapshot.sourceAt(row)]?.name ?? '',
      ...(file === undefined ? {} : { file }),
    };
  });
}

function listed(entries: RegistryExplain['entries']): string {
  const [first] = entries;
  if (first === undefined) return 'an entry';
  const more = entries.length > 1 ? ` and ${entries.length - 1} more` : '';
  // Tombstones do not keep their source.
  const from = first.source === '' ? '' : ` of source "${first.source}"`;
  return `${shown(first.server)} ${shown(first.version)}${from}${more}`;
}

function called({ kind, text }: Subject): string {
  return `${kind === 'url' ? 'URL' : kind} ${shown(text)}`;
}

/** Foreign text for a sentence: on one line, and shortened. */
function shown(text: string): string {
  const line = text.slice(0, MAX_SHOWN).replaceAll(/[\p{C}\p{Z}]+/gu, ' ');
  return text.length > MAX_SHOWN ? `${line}…` : line;
}

/** `:tag` or `@digest` of an image in the form that is compared. */
function suffixOf(image: string): string {
  const at = image.indexOf('@');
  return at >= 0 ? image.slice(at) : image.slice(image.lastIndexOf(':'));
}
