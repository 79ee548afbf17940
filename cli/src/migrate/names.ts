import { maxNameLength, names } from '@toolhive-registry/api';

/** Longest name of a source: a DNS label. */
const MAX_LABEL = 63;
/** Longest name of an object. */
const MAX_OBJECT_NAME = 253;

/** Names in a namespace that a registry cannot have. */
export interface TakenNames {
  /** Names of other registries. */
  readonly registries: ReadonlySet<string>;
  /** ConfigMaps that sources name: a registry's own are NAME-config and NAME-deployed, which are deleted with it. */
  readonly configMaps: ReadonlySet<string>;
}

/** The valid registry name that is closest to the wanted one. */
export function registryName(wanted: string, taken: TakenNames): string {
  const label = labelOf(wanted);
  const base = /^[a-z]/u.test(label) ? label : `registry-${label}`;
  return firstFree(base, maxNameLength, 'registry', (name) => {
    const own = [names.config(name), names.deployed(name)];
    return !taken.registries.has(name) && !own.some((configMap) => taken.configMaps.has(configMap));
  });
}

/** The valid, unused source name that is closest to the wanted one. */
export function sourceName(wanted: string, others: ReadonlySet<string>): string {
  return firstFree(labelOf(wanted), MAX_LABEL, 'source', (name) => !others.has(name));
}

/** A name for an object that belongs to a source of a registry. */
export function objectNameOf(...parts: readonly string[]): string {
  return cut(joined(parts), MAX_OBJECT_NAME);
}

/** The name of a source of the old manifest in messages. */
export function sourceLabel(oldName: string): string {
  return oldName === '' ? 'the source' : `source ${JSON.stringify(oldName)}`;
}

/** A name for a volume: a DNS label. */
export function volumeName(...parts: readonly string[]): string {
  return cut(joined(parts), MAX_LABEL);
}

function joined(parts: readonly string[]): string {
  return parts
    .map(labelOf)
    .filter((part) => part !== '')
    .join('-');
}

function labelOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
}

/** The base, or the base with the word behind it, or with a number. */
function firstFree(base: string, length: number, word: string, isFree: (name: string) => boolean): string {
  const stem = cut(base, length).replaceAll(/^-+/gu, '') || word;
  if (isFree(stem)) return stem;
  const withWord = `${cut(stem, length - word.length - 1)}-${word}`;
  if (isFree(withWord)) return withWord;
  for (let number = 2; ; number += 1) {
    const numbered = `${cut(stem, length - String(number).length - 1)}-${number}`;
    if (isFree(numbered)) return numbered;
  }
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replaceAll(/-+$/gu, '');
}
