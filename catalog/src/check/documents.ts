import type { SourcePlace } from '../entry/place.ts';
import { formOf, type DocumentForm } from '../formats/detect.ts';
import { documentsOf } from '../formats/documents.ts';
import { FILES_KEY } from '../formats/files.ts';
import { decodeText } from '../formats/parse.ts';
import { asText, isObject, own, type Json } from '../json.ts';

/** A document as written. */
export interface WrittenDocument {
  readonly value: Json;
  /** Undefined if it is not a catalog. */
  readonly form: DocumentForm | undefined;
}

/** The documents of a file of a folder; without one, of the whole. Undefined for what cannot be parsed. */
export type DocumentsOf = (file?: string) => readonly WrittenDocument[] | undefined;

/** Returns the documents of a catalog's bytes. Each file is parsed on first use. `path` is as in `SourceBytes`. */
export function writtenDocuments(bytes: Uint8Array, path: string | undefined): DocumentsOf {
  const whole = parsed(() => documentsOf(decodeText(bytes), path));
  const texts = new Map(textsIn(whole?.[0]?.value));
  const files = new Map<string, readonly WrittenDocument[] | undefined>();
  return (file) => {
    if (file === undefined) return whole;
    if (!files.has(file))
      files.set(
        file,
        parsed(() => documentsOf(texts.get(file) ?? '', file)),
      );
    return files.get(file);
  };
}

/** Whether any of the documents is a catalog. A list is one only if it contains a server: many files contain other lists. */
export function hasCatalog(documents: readonly WrittenDocument[]): boolean {
  return documents.some(({ value, form }) => {
    if (Array.isArray(value)) return value.length === 0 || value.some(isServer);
    return form !== undefined || (isObject(value) && Object.hasOwn(value, FILES_KEY));
  });
}

function isServer(item: Json): boolean {
  return isObject(item) && (asText(own(item, 'name')) !== undefined || isObject(own(item, 'server')));
}

/** The document that contains a place. */
export function documentAt(documents: DocumentsOf, { file, document = 0 }: SourcePlace): WrittenDocument | undefined {
  return documents(file)?.[document];
}

function parsed(parse: () => Json[]): WrittenDocument[] | undefined {
  try {
    return parse().map((value) => ({ value, form: formOf(value) }));
  } catch {
    // What cannot be parsed was reported when it was read.
    return undefined;
  }
}

/** The contents of a folder's files, by path. */
function textsIn(document: Json | undefined): [path: string, text: string][] {
  const files = isObject(document) ? own(document, FILES_KEY) : undefined;
  return (Array.isArray(files) ? files : []).flatMap((file): [string, string][] => {
    const [path, text] = isObject(file) ? [own(file, 'path'), own(file, 'text')] : [];
    return typeof path === 'string' && typeof text === 'string' ? [[path, text]] : [];
  });
}
