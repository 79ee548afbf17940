import { own, type Json, type JsonObject } from '../json.ts';
import { scalar } from './input.ts';
import { objects, type Reading } from './reading.ts';
import { textsOf, type Fill, type Text } from './text.ts';

/** An argument of a program: a value, a flag with a value, or a flag alone. */
export interface Argument {
  /** The flag, with its dashes. */
  readonly name?: string;
  /** The value; absent: the flag stands alone. */
  readonly text?: Text;
  /** The flag is a switch, present only if the value is `true`. */
  readonly isSwitch?: true;
}

/** Fields that ask for a value. A flag without any of them has none. */
const ASKED = ['description', 'format', 'valueHint', 'choices', 'placeholder', 'isSecret', 'isRequired', 'default'] as const;

/**
 * Arguments of server.json (schema 2025-12-11, Argument). A flag and its value are two arguments, as VS Code and ToolHive pass them. An argument without type
 * is classified by its name.
 */
export function argumentsFrom(list: Json | undefined, reading: Reading): Argument[] {
  return objects(list).flatMap((raw) => argumentFrom(raw, reading) ?? []);
}

function argumentFrom(raw: JsonObject, reading: Reading): Argument | undefined {
  const name = scalar(own(raw, 'name')) ?? '';
  if (own(raw, 'type') === 'positional' || name === '') {
    const hint = scalar(own(raw, 'valueHint')) ?? '';
    const hasValue = own(raw, 'value') !== undefined || own(raw, 'default') !== undefined;
    return hint === '' && name === '' && !hasValue ? undefined : { text: reading.value(name || hint || 'argument', raw) };
  }
  reading.literal('The name of an argument', name);
  const fixed = scalar(own(raw, 'value'));
  const isBoolean = own(raw, 'format') === 'boolean';
  if (isBoolean && (fixed === 'true' || fixed === 'false')) return fixed === 'true' ? { name } : undefined;
  if (fixed === undefined && !ASKED.some((field) => own(raw, field) !== undefined)) return { name };
  const text = reading.value(name, raw);
  return isBoolean && fixed === undefined && own(raw, 'isRequired') !== true ? { name, text, isSwitch: true } : { name, text };
}

/** An argument as passed to a program: nothing if a value is missing. */
export function filledArgument({ name, text, isSwitch }: Argument, fill: Fill): readonly string[] {
  const flag = name === undefined ? [] : [name];
  if (text === undefined) return flag;
  const values = textsOf(text, fill);
  if (isSwitch === true) return values[0] === 'true' ? flag : [];
  return values.flatMap((value) => [...flag, value]);
}
