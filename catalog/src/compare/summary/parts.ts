import type { Json } from '../../json.ts';
import { listRules } from '../identity.ts';
import { isPlainObject } from '../matching.ts';
import type { Step } from '../difference.ts';
import { within, type Change } from './rule.ts';

/** The parts of a change, each member or element as a separate change; nothing if there are no parts. */
export function* partsOf(change: Change, isPart: boolean): Generator<Change> {
  const { kind, before, after } = change;
  if (kind === 'reordered' || kind === 'renamed') return;
  // A value of another type is not a list of parts that were removed and added.
  if (kind === 'changed' && !(isContainer(before) && isContainer(after))) return;
  for (const [step, value] of membersOf(before, change))
    yield { ...within(change, step), kind: 'removed', before: value, after: undefined, isPart };
  for (const [step, value] of membersOf(after, change))
    yield { ...within(change, step), kind: 'added', before: undefined, after: value, isPart };
}

/** Whether a value has members or elements. */
function isContainer(value: Json | undefined): boolean {
  return Array.isArray(value) || isPlainObject(value);
}

function* membersOf(value: Json | undefined, { path }: Change): Generator<readonly [Step, Json]> {
  if (Array.isArray(value)) {
    const { nameOf } = listRules(path.at(-1)?.key ?? '');
    for (const [position, element] of value.entries()) {
      const name = isPlainObject(element) ? nameOf(element) : undefined;
      yield [{ key: String(position), ...(name === undefined ? {} : { name }) }, element];
    }
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value).sort()) yield [{ key }, value[key] ?? null];
  }
}
