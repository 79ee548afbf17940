import type { JsonObject } from '../json.ts';
import type { ReferenceKind } from './forms.ts';
import { nearest, repositoryOf } from './near.ts';
import { commandPackage, normalImage, normalPackage, normalUrl } from './normal.ts';
import { referencesOfItem } from './of-server.ts';
import { templateAdmits, type UrlTemplate } from './template.ts';

/** A reference of an entry that admits nothing. */
export interface UnusableReference {
  readonly row: number;
  readonly text: string;
  /** The reason, as the end of a sentence. */
  readonly why: string;
}

/** Most unusable references that are kept in full. */
const MAX_UNUSABLE = 100;

/** The references of a snapshot's entries, for looking up the references of workloads. Rows are those of the snapshot. */
export class ReferenceIndex {
  readonly #rows: Readonly<Record<ReferenceKind, Map<string, number[]>>> = { images: new Map(), urls: new Map(), packages: new Map() };
  readonly #templates = new Map<string, KnownTemplate>();
  readonly #deletedTemplates = new Map<string, KnownTemplate>();
  readonly #repositories = new Map<string, Set<string>>();
  readonly #unusable: UnusableReference[] = [];
  #unusableCount = 0;
  /** Rows that admit nothing: their entries are deleted. */
  readonly #deleted: Readonly<Record<ReferenceKind, Map<string, number[]>>> = { images: new Map(), urls: new Map(), packages: new Map() };

  /** Adds a row's entry, an item of the official API. A deleted one can be found, but admits nothing. */
  add(row: number, item: JsonObject, isDeleted: boolean): void {
    const { exact, templates, unusable } = referencesOfItem(item);
    if (isDeleted) {
      for (const { kind, text } of exact) put(this.#deleted[kind], text, row);
      for (const template of templates) putTemplate(this.#deletedTemplates, template, row);
      return;
    }
    for (const { kind, text } of exact) {
      put(this.#rows[kind], text, row);
      if (kind === 'images') this.#putTag(text);
    }
    for (const template of templates) putTemplate(this.#templates, template, row);
    this.#unusableCount += unusable.length;
    for (const one of unusable) if (this.#unusable.length < MAX_UNUSABLE) this.#unusable.push({ row, ...one });
  }

  /** Every reference of a kind in its compared form, sorted. */
  texts(kind: ReferenceKind): string[] {
    return [...this.#rows[kind].keys()].sort();
  }

  /** The templates, sorted by what they admit. */
  get templates(): UrlTemplate[] {
    return [...this.#templates.values()]
      .map(({ template, pattern }) => ({ template, pattern }))
      .sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
  }

  /** The first references that admit nothing, and how many there are. */
  get unusable(): { readonly count: number; readonly first: readonly UnusableReference[] } {
    return { count: this.#unusableCount, first: this.#unusable };
  }

  /** The rows that have a reference, or a template that admits it; those of deleted entries come last. */
  rowsOf(kind: ReferenceKind, text: string): readonly number[] {
    const compared = comparedForm(kind, text);
    if (compared === undefined) return [];
    const deleted = this.#deleted[kind].get(compared) ?? [];
    const exact = [...(this.#rows[kind].get(compared) ?? []), ...deleted];
    if (kind !== 'urls') return exact;
    const by = (templates: Iterable<KnownTemplate>): number[] =>
      [...templates].filter(({ regExp }) => templateAdmits(regExp, compared)).flatMap(({ rows }) => rows);
    return [...new Set([...by(this.#templates.values()), ...exact, ...by(this.#deletedTemplates.values())])];
  }

  /** Whether an entry that is not deleted has exactly this reference, not just a template that admits it. */
  has(kind: ReferenceKind, text: string): boolean {
    return this.#rows[kind].has(comparedForm(kind, text) ?? '');
  }

  /** Images of the same repository with other tags or digests. */
  siblingsOf(image: string): string[] {
    return [...(this.#repositories.get(repositoryOf(normalImage(image))) ?? [])].sort();
  }

  /** What may have been meant: the most similar references of the kind, the nearest first. */
  near(kind: ReferenceKind, text: string): string[] {
    const siblings = kind === 'images' ? this.siblingsOf(text) : [];
    return siblings.length > 0 ? siblings : nearest(kind, comparedForm(kind, text) ?? text, this.#rows[kind].keys());
  }

  #putTag(image: string): void {
    const repository = repositoryOf(image);
    const tags = this.#repositories.get(repository);
    if (tags === undefined) this.#repositories.set(repository, new Set([image]));
    else tags.add(image);
  }
}

interface KnownTemplate extends UrlTemplate {
  readonly regExp: RegExp;
  readonly rows: number[];
}

function putTemplate(known: Map<string, KnownTemplate>, template: UrlTemplate, row: number): void {
  const before = known.get(template.pattern);
  if (before === undefined) known.set(template.pattern, { ...template, regExp: new RegExp(template.pattern), rows: [row] });
  else if (before.rows.at(-1) !== row) before.rows.push(row);
}

function put(rows: Map<string, number[]>, text: string, row: number): void {
  const known = rows.get(text);
  if (known === undefined) rows.set(text, [row]);
  else if (known.at(-1) !== row) known.push(row);
}

/** The compared form of a reference of a kind; undefined: there is none. */
export function comparedForm(kind: ReferenceKind, text: string): string | undefined {
  if (kind === 'images') return normalImage(text);
  return kind === 'urls' ? normalUrl(text) : packageForm(text);
}

/** `npm NAME` and `pypi NAME`, with or without a version, as the commands that run them are compared. */
function packageForm(text: string): string {
  const [type = '', ...rest] = text.trim().split(/\s+/);
  const program = type === 'npm' ? 'npx' : type === 'pypi' ? 'uvx' : '';
  return commandPackage(program, rest) ?? normalPackage(type, rest.join(' '));
}

/** Whether a server has a reference of that kind and form. */
export function hasReference(item: JsonObject, kind: ReferenceKind, compared: string): boolean {
  const { exact, templates } = referencesOfItem(item);
  if (exact.some((one) => one.kind === kind && one.text === compared)) return true;
  return kind === 'urls' && templates.some(({ pattern }) => templateAdmits(new RegExp(pattern), compared));
}
