import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';
import { apiVersionChanged, rootFields } from './root.ts';
import type { FieldSet } from './fields.ts';
import { appliedEntry, hasKeys, isLeaf, itemKeys } from './fields.ts';
import { covers, withoutNulls } from './json.ts';

/** Whether a server-side apply would change anything, and which field is the reason. */
export type ApplyDecision =
  | { readonly needed: false }
  | {
      readonly needed: true;
      readonly reason:
        'missing' | 'never applied' | 'other version' | 'not owned' | 'differs' | 'to be removed' | 'other order' | 'applied since';
      /** Such as `.spec.replicas`. */
      readonly path: string;
    };

const NOT_NEEDED: ApplyDecision = { needed: false };

/**
 * Compares an object that is to be applied with the server's. Nothing has to be done when our manager owns each field, each has the wanted value, and our
 * manager owns nothing else. Values that the server rewrites (`1024Mi` becomes `1Gi`) look different here; `Applier` handles those.
 */
export function needsApply(desired: KubeObject, live: KubeObject | undefined, fieldManager: string, subresource?: 'status'): ApplyDecision {
  if (live === undefined) return { needed: true, reason: 'missing', path: '' };
  const entry = appliedEntry(live, fieldManager, subresource);
  if (entry?.fieldsV1 === undefined) return { needed: true, reason: 'never applied', path: '' };
  if (apiVersionChanged(desired, entry)) return { needed: true, reason: 'other version', path: '.apiVersion' };
  return compareMap(rootFields(withoutNulls(desired)), live, entry.fieldsV1, '');
}

function compare(desired: unknown, live: unknown, fields: FieldSet, path: string): ApplyDecision {
  if (isLeaf(fields)) return covers(live, desired) ? NOT_NEEDED : { needed: true, reason: 'differs', path };
  if (Array.isArray(desired)) {
    if (!Array.isArray(live)) return { needed: true, reason: 'differs', path };
    const sets = Object.keys(fields).some((field) => field.startsWith('v:'));
    return sets ? compareSet(desired, live, fields, path) : compareList(desired, live, fields, path);
  }
  if (isRecord(desired)) return compareMap(desired, live, fields, path);
  return { needed: true, reason: 'differs', path };
}

function compareMap(desired: Record<string, unknown>, live: unknown, fields: FieldSet, path: string): ApplyDecision {
  if (!isRecord(live)) return { needed: true, reason: 'differs', path };
  for (const [name, value] of Object.entries(desired)) {
    const inner = fields[`f:${name}`];
    if (!isRecord(inner)) return { needed: true, reason: 'not owned', path: `${path}.${name}` };
    const decision = compare(value, Object.hasOwn(live, name) ? live[name] : undefined, inner, `${path}.${name}`);
    if (decision.needed) return decision;
  }
  for (const field of Object.keys(fields)) {
    if (field !== '.' && !(field.startsWith('f:') && Object.hasOwn(desired, field.slice(2)))) {
      return { needed: true, reason: 'to be removed', path: `${path}.${field.replace(/^f:/, '')}` };
    }
  }
  return NOT_NEEDED;
}

/** Lists whose items are identified by keys, such as containers by name and ports by number and protocol. */
function compareList(desired: readonly unknown[], live: readonly unknown[], fields: FieldSet, path: string): ApplyDecision {
  const owned = new Map<string, Record<string, unknown>>();
  for (const field of Object.keys(fields)) {
    const keys = itemKeys(field);
    if (keys !== undefined) owned.set(field, keys);
  }
  let last = -1;
  for (const item of desired) {
    const field = matchKeys(item, owned);
    const at = `${path}[${isRecord(item) && typeof item['name'] === 'string' ? item['name'] : JSON.stringify(item)}]`;
    if (field === undefined) return { needed: true, reason: 'not owned', path: at };
    const keys = owned.get(field) ?? {};
    owned.delete(field);
    const index = live.findIndex((other) => hasKeys(other, keys));
    if (index === -1) return { needed: true, reason: 'differs', path: at };
    // Order matters: a later environment variable may refer to an earlier one.
    if (index < last) return { needed: true, reason: 'other order', path };
    last = index;
    const decision = compare(item, live[index], fields[field] as FieldSet, at);
    if (decision.needed) return decision;
  }
  const [left] = owned.keys();
  return left === undefined ? NOT_NEEDED : { needed: true, reason: 'to be removed', path: `${path}[${left}]` };
}

/** The owned item for this one. Keys that it leaves to defaults (a port's protocol) match any value if no item fits better. */
function matchKeys(item: unknown, owned: ReadonlyMap<string, Record<string, unknown>>): string | undefined {
  if (!isRecord(item)) return undefined;
  let loose: string | undefined;
  for (const [field, keys] of owned) {
    if (hasKeys(item, keys)) return field;
    const compatible = Object.entries(keys).every(([key, value]) => item[key] === undefined || item[key] === value);
    if (compatible && Object.keys(keys).some((key) => item[key] !== undefined)) loose ??= field;
  }
  return loose;
}

/** Lists of scalars that are sets, such as finalizers. */
function compareSet(desired: readonly unknown[], live: readonly unknown[], fields: FieldSet, path: string): ApplyDecision {
  const wanted = new Set(desired.map((item) => `v:${JSON.stringify(item)}`));
  const present = new Set(live.map((item) => `v:${JSON.stringify(item)}`));
  for (const item of wanted) {
    if (!Object.hasOwn(fields, item)) return { needed: true, reason: 'not owned', path: `${path}[${item}]` };
    if (!present.has(item)) return { needed: true, reason: 'differs', path: `${path}[${item}]` };
  }
  for (const field of Object.keys(fields)) {
    if (field !== '.' && !wanted.has(field)) return { needed: true, reason: 'to be removed', path: `${path}[${field}]` };
  }
  return NOT_NEEDED;
}
