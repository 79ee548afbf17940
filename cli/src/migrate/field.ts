import { formatPath, isObject, issue } from '@toolhive-registry/api';
import type { Note, NoteLevel } from './types.ts';

/** A place in a manifest. What is read through it is tracked, so that nothing is lost silently. */
export interface Field {
  readonly path: string;
  readonly value: unknown;
  /** The member under a key; undefined where there is none or it has no value. */
  get(key: string): Field | undefined;
  /** All members with a value. */
  members(): readonly (readonly [key: string, field: Field])[];
  /** The items of a list; none for anything else. */
  items(): readonly Field[];
  /** The value; it counts as carried over, with everything in it. */
  take(): unknown;
  /** Adds a note about it; it counts as handled, with everything in it. */
  note(level: NoteLevel, message: string, remedy: string, command?: string): void;
}

/** Tracks which fields of one manifest were handled. */
export interface Ledger {
  /** The place at the top of a value. With `ignoreCase` keys are found in any letters. */
  open(value: unknown, path: string, options?: { readonly ignoreCase?: boolean }): Field;
  /** Adds a note about a path, which does not count as handled. */
  note(note: Note): void;
  /** All notes, with one for every field that was not handled. */
  notes(): readonly Note[];
}

/** By urgency. */
const LEVELS: readonly NoteLevel[] = ['todo', 'changed', 'dropped'];

/** Where a value may be secret, or is a file of its own. */
const UNSHOWN = /(?:password|passwd|secret|token|\.env\[\d+\]\.value|\.file\.data)$/iu;

/** Starts tracking a manifest. */
export function createLedger(): Ledger {
  const notes: Note[] = [];
  const accounted = new Set<string>();
  const opened: Place[] = [];

  function field(place: Place): Field {
    const { value, segments, ignoreCase, root } = place;
    const path = pathBelow(root, segments);
    const child = (key: PropertyKey, childValue: unknown): Field =>
      field({ value: childValue, segments: [...segments, key], ignoreCase, root });
    return {
      path,
      value,
      get: (key) => {
        const found = isObject(value) ? keyIn(value, key, ignoreCase) : undefined;
        return found === undefined ? undefined : child(found[0], found[1]);
      },
      members: () =>
        isObject(value)
          ? Object.entries(value)
              .filter(([, member]) => member !== null)
              .map(([key, member]) => [key, child(key, member)] as const)
          : [],
      items: () => (Array.isArray(value) ? value.map((item, index) => child(index, item)) : []),
      take: () => {
        accounted.add(path);
        return value;
      },
      note: (level, message, remedy, command) => {
        accounted.add(path);
        const shown = UNSHOWN.test(path) || typeof value === 'object' ? undefined : issue(path, message, value).value;
        notes.push({
          level,
          path,
          message,
          remedy,
          ...(command === undefined ? {} : { command }),
          ...(shown === undefined ? {} : { value: shown }),
        });
      },
    };
  }

  /** Paths that were not handled, the topmost if nothing below was read; `read`: something below was. */
  function unread(at: Field): { readonly read: boolean; readonly paths: readonly string[] } {
    if (accounted.has(at.path)) return { read: true, paths: [] };
    const children = childrenOf(at).map(unread);
    const paths = children.flatMap((child) => child.paths);
    const read = children.some((child) => child.read);
    return read ? { read, paths } : { read, paths: [at.path] };
  }

  return {
    open: (value, path, { ignoreCase = false } = {}) => {
      const place: Place = { value, segments: [], root: path, ignoreCase };
      opened.push(place);
      return field(place);
    },
    note: (note) => void notes.push(note),
    notes: () => {
      // The text of a configuration is read, which says nothing of what is in it.
      const lost = opened.flatMap((place) => childrenOf(field(place)).flatMap((child) => unread(child).paths));
      const all: Note[] = [
        ...notes,
        ...lost.map((path) => ({
          level: 'todo' as const,
          path,
          message: 'is not recognized here and is left out',
          remedy: 'check whether it matters; docs/reference/mcpregistry.md lists every field',
        })),
      ];
      return LEVELS.flatMap((level) => all.filter((note) => note.level === level));
    },
  };
}

interface Place {
  readonly value: unknown;
  readonly segments: readonly PropertyKey[];
  /** Path of the place at the top. */
  readonly root: string;
  readonly ignoreCase: boolean;
}

/** Everything directly in a place that has a value. */
function childrenOf(at: Field): Field[] {
  return [...at.items(), ...at.members().map(([, member]) => member)].filter(({ value }) => value !== null);
}

function pathBelow(root: string, segments: readonly PropertyKey[]): string {
  const path = formatPath(segments);
  return root === '' || path === '' || path.startsWith('[') ? `${root}${path}` : `${root}.${path}`;
}

function keyIn(value: Readonly<Record<string, unknown>>, key: string, ignoreCase: boolean): readonly [string, unknown] | undefined {
  const name = Object.hasOwn(value, key)
    ? key
    : ignoreCase
      ? Object.keys(value).find((other) => other.toLowerCase() === key.toLowerCase())
      : undefined;
  const found = name === undefined ? null : value[name];
  return name === undefined || found === null || found === undefined ? undefined : [name, found];
}

/** A text; a number or a switch is taken for one, as ToolHive's reader of configurations does. Undefined, with a note, for anything else. */
export function textOf(field: Field | undefined): string | undefined {
  if (field === undefined) return undefined;
  const { value } = field;
  if (typeof value === 'string') {
    field.take();
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    field.note('changed', 'is read as text', 'put it in quotes if something else was meant, such as 1.10, which YAML reads as 1.1');
    return String(value);
  }
  field.note('todo', 'must be a string and is left out', 'write it as a string');
  return undefined;
}
