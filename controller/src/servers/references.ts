import { serverKinds, type ServerKind } from '@toolhive-registry/api';
import { commandPackage, normalImage, normalUrl, type ReferenceKind } from '@toolhive-registry/catalog/references';
import { groupOf, type KubeObject } from '@toolhive-registry/reconciler';

/** Something that an object of a kind of MCP servers names. `commands`: a command that runs no package of an index; `nothing`: it names nothing at all. */
export interface NamedReference {
  readonly kind: ReferenceKind | 'commands' | 'nothing';
  /** As it is written. */
  readonly text: string;
  /** The form that is compared; undefined: no catalog can have it. */
  readonly compared?: string | undefined;
}

/** The row of the table for an object. */
export function kindOfServer({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): ServerKind | undefined {
  return serverKinds.find((one) => one.kind === kind && one.group === groupOf(apiVersion ?? ''));
}

/** Everything that an object names, as the admission policies find it. */
export function referencesOf(object: unknown, kind: ServerKind): NamedReference[] {
  const found: NamedReference[] = [
    ...textsAt(object, kind.images).map((text) => ({ kind: 'images', text, compared: normalImage(text) }) as const),
    ...textsAt(object, kind.urls).map((text) => ({ kind: 'urls', text, compared: normalUrl(text) }) as const),
    ...commandOf(object, kind.command),
  ];
  return found.length > 0 || kind.mayNameNothing === true ? found : [{ kind: 'nothing', text: '' }];
}

function commandOf(object: unknown, command: ServerKind['command']): NamedReference[] {
  if (command === undefined || textsAt(object, [command.image]).length > 0) return [];
  const [program] = textsAt(object, [command.program]);
  if (program === undefined) return [];
  const list = fieldAt(object, command.arguments);
  const args = Array.isArray(list) ? list.map(String) : [];
  const text = commandPackage(program, args);
  if (text !== undefined) return [{ kind: 'packages', text, compared: text }];
  return [{ kind: 'commands', text: [program, ...args].join(' ') }];
}

/** The texts at these paths. */
export function textsAt(object: unknown, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const [before = '', after] = path.split('[].');
    const value = fieldAt(object, before);
    const values = after === undefined ? [value] : Array.isArray(value) ? value.map((element: unknown) => fieldAt(element, after)) : [];
    return values.filter((one) => typeof one === 'string' && one !== '') as string[];
  });
}

/** The value at a path of fields; undefined where it breaks off. */
export function fieldAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (value, field) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined,
      object,
    );
}
