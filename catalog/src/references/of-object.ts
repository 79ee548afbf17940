import { fieldAt, textsAt } from './fields.ts';
import type { ReferenceKind } from './forms.ts';
import { commandPackage, normalImage, normalUrl } from './normal.ts';
import { misspelledFields } from './pod-template.ts';

/** Which fields of a kind of MCP servers name what is run from it, and what it reaches: paths such as `spec.template.containers[].image`. */
export interface NamingFields {
  /** Every field that names a container image; the server itself is run from the first one. */
  readonly images: readonly string[];
  /** Every field that names the URL of a server. */
  readonly urls: readonly string[];
  /** Where a whole pod template is, of which the CRD keeps fields that it does not know. */
  readonly podTemplate?: string;
  /** Runs a package where it names no image. */
  readonly command?: {
    /** The image; where it is set the command is not looked at. */
    readonly image: string;
    readonly program: string;
    readonly arguments: string;
  };
  /** An object that names nothing only refers to others. */
  readonly mayNameNothing?: true;
}

/** Something that an object of a kind of MCP servers names. `commands`: a command that runs no package of an index; `fields`: a field that is nearly called like one that names an image; `nothing`: it names nothing at all. */
export interface NamedReference {
  readonly kind: ReferenceKind | 'commands' | 'fields' | 'nothing';
  /** As it is written. */
  readonly text: string;
  /** The form that is compared; undefined: no catalog can have it. */
  readonly compared?: string | undefined;
  /** The image that the server itself is run from, which is the first field of its kind. */
  readonly isMain?: boolean;
}

/** Everything that an object names, as the admission policies find it. */
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

/** What an object names that it did not name before, as the admission policies see a change. A field that is nearly called like another may have any content, and is news with every change. */
export function freshReferences(now: readonly NamedReference[], before: readonly NamedReference[]): NamedReference[] {
  return now.filter(({ kind, text }) => kind === 'fields' || !before.some((one) => one.kind === kind && one.text === text));
}
