import { defaultSourceName } from '@toolhive-registry/api';
import { closest } from '@toolhive-registry/api/closest';
import { misuse } from '../program/failure.ts';
import type { NamedSourceInput, SourceInput, SpecInput } from './types.ts';

/**
 * A spec with a source put in place of the one of the same name, or behind the others. Without a name it takes the place of the only one. Throws a failure
 * where that is not clear.
 */
export function withSource(spec: SpecInput, name: string | undefined, source: SourceInput): SpecInput {
  const sources = sourcesOf(spec);
  if (name === undefined) {
    if (spec.source !== undefined) return { ...spec, source: replaced(spec.source, source) };
    const only = onlyOf(sources);
    return { ...spec, sources: [{ ...replaced(only, source), name: only.name }] };
  }
  const { source: _single, ...rest } = spec;
  const named = (one: NamedSourceInput | undefined): NamedSourceInput => ({ name, ...replaced(one, source) });
  const isThere = sources.some((one) => one.name === name);
  return { ...rest, sources: isThere ? sources.map((one) => (one.name === name ? named(one) : one)) : [...sources, named(undefined)] };
}

/** The source of a name, undefined where there is none; without a name the only one. Throws a failure where it is not clear which is meant. */
export function sourceNamed(spec: SpecInput, name: string | undefined): SourceInput | undefined {
  const sources = sourcesOf(spec);
  const found = name === undefined ? onlyOf(sources) : sources.find((one) => one.name === name);
  if (found === undefined) return undefined;
  const { name: _name, ...source } = found;
  return source;
}

function onlyOf(sources: readonly NamedSourceInput[]): NamedSourceInput {
  const [only, other] = sources;
  if (only !== undefined && other === undefined) return only;
  throw misuse(`the registry has ${sources.length} sources`, `choose one with --source: ${namesOf(sources)}, or a new name`);
}

/** A spec without a source. Throws a failure for one that it does not have, and for the last one. */
export function withoutSource(spec: SpecInput, name: string): SpecInput {
  const sources = sourcesOf(spec);
  const kept = sources.filter((one) => one.name !== name);
  if (kept.length === sources.length) {
    const meant = closest(
      name,
      sources.map((one) => one.name),
    );
    throw misuse(`the registry has no source "${name}"`, meant === undefined ? `it has ${namesOf(sources)}` : `did you mean ${meant}?`);
  }
  if (kept.length === 0) throw misuse(`"${name}" is the only source of the registry`, 'replace it, or remove the registry');
  const { source: _single, ...rest } = spec;
  return { ...rest, sources: kept };
}

/** Fields that say where the data of a source come from, and how they are fetched. */
const LOCATION = ['configmap', 'git', 'url', 'registry', 'api', 'file', 'auth', 'tls', 'timeout', 'format'] as const;

/**
 * A source in place of another one. Its filter and sync policy stay, since they say what is wanted of it; so do credentials and the like while it is of
 * the same type.
 */
function replaced(before: SourceInput | undefined, source: SourceInput): SourceInput {
  if (before === undefined) return source;
  const isSameType = (before.type ?? 'configmap') === source.type;
  const dropped: readonly string[] = isSameType ? BLOCKS : LOCATION;
  const kept = Object.entries(before).filter(([field]) => field !== 'name' && !dropped.includes(field));
  return { ...Object.fromEntries(kept), ...source };
}

const BLOCKS: readonly string[] = LOCATION.slice(0, 6);

/** All sources, the single one by the name that it has in status and metrics. */
function sourcesOf({ source, sources }: SpecInput): readonly NamedSourceInput[] {
  return sources ?? (source === undefined ? [] : [{ name: defaultSourceName, ...source }]);
}

function namesOf(sources: readonly NamedSourceInput[]): string {
  return sources.map(({ name }) => name).join(', ');
}
