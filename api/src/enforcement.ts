import { labels } from './group.ts';
import { isObject } from './known-fields.ts';

/** What an enforcing registry does with anything that is not in its catalog: `enforce` refuses it, `audit` warns about it. */
export type EnforcementMode = 'enforce' | 'audit';
/** Both, the stricter one first. */
export const enforcementModes: readonly EnforcementMode[] = ['enforce', 'audit'];

/** The metadata that determines to which registry an object belongs. */
export interface Belonging {
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The registries of a namespace, by name. */
export interface EnforcingRegistries {
  /** All of them. */
  readonly registries: readonly string[];
  /** The enforcing ones, by mode. */
  readonly active: Readonly<Record<EnforcementMode, readonly string[]>>;
}

/** Why an object is not admitted, as the admission policy of a mode sees it. */
export interface Verdict<R> {
  /** A nonexistent registry that its label names. */
  readonly unknownRegistry?: string;
  /** The references that are not allowed. */
  readonly refused: readonly R[];
  /** The registries of which at least one has to list each reference. */
  readonly required: readonly string[];
}

/** An object to be judged as if created now, with its references. */
export interface JudgedObject<R> {
  readonly metadata: Belonging;
  readonly references: readonly R[];
}

/**
 * The verdict of a mode on an object, as the admission policies decide; undefined: nobody enforces in this mode, or the object is admitted. `lists` says
 * whether a registry lists a reference.
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

/**
 * The registries of which one has to list an object's references: the one in its label if it enforces, otherwise any enforcing one. Registries that enforce may
 * also list what is audited.
 */
export function requiredRegistries(mode: EnforcementMode, metadata: Belonging, active: EnforcingRegistries['active']): readonly string[] {
  const names = mode === 'audit' ? enforcementModes.flatMap((one) => active[one]) : active[mode];
  const registry = registryOfLabels(metadata);
  return registry !== undefined && names.includes(registry) ? [registry] : names;
}

/** The registry in an object's own namespace that its labels name. */
export function registryOfLabels({ labels: own = {}, namespace = '' }: Belonging): string | undefined {
  const of = own[labels.registryNamespace] ?? '';
  const name = own[labels.registryName] ?? '';
  return name !== '' && (of === '' || of === namespace) ? name : undefined;
}

/**
 * How an MCPRegistry enforces, by its spec, regardless of other faults: a registry that is broken by an edit keeps forbidding what it forbade. Undefined: it
 * enforces nothing, as when it is being deleted.
 */
export function enforcementModeOf(registry: {
  readonly metadata: { readonly deletionTimestamp?: string | null | undefined };
  readonly spec?: unknown;
}): EnforcementMode | undefined {
  const { metadata, spec } = registry;
  if ((metadata.deletionTimestamp ?? undefined) !== undefined || !isObject(spec) || spec['enforceServers'] !== true) return undefined;
  return spec['enforcementMode'] === 'audit' ? 'audit' : 'enforce';
}
