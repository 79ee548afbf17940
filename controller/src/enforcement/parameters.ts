import type { ReferenceKind } from '@toolhive-registry/catalog/references';
import { REFERENCE_KINDS } from '@toolhive-registry/catalog/references';
import { bucketOf, MODES, parameterKeys, type Mode } from './names.ts';

/** What a registry's catalog has, in the forms that are compared. */
export interface AllowedReferences extends Readonly<Record<ReferenceKind, readonly string[]>> {
  /** Patterns over URLs. */
  readonly templates: readonly string[];
}

/** What the admission policies are told of the registries of a namespace. */
export interface Parameters {
  /** Names of all its registries. */
  readonly registries: readonly string[];
  /** Names of those that enforce, by their mode. */
  readonly active: Readonly<Record<Mode, readonly string[]>>;
  /** What those list, by their names; one that is not here lists nothing. */
  readonly lists: ReadonlyMap<string, AllowedReferences>;
}

/** A registry that lists nothing. */
export const NO_REFERENCES: AllowedReferences = { images: [], urls: [], packages: [], templates: [] };

/** The data of one parameter ConfigMap. */
export type ParameterData = Readonly<Record<string, string>>;

/** Most bytes of references in one ConfigMap, which holds 1 MiB. */
const SHARD_BYTES = 600_000;
/** How much of that a new one has. */
const FILLED = 0.9;
/** Most parameter ConfigMaps of a namespace: each is looked at for every request. */
export const MAX_SHARDS = 12;
/** Most bytes of patterns, which stand in every one of the ConfigMaps and are tried one by one. */
const MAX_TEMPLATE_BYTES = 16_000;

/** Parameters that do not fit. The message says how far they are from it. */
export class TooManyReferences extends Error {
  override readonly name = 'TooManyReferences';
}

/** Where a reference stands among all others. The admission policies compare the same text. */
function place(kind: ReferenceKind, reference: string): string {
  return `${kind} ${reference}`;
}

interface Line {
  readonly place: string;
  readonly kind: ReferenceKind;
  readonly registry: string;
  readonly text: string;
}

/**
 * The data of the ConfigMaps: one, or several that share the references out among them in their order. Borders stay where `before` has them for as long as
 * each part fits, so that a change rewrites one ConfigMap, and no reference changes hands for a moment.
 * @throws TooManyReferences
 */
export function renderParameters(parameters: Parameters, before: readonly ParameterData[]): ParameterData[] {
  const lines = allLines(parameters);
  const common = commonData(parameters);
  const borders = bordersOf(lines, before);
  if (borders.length + 1 > MAX_SHARDS)
    throw new TooManyReferences(`${lines.length} references need more than ${MAX_SHARDS} ConfigMaps of ${SHARD_BYTES} bytes`);
  const shards = [...borders, ''].map((to, index) => ({ from: borders[index - 1] ?? '', to, lines: [] as Line[] }));
  for (const line of lines) shards.findLast(({ from }) => from <= line.place)?.lines.push(line);
  return shards.map(({ from, to, lines: own }) => ({ ...common, [parameterKeys.from]: from, [parameterKeys.to]: to, ...listsOf(own) }));
}

function allLines({ active, lists }: Parameters): Line[] {
  const lines: Line[] = [];
  for (const registry of new Set(MODES.flatMap((mode) => active[mode])))
    for (const kind of REFERENCE_KINDS)
      for (const text of new Set(lists.get(registry)?.[kind])) lines.push({ place: place(kind, text), kind, registry, text });
  return lines.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.registry < b.registry ? -1 : 1));
}

function commonData({ registries, active, lists }: Parameters): ParameterData {
  const templates = [...new Set(MODES.flatMap((mode) => active[mode]))].flatMap((registry) => {
    const patterns = lists.get(registry)?.templates ?? [];
    return patterns.length === 0 ? [] : [[parameterKeys.templates(registry), patterns.toSorted().join('\n')] as const];
  });
  const bytes = templates.reduce((sum, [, text]) => sum + text.length, 0);
  if (bytes > MAX_TEMPLATE_BYTES) throw new TooManyReferences(`the URL templates take ${bytes} bytes; at most ${MAX_TEMPLATE_BYTES} fit`);
  return {
    [parameterKeys.registries]: [...registries].sort().join(' '),
    ...Object.fromEntries(MODES.map((mode) => [mode, active[mode].toSorted().join(' ')])),
    [parameterKeys.listed]: [...lists.keys()].sort().join(' '),
    ...Object.fromEntries(templates),
  };
}

/** Where further ConfigMaps begin. Those of before stay; a part that has become too large is cut in two, again and again. */
function bordersOf(lines: readonly Line[], before: readonly ParameterData[]): string[] {
  const total = lines.reduce((sum, line) => sum + bytesOf(line), 0);
  if (total <= SHARD_BYTES) return [];
  const kept = before.flatMap((data) => data[parameterKeys.from] ?? '').filter((from) => from !== '');
  return cut(lines, [...new Set(kept)].sort());
}

function cut(lines: readonly Line[], borders: readonly string[]): string[] {
  const [border, ...rest] = borders;
  if (border === undefined) return split(lines);
  const at = lines.findIndex((line) => line.place >= border);
  const end = at < 0 ? lines.length : at;
  return [...split(lines.slice(0, end)), border, ...cut(lines.slice(end), rest)];
}

/** Cuts what is too much into parts of about the same size, each with some room to grow. The same reference of several registries stays together. */
function split(lines: readonly Line[]): string[] {
  const total = lines.reduce((sum, line) => sum + bytesOf(line), 0);
  if (total <= SHARD_BYTES) return [];
  const size = total / Math.ceil(total / (SHARD_BYTES * FILLED));
  const borders: string[] = [];
  let filled = 0;
  for (const [index, line] of lines.entries()) {
    if (filled >= size && lines[index - 1]?.place !== line.place) {
      borders.push(line.place);
      filled = 0;
    }
    filled += bytesOf(line);
  }
  return borders;
}

function bytesOf({ text }: Line): number {
  return Buffer.byteLength(text) + 1;
}

function listsOf(lines: readonly Line[]): ParameterData {
  const lists = new Map<string, string[]>();
  for (const { kind, registry, text } of lines) {
    const key = parameterKeys.list(kind, registry, bucketOf(text));
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [text]);
    else list.push(text);
  }
  return Object.fromEntries([...lists].map(([key, texts]) => [key, `\n${texts.join('\n')}\n`]));
}

/** What ConfigMaps say that a registry lists: the last that was known of it, whoever asks now. Undefined: it had no catalog yet. */
export function listedIn(shards: readonly ParameterData[], registry: string): AllowedReferences | undefined {
  if (!shards.some((data) => wordsOf(data[parameterKeys.listed]).includes(registry))) return undefined;
  const list = (kind: ReferenceKind): string[] => {
    const prefix = parameterKeys.list(kind, registry, '');
    return shards.flatMap((data) => Object.keys(data).flatMap((key) => (key.startsWith(prefix) ? linesOf(data[key]) : [])));
  };
  const templates = [...new Set(shards.flatMap((data) => linesOf(data[parameterKeys.templates(registry)])))];
  return { images: list('images'), urls: list('urls'), packages: list('packages'), templates };
}

/** The names in a value. */
export function wordsOf(value: string | undefined): string[] {
  return (value ?? '').split(' ').filter((word) => word !== '');
}

function linesOf(value: string | undefined): string[] {
  return (value ?? '').split('\n').filter((line) => line !== '');
}
