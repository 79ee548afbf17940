import { isUtf8 } from 'node:buffer';
import { isYaml, keysOf, type SourcePlace, type TextPosition } from '@toolhive-registry/catalog';
import { positionsIn } from './lines.ts';
import { jsonPlaces } from './locate-json.ts';
import { yamlPlaces } from './locate-yaml.ts';

/** Finds positions in a file. */
export interface Locator {
  /** The position of what is at a place: of a member that of its key. */
  at(place: Pick<SourcePlace, 'document' | 'pointer'>): TextPosition;
  /** Of a file that cannot be used: the position of the first thing that is not UTF-8 or no JSON, else that of the beginning. */
  fault(): TextPosition;
}

/** Reads a file once, when it is first asked something. `path` is that of a folder's file, see `isYaml`. A byte order mark has no position. */
export function locatorOf(bytes: Uint8Array, path: string | undefined): Locator {
  let read: Locator | undefined;
  const locator = (): Locator => (read ??= locatorIn(bytes, path));
  return { at: (place) => locator().at(place), fault: () => locator().fault() };
}

function locatorIn(bytes: Uint8Array, path: string | undefined): Locator {
  const text = new TextDecoder().decode(bytes);
  const position = positionsIn(text);
  const offsets = isYaml(text, path) ? yamlPlaces(text) : jsonPlaces(text);
  const offsetOf = ({ document = 0, pointer }: Pick<SourcePlace, 'document' | 'pointer'>): number =>
    offsets.offsetOf(keysOf(pointer), document);
  return {
    at: (place) => position(offsetOf(place)),
    // What is not UTF-8 was decoded as U+FFFD.
    fault: () => position(isUtf8(bytes) ? (offsets.syntaxError ?? offsetOf({ pointer: '' })) : text.indexOf('\ufffd')),
  };
}
