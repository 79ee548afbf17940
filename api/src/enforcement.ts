import { labels } from './group.ts';
import { isObject } from './known-fields.ts';

/** What an enforcing registry does with what is not in its catalog: `enforce` refuses it, `audit` warns of it. */
export type EnforcementMode = 'enforce' | 'audit';
/** Both, the stricter one first. */
export const enforcementModes: readonly EnforcementMode[] = ['enforce', 'audit'];

/** What of an object's metadata says where it belongs. */
export interface Belonging {
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The registries of a namespace, by their names. */
export interface EnforcingRegistries {
  /** All of them. */
  readonly registries: readonly string[];
  /** Those that enforce, by their mode. */
  readonly active: Readonly<Record<EnforcementMode, readonly string[]>>;
}

/** What keeps an object from being let in, as the admission policy of a mode sees it. */
export interface Verdict<R> {
  /** A registry that its label names and that does not exist. */
  readonly unknownRegistry?: string;
  /** What it names and may not. */
  readonly refused: readonly R[];
  /** The registries of which one has to list what it names. */
  readonly required: readonly string[];
}

/** An object that would be made now, with what it names. */
export interface JudgedObject<R> {
  readonly metadata: Belonging;
  readonly references: readonly R[];
}

/**
 * The verdict of a mode on an object, as the admission policies have it; undefined: nobody enforces in this mode, or nothing is wrong. `lists`
 * says whether a registry lists a reference.
 */
export function judgeObject<R>(
  mode: EnforcementMode,
  { metadata, references }: JudgedObject<R>,
  { registries, active }: EnforcingRegistries,
  lists: (registry: string, reference: R) => boolean,
): Verdict<R> | undefined {
  if (active[mode].length === 0) return undefined;
  const registry = registryOfLabels(metadata);
  const required = requiredRegistries(mode, metadata, active);
  const refused = references.filter((reference) => !required.some((one) => lists(one, reference)));
  const unknownRegistry = registry !== undefined && !registries.includes(registry) && references.length > 0 ? registry : undefined;
  if (refused.length === 0 && unknownRegistry === undefined) return undefined;
  return { refused, required, ...(unknownRegistry === undefined ? {} : { unknownRegistry }) };
}

/** The registries of which one has to list what an object names: that of its label where it enforces, otherwise any that does. What is audited may be listed by those that enforce, too. */
export function requiredRegistries(mode: EnforcementMode, metadata: Belonging, active: EnforcingRegistries['active']): readonly string[] {
  const names = mode === 'audit' ? enforcementModes.flatMap((one) => active[one]) : active[mode];
  const registry = registryOfLabels(metadata);
  return registry !== undefined && names.includes(registry) ? [registry] : names;
}

/** The registry that an object's labels name in its own namespace. */
export function registryOfLabels({ labels: own = {}, namespace = '' }: Belonging): string | undefined {
  const of = own[labels.registryNamespace] ?? '';
  const name = own[labels.registryName] ?? '';
  return name !== '' && (of === '' || of === namespace) ? name : undefined;
}

/**
 * How an MCPRegistry enforces, by what its spec says, whatever else is wrong with it: one that somebody breaks by an edit forbids what it forbade. Undefined: it
 * enforces nothing, as once it is being deleted.
 */
export function enforcementModeOf(registry: {
  readonly metadata: { readonly deletionTimestamp?: string | null | undefined };
  readonly spec?: unknown;
}): EnforcementMode | undefined {
  const { metadata, spec } = registry;
  if ((metadata.deletionTimestamp ?? undefined) !== undefined || !isObject(spec) || spec['enforceServers'] !== true) return undefined;
  return spec['enforcementMode'] === 'audit' ? 'audit' : 'enforce';
}
