import type { FindingSink } from '../entry/findings.ts';
import type { Json, JsonObject } from '../json.ts';
import { escaped } from '../pointer.ts';
import { shorten } from './parse.ts';

/** Most parts that are named one by one. */
const MAX_PARTS = 20;

/** Reports which members of a part of a file are not read. `place` is a JSON pointer to the part. */
export function noteUnread(part: JsonObject, read: readonly string[], place: string, findings: FindingSink): void {
  const { ofDocument = findings } = findings;
  const unread = Object.keys(part).filter((key) => !read.includes(key));
  for (const key of unread.slice(0, MAX_PARTS)) {
    const pointer = `${place}/${escaped(shorten(key))}`;
    ofDocument.add({ entry: pointer, pointer, rule: 'not-read', message: 'this part of the file is not read', served: false });
  }
}

/** Reports that a part of a file has the wrong type, and is not read: `wanted` is like "a list of groups". Null and undefined are not reported. */
export function noteWrongType(value: Json | undefined, pointer: string, wanted: string, findings: FindingSink): void {
  if (value === undefined || value === null) return;
  const { ofDocument = findings } = findings;
  ofDocument.add({ entry: pointer, pointer, rule: 'invalid', message: `"${pointer}" must be ${wanted}; it was left out`, served: false });
}
