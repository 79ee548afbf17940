import { isUtf8 } from 'node:buffer';
import { loadAll, YAMLException } from 'js-yaml';
import { CatalogError } from '../entry/entry.ts';
import type { TextPosition } from '../entry/place.ts';
import { isExactNumber, parseExact } from '../exact-json.ts';
import { isObject, type Json } from '../json.ts';
import { READ_SCHEMA } from './yaml.ts';

/** Most aliases in one YAML file; hand-written files have fewer. */
const MAX_YAML_ALIASES = 100;
const MAX_YAML_DEPTH = 200;
/** Most values in one YAML file with every alias expanded: a few nested aliases expand to billions. */
const MAX_YAML_VALUES = 1_000_000;

/** The text of UTF-8 bytes. Throws {@link CatalogError}. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CatalogError('the catalog is not valid UTF-8; save it as UTF-8', { cause });
  }
}

/** Checks that all bytes are UTF-8, without decoding them. Throws {@link CatalogError}. */
export function checkText(bytes: Uint8Array): void {
  if (!isUtf8(bytes)) throw new CatalogError('the catalog is not valid UTF-8; save it as UTF-8');
}

/** Parses JSON; `place` says where in the catalog it is, absent for the whole. Throws {@link CatalogError}. */
export function parseJson(text: string, place?: string): Json {
  try {
    return parseExact(text);
  } catch (cause) {
    if (text.trim() === '') throw new CatalogError('the catalog is empty; an empty one is written {"servers": {}}', { cause });
    const where = place === undefined || place === '' ? '' : ` at ${place}`;
    // In a part of a text, lines and columns are relative to the part.
    const position = place === undefined ? positionOf(cause) : undefined;
    throw new CatalogError(`the catalog is not valid JSON${where}${reasonOf(cause, text)}`, { cause, position });
  }
}

/** Parses the documents of a YAML file as JSON values; empty ones are left out. Throws {@link CatalogError}. */
export function parseYaml(text: string): Json[] {
  let documents: unknown[];
  try {
    documents = loadAll(text, { schema: READ_SCHEMA, maxAliases: MAX_YAML_ALIASES, maxDepth: MAX_YAML_DEPTH });
  } catch (cause) {
    throw new CatalogError(`the file is not valid YAML${reasonOf(cause, text)}`, { cause, position: positionOf(cause) });
  }
  let left = MAX_YAML_VALUES;
  /** A copy without shared values and cycles. */
  function plain(value: unknown, depth: number): Json {
    left -= 1;
    if (left < 0) throw new CatalogError(`the file has more than ${MAX_YAML_VALUES} values once its aliases are written out`);
    if (depth > MAX_YAML_DEPTH) throw new CatalogError(`the file is nested more than ${MAX_YAML_DEPTH} levels deep`);
    if (isExactNumber(value)) return value as Json;
    if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, depth + 1)]));
    if (typeof value === 'number' && !Number.isFinite(value)) return null;
    return value === undefined ? null : (value as Json);
  }
  return documents.filter((document) => document !== null && document !== undefined).map((document) => plain(document, 0));
}

/** Where a parser stopped. JSON.parse reports it for some errors only, and within its message. */
function positionOf(cause: unknown): TextPosition | undefined {
  if (cause instanceof YAMLException)
    return cause.mark === undefined ? undefined : { line: cause.mark.line + 1, column: cause.mark.column + 1 };
  const [, line, column] = (cause instanceof SyntaxError ? / \(line (\d+) column (\d+)\)$/.exec(cause.message) : undefined) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
}

/** A text from outside, short enough for a message. */
export function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

/** Keys that indicate the configuration of a client, in JSON and in YAML. */
const CLIENT_KEY = /mcpServers|\b(?:command|inputs)["']?\s*:/;

/** A parser's message. It quotes the text: for a possible client configuration, which is full of secrets, only the place is reported. */
function reasonOf(cause: unknown, text: string): string {
  const message = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
  if (!CLIENT_KEY.test(text)) return `: ${shorten(message)}`;
  const place = /\(?(?:at position \d+ ?)?\(?(?:line \d+,? column \d+|\d+:\d+)\)/.exec(message)?.[0];
  return `${place === undefined ? '' : ` ${place}`}. What is wrong is not quoted here, since it may be secret; look for it with a linter`;
}
