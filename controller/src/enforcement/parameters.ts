import { enforcementModes, type EnforcingRegistries } from '@toolhive-registry/api';
import type { ReferenceKind } from '@toolhive-registry/catalog/references';
import { REFERENCE_KINDS } from '@toolhive-registry/catalog/references';
import { bordersOf, keyOf, type Line } from './borders.ts';
import { parameterKeys } from './names.ts';

/** The references of a registry's catalog, in the form in which they are compared. */
export interface AllowedReferences extends Readonly<Record<ReferenceKind, readonly string[]>> {
  /** URL patterns. */
  readonly templates: readonly string[];
}

/** The parameters of the admission policies for one namespace. */
export interface Parameters extends EnforcingRegistries {
  /** Lists by registry name; a registry without one lists nothing. */
  readonly lists: ReadonlyMap<string, AllowedReferences>;
}

/** A registry that lists nothing. */
export const NO_REFERENCES: AllowedReferences = { images: [], urls: [], packages: [], templates: [] };

/** The data of one parameter ConfigMap. */
export type ParameterData = Readonly<Record<string, string>>;

/** Most parts that a namespace's references are split into: each is evaluated for every request. */
export const MAX_PARTS = 12;
/**
 * Most bytes of URL patterns in a namespace. They are repeated in every ConfigMap and tried one by one. What does not fit is left out earlier, and reported.
 */
export const MAX_TEMPLATE_BYTES = 16_000;

/** The parameters do not fit. The message says by how much. */
export class TooManyReferences extends Error {
  override readonly name = 'TooManyReferences';
}

/** The sort key of a reference. The admission policies compare the same text. */
function place(kind: ReferenceKind, reference: string): string {
  return `${kind} ${reference}`;
}

/**
 * The data of the ConfigMaps: one, or several that split the sorted references between them. Borders stay where `before` has them as long as the parts between
 * them are neither too large nor nearly empty, so that a change rewrites one ConfigMap.
 * @throws TooManyReferences
 */
export function renderParameters(parameters: Parameters, before: readonly ParameterData[]): ParameterData[] {
  const lines = allLines(parameters);
  const common = commonData(parameters);
  const known = before.flatMap((data) => data[parameterKeys.from] ?? '').filter((from) => from !== '');
  const kept = bordersOf(lines, known);
  // Borders that have drifted leave more parts than necessary.
  const borders = kept.length < MAX_PARTS ? kept : bordersOf(lines, []);
  if (borders.length + 1 > MAX_PARTS)
    throw new TooManyReferences(`${lines.length} references need ${borders.length + 1} ConfigMaps; at most ${MAX_PARTS} are read`);
  const parts = [...borders, ''].map((to, index) => ({ from: borders[index - 1] ?? '', to, lines: [] as Line[] }));
  let at = 0;
  for (const line of lines) {
    while (at < parts.length - 1 && line.place >= (parts[at]?.to ?? '')) at += 1;
    parts[at]?.lines.push(line);
  }
  return parts.map(({ from, to, lines: own }) => ({ ...common, [parameterKeys.from]: from, [parameterKeys.to]: to, ...listsOf(own) }));
}

function allLines({ active, lists }: Parameters): Line[] {
  const lines: Line[] = [];
  for (const registry of new Set(enforcementModes.flatMap((mode) => active[mode])))
    for (const kind of REFERENCE_KINDS)
      for (const text of new Set(lists.get(registry)?.[kind])) lines.push({ place: place(kind, text), kind, registry, text });
  return lines.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.registry < b.registry ? -1 : 1));
}

function commonData({ registries, active, lists }: Parameters): ParameterData {
  const templates = [...new Set(enforcementModes.flatMap((mode) => active[mode]))].flatMap((registry) => {
    const patterns = lists.get(registry)?.templates ?? [];
    return patterns.length === 0 ? [] : [[parameterKeys.templates(registry), patterns.toSorted().join('\n')] as const];
  });
  return {
    [parameterKeys.registries]: [...registries].sort().join(' '),
    ...Object.fromEntries(enforcementModes.map((mode) => [mode, active[mode].toSorted().join(' ')])),
    [parameterKeys.listed]: [...lists.keys()].sort().join(' '),
    ...Object.fromEntries(templates),
  };
}

function listsOf(lines: readonly Line[]): ParameterData {
  const lists = new Map<string, string[]>();
  for (const { kind, registry, text } of lines) {
    const key = keyOf({ kind, registry, text });
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [text]);
    else list.push(text);
  }
  return Object.fromEntries([...lists].map(([key, texts]) => [key, `\n${texts.join('\n')}\n`]));
}

/** The list of a registry in existing ConfigMaps; undefined: it never had a catalog. */
export function listedIn(shards: readonly ParameterData[], registry: string): AllowedReferences | undefined {
  if (!shards.some((data) => wordsOf(data[parameterKeys.listed]).includes(registry))) return undefined;
  const list = (kind: ReferenceKind): string[] => {
    const prefix = parameterKeys.list(kind, registry, '');
    return shards.flatMap((data) => Object.keys(data).flatMap((key) => (key.startsWith(prefix) ? linesOf(data[key]) : [])));
  };
  const templates = [...new Set(shards.flatMap((data) => linesOf(data[parameterKeys.templates(registry)])))];
  return { images: list('images'), urls: list('urls'), packages: list('packages'), templates };
}

/** The space-separated names in a value. */
export function wordsOf(value: string | undefined): string[] {
  return (value ?? '').split(' ').filter((word) => word !== '');
}

function linesOf(value: string | undefined): string[] {
  return (value ?? '').split('\n').filter((line) => line !== '');
}
