import { fieldAt, textsAt } from './fields.ts';
import type { ReferenceKind } from './forms.ts';
import { commandPackage, normalImage, normalUrl } from './normal.ts';
import { misspelledFields } from './pod-template.ts';

/** Which fields of a kind of MCP servers contain references: paths such as `spec.template.containers[].image`. */
export interface NamingFields {
  /** Every field with a container image; the first one is the server's own. */
  readonly images: readonly string[];
  /** Every field with the URL of a server. */
  readonly urls: readonly string[];
  /** Where a whole pod template is, in which the CRD keeps unknown fields. */
  readonly podTemplate?: string;
  /** Runs a package if it has no image. */
  readonly command?: {
    /** The image; if it is set the command is ignored. */
    readonly image: string;
    readonly program: string;
    readonly arguments: string;
  };
  /** An object without references only refers to others. */
  readonly mayNameNothing?: true;
}

/**
 * A reference in an object of a kind of MCP servers. `commands`: a command that does not run a package of an index; `fields`: a field whose name nearly matches
 * one with an image; `nothing`: the object has no references.
 */
export interface NamedReference {
  readonly kind: ReferenceKind | 'commands' | 'fields' | 'nothing';
  /** As it is written. */
  readonly text: string;
  /** The compared form; undefined: no catalog can have it. */
  readonly compared?: string | undefined;
  /** Whether it is the server's own image, which is the first field of its kind. */
  readonly isMain?: boolean;
}

/** All references of an object, as the admission policies find them. */
export function referencesOfObject(object: unknown, kind: NamingFields): NamedReference[] {
  const found: NamedReference[] = [
    ...kind.images.flatMap((path, index) => imagesAt(object, path, index === 0 && !path.includes('[]'))),
    ...textsAt(object, kind.urls).map((text) => ({ kind: 'urls', text, compared: normalUrl(text) }) as const),
    ...commandOf(object, kind.command),
    ...(kind.podTemplate === undefined ? [] : misspelledFields(object, kind.podTemplate)).map(
      (text) => ({ kind: 'fields', text }) as const,
    ),
  ];
  return found.length > 0 || kind.mayNameNothing === true ? found : [{ kind: 'nothing', text: '' }];
}

function imagesAt(object: unknown, path: string, isMain: boolean): NamedReference[] {
  return textsAt(object, [path]).map((text) => ({ kind: 'images', text, compared: normalImage(text), ...(isMain ? { isMain } : {}) }));
}

function commandOf(object: unknown, command: NamingFields['command']): NamedReference[] {
  if (command === undefined || textsAt(object, [command.image]).length > 0) return [];
  const [program] = textsAt(object, [command.program]);
  if (program === undefined) return [];
  const list = fieldAt(object, command.arguments);
  const args = Array.isArray(list) ? list.map(String) : [];
  const text = commandPackage(program, args);
  if (text !== undefined) return [{ kind: 'packages', text, compared: text }];
  return [{ kind: 'commands', text: [program, ...args].join(' ') }];
}

/**
 * The references that an object did not have before, as the admission policies see an update. A field with a nearly matching name may contain anything, and
 * counts as new with every update.
 */
export function freshReferences(now: readonly NamedReference[], before: readonly NamedReference[]): NamedReference[] {
  return now.filter(({ kind, text }) => kind === 'fields' || !before.some((one) => one.kind === kind && one.text === text));
}
