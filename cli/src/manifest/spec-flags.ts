import type { FlagSpecs, FlagValues } from '../program/flag.ts';
import { misuse } from '../program/failure.ts';
import { withoutUndefined } from './source-flags.ts';
import type { SpecInput } from './types.ts';

/** Flags that describe a registry, its sources aside. */
export const SPEC_FLAGS = {
  'display-name': { kind: 'text', placeholder: 'TEXT', help: 'display name of the catalog' },
  interval: { kind: 'text', placeholder: 'DURATION', help: 'how often the sources are read again, such as 30m; at least 5s' },
  manual: { kind: 'switch', help: 'read the sources only on request' },
  'max-removed-percent': {
    kind: 'number',
    least: 0,
    placeholder: 'N',
    help: 'refuse data that would remove a larger share of the servers',
  },
  'include-name': { kind: 'list', placeholder: 'PATTERN', help: "only servers whose name matches, such as 'io.github.*/*'" },
  'exclude-name': { kind: 'list', placeholder: 'PATTERN', help: 'no servers whose name matches' },
  'include-tag': { kind: 'list', placeholder: 'TAG', help: 'only servers with this tag' },
  'exclude-tag': { kind: 'list', placeholder: 'TAG', help: 'no servers with this tag' },
  validation: {
    kind: 'text',
    placeholder: 'MODE',
    help: 'what happens to a bad entry: it is left out, or fails its source',
    choices: ['lenient', 'strict'],
  },
  replicas: { kind: 'number', placeholder: 'N', help: 'pods of the registry' },
  enforcement: {
    kind: 'text',
    placeholder: 'MODE',
    help: 'what happens to MCP servers in the namespace that are not in the catalog',
    choices: ['off', 'audit', 'enforce'],
  },
} as const satisfies FlagSpecs;

type SpecFlags = FlagValues<typeof SPEC_FLAGS>;

/** The spec with the fields that the flags set. Other fields stay as they are. */
export function changedSpec(spec: SpecInput, flags: SpecFlags): SpecInput {
  const { interval, manual, validation, replicas, enforcement } = flags;
  if (manual && interval !== undefined) throw misuse('--manual and --interval exclude each other', 'leave one of them out');
  const given = {
    displayName: flags['display-name'],
    syncPolicy: syncPolicy(spec.syncPolicy, flags),
    filter: filter(spec.filter, flags),
    validation,
    replicas,
    enforceServers: enforcement === undefined ? undefined : enforcement !== 'off',
    enforcementMode: enforcement === undefined || enforcement === 'off' ? undefined : enforcement,
  };
  return { ...spec, ...withoutUndefined(given) };
}

function syncPolicy(before: SpecInput['syncPolicy'], { interval, manual, ...flags }: SpecFlags): SpecInput['syncPolicy'] {
  const maxRemovedPercent = flags['max-removed-percent'];
  if (interval === undefined && !manual && maxRemovedPercent === undefined) return undefined;
  const { type: _type, interval: _interval, ...kept } = before ?? {};
  const pace = manual
    ? { type: 'manual' as const }
    : interval !== undefined
      ? { interval }
      : withoutUndefined({ type: _type, interval: _interval });
  return { ...kept, ...pace, ...withoutUndefined({ maxRemovedPercent }) };
}

function filter(before: SpecInput['filter'], flags: SpecFlags): SpecInput['filter'] {
  // The short form means the same as `names`, and is added to it.
  const { include, exclude, ...long } = before ?? {};
  const given = { include: both(before?.names?.include, include), exclude: both(before?.names?.exclude, exclude) };
  const names = part(given, flags['include-name'], flags['exclude-name']);
  const tags = part(before?.tags, flags['include-tag'], flags['exclude-tag']);
  if (names === undefined && tags === undefined) return undefined;
  return names === undefined
    ? { ...before, ...withoutUndefined({ tags }) }
    : { ...long, names: withoutUndefined(names), ...withoutUndefined({ tags }) };
}

function both(a: readonly string[] = [], b: readonly string[] = []): string[] | undefined {
  return a.length + b.length === 0 ? undefined : [...a, ...b];
}

interface Part {
  include?: string[] | undefined;
  exclude?: string[] | undefined;
}

function part(before: Part | undefined, include: readonly string[], exclude: readonly string[]): Part | undefined {
  if (include.length === 0 && exclude.length === 0) return undefined;
  return {
    ...before,
    ...(include.length === 0 ? {} : { include: [...include] }),
    ...(exclude.length === 0 ? {} : { exclude: [...exclude] }),
  };
}
