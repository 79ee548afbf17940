import type { SourcePlace } from '../entry/place.ts';
import { formOf, type DocumentForm } from '../formats/detect.ts';
import { documentsOf } from '../formats/documents.ts';
import { FILES_KEY } from '../formats/files.ts';
import { decodeText } from '../formats/parse.ts';
import { asText, isObject, own, type Json } from '../json.ts';

/** A document as it is written. */
export interface WrittenDocument {
  readonly value: Json;
  /** Undefined where it is no catalog. */
  readonly form: DocumentForm | undefined;
}

/** The documents of a file of a folder; of the whole without one. Undefined for what cannot be parsed. */
export type DocumentsOf = (file?: string) => readonly WrittenDocument[] | undefined;

/** Gives the documents of a catalog's bytes. Each file is parsed when it is asked for first. `path` is as in `SourceBytes`. */
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

/** Whether any of the documents is a catalog. A list is one only with a server in it: lists of other things are in many files. */
export function hasCatalog(documents: readonly WrittenDocument[]): boolean {
  return documents.some(({ value, form }) => {
    if (Array.isArray(value)) return value.length === 0 || value.some(isServer);
    return form !== undefined || (isObject(value) && Object.hasOwn(value, FILES_KEY));
  });
}

function isServer(item: Json): boolean {
  return isObject(item) && (asText(own(item, 'name')) !== undefined || isObject(own(item, 'server')));
}

/** The document that a place is in. */
export function documentAt(documents: DocumentsOf, { file, document = 0 }: SourcePlace): WrittenDocument | undefined {
  return documents(file)?.[document];
}

function parsed(parse: () => Json[]): WrittenDocument[] | undefined {
  try {
    return parse().map((value) => ({ value, form: formOf(value) }));
  } catch {
    // What cannot be parsed was told when it was read.
    return undefined;
  }
}

/** The texts of a folder's files, by their paths. */
function textsIn(document: Json | undefined): [path: string, text: string][] {
  const files = isObject(document) ? own(document, FILES_KEY) : undefined;
  return (Array.isArray(files) ? files : []).flatMap((file): [string, string][] => {
    const [path, text] = isObject(file) ? [own(file, 'path'), own(file, 'text')] : [];
    return typeof path === 'string' && typeof text === 'string' ? [[path, text]] : [];
  });
}
