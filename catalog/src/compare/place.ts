import { escaped } from '../pointer.ts';
import type { Step } from './difference.ts';

/** Which of two values. */
export type Side = 'before' | 'after';

/** Where a value is, as a chain of steps; undefined is the root. Most places are never listed, and a chain costs nothing until then. */
export interface Place {
  readonly parent: Place | undefined;
  /** The key of a member or position of an element in the value after. */
  readonly after: string;
  /** The same in the value before: elements move, and some members are renamed. */
  readonly before: string;
  readonly name: string | undefined;
  /** Steps from the whole to here. */
  readonly depth: number;
}

/** Longest key within a pointer, in characters. */
const MAX_KEY = 200;

/** A member at a place. */
export function member(parent: Place | undefined, after: string, before: string = after): Place {
  return element(parent, { after, before }, undefined);
}

/** An element of the list at a place, by its keys and its name. */
export function element(parent: Place | undefined, { after, before }: Readonly<Record<Side, string>>, name: string | undefined): Place {
  return { parent, after, before, name, depth: depthOf(parent) + 1 };
}

/** Steps from the whole to a place. */
export function depthOf(place: Place | undefined): number {
  return place?.depth ?? 0;
}

/** The steps to a place in one of the values, outermost first. */
export function pathOf(place: Place | undefined, side: Side): Step[] {
  const path: Step[] = [];
  for (let at = place; at !== undefined; at = at.parent)
    path.push(at.name === undefined ? { key: at[side] } : { key: at[side], name: at.name });
  return path.reverse();
}

/** The JSON pointer of a path. */
export function pointerOf(path: readonly Step[]): string {
  return path.map(({ key }) => `/${pointerKey(key)}`).join('');
}

/** A key in a pointer; truncated to 200 characters. */
export function pointerKey(key: string): string {
  return escaped(key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}…` : key);
}
