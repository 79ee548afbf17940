import { loadAll } from 'js-yaml';
import { messageOf } from '../errors.ts';

/** Largest manifest file that is read: a ConfigMap has at most 1 MiB, a folder's file may hold several. */
export const MAX_MANIFEST_BYTES = 32 * 1024 * 1024;
const MAX_ALIASES = 100;
const MAX_DEPTH = 200;

/** A manifest that cannot be used. The message names file, field and remedy. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Parses a YAML or JSON file with one or more documents; empty documents are left out. Throws {@link ManifestError}. */
export function parseDocuments(text: string, file: string): Record<string, unknown>[] {
  if (text.length > MAX_MANIFEST_BYTES) throw new ManifestError(`${file}: larger than ${MAX_MANIFEST_BYTES} bytes`);
  let documents: unknown[];
  try {
    documents = loadAll(text, { filename: file, maxAliases: MAX_ALIASES, maxDepth: MAX_DEPTH });
  } catch (cause) {
    throw new ManifestError(`${file}: not valid YAML: ${messageOf(cause).split('\n')[0] ?? ''}`, { cause });
  }
  const object = (document: unknown, what: string): Record<string, unknown> => {
    if (!isRecord(document)) throw new ManifestError(`${file}: ${what} is not a Kubernetes object`);
    return document;
  };
  return documents.flatMap((document) => {
    if (document === null || document === undefined) return [];
    const { kind, items } = object(document, 'a document');
    // `kubectl get -o yaml` of several objects gives one List.
    if (kind === 'List' && Array.isArray(items)) return items.map((item, index) => object(item, `items[${index}] of a List`));
    return [object(document, 'a document')];
  });
}

/** The data of a ConfigMap or Secret as bytes, by key. */
export type DataByKey = ReadonlyMap<string, Uint8Array>;

/** Kinds of objects that hold data, with the encoding of each field. The field that Kubernetes reads last wins (`stringData` of a Secret). */
const DATA_FIELDS = {
  ConfigMap: { data: 'utf8', binaryData: 'base64' },
  Secret: { data: 'base64', stringData: 'utf8' },
} as const;

/** The remedy for plain text where base64 is expected. */
const PLAIN_TEXT = { ConfigMap: 'write a text under data', Secret: 'write a plain text under stringData' } as const;

/** Whether Kubernetes takes a text for base64: padded, line ends aside (Go's encoding/base64, StdEncoding). */
function isBase64(text: string): boolean {
  const digits = text.replaceAll(/[\r\n]/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

/** A kind of objects that hold data. */
export type DataKind = keyof typeof DATA_FIELDS;

/** `metadata.name` of a document; '' where there is none. */
export function nameOf(document: Record<string, unknown>): string {
  const name = isRecord(document['metadata']) ? document['metadata']['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

/** The data of a ConfigMap or Secret document. Throws {@link ManifestError} for values that are not texts; it does not quote them. */
export function dataOf(
  document: Record<string, unknown>,
  kind: DataKind,
  file: string,
): { name: string; namespace?: string; data: DataByKey } {
  const metadata = isRecord(document['metadata']) ? document['metadata'] : {};
  const name = metadata['name'];
  if (typeof name !== 'string' || name === '') throw new ManifestError(`${file}: a ${kind} has no metadata.name`);
  const data = new Map<string, Uint8Array>();
  for (const [field, encoding] of Object.entries(DATA_FIELDS[kind])) {
    const values = document[field] ?? {};
    if (!isRecord(values)) throw new ManifestError(`${file}: ${kind} "${name}": "${field}" must be an object with a string under each key`);
    for (const [key, value] of Object.entries(values)) {
      if (typeof value !== 'string') {
        throw new ManifestError(`${file}: ${kind} "${name}": ${field}.${key} must be a string; write "${key}: |" and indent what follows`);
      }
      const place = `${file}: ${kind} "${name}": ${field}.${key}`;
      if (encoding === 'base64' && !isBase64(value)) throw new ManifestError(`${place} is not base64; ${PLAIN_TEXT[kind]}`);
      if (kind === 'ConfigMap' && data.has(key)) throw new ManifestError(`${place} is under data as well; remove one of the two`);
      data.set(key, Buffer.from(value, encoding));
    }
  }
  const namespace = metadata['namespace'];
  return { name, ...(typeof namespace === 'string' ? { namespace } : {}), data };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
