import type { CatalogInfo } from '../../entry/entry.ts';
import { FindingList } from '../../entry/findings.ts';
import { asText, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { documentsOf } from '../documents.ts';
import { checkNesting } from '../limits.ts';
import { readItem } from '../upstream/item.ts';
import type { EntrySink } from '../sink.ts';
import { CLIENT_CONFIGURATION, isClientConfiguration, readClientConfiguration } from './read.ts';

/** Longest text of a client's configuration, in characters. A longer one is not read, since it would be stored unchanged. */
export const MAX_CLIENT_TEXT = 1024 * 1024;

/** The key that marks a configuration that was read before it was stored. */
const READ_KEY = 'toolhive.stacklok.dev/read-client-configuration';

/**
 * The text of a file as it may be stored: a client's configuration is replaced by what was read of it, so that no secret is written to disk. Undefined for any
 * other file, which is stored unchanged.
 */
export function withoutClientSecrets(text: string): string | undefined {
  if (text.length > MAX_CLIENT_TEXT) return undefined;
  const documents = parsed(text);
  if (!documents.some(isConfiguration)) return undefined;
  const stored = documents.map((document) => JSON.stringify(isConfiguration(document) ? readBefore(document) : document));
  return stored.length === 1 ? (stored[0] ?? '') : stored.map((one) => `---\n${one}\n`).join('');
}

/** Whether a document was created by {@link withoutClientSecrets}. */
export function isStoredConfiguration(file: JsonObject): boolean {
  return isObject(own(file, READ_KEY));
}

/** Reads it: with the same entries and findings as the configuration itself. */
export function readStoredConfiguration(file: JsonObject, sink: EntrySink): CatalogInfo {
  const stored = own(file, READ_KEY);
  const list = (key: string): Json[] => {
    const value = isObject(stored) ? own(stored, key) : undefined;
    return Array.isArray(value) ? value : [];
  };
  for (const [index, item] of list('entries').entries()) {
    const entry = readItem(item, `/entries/${index}`, sink.findings, { wrapped: true });
    if (entry !== undefined) sink.entry(entry);
  }
  for (const finding of list('findings')) {
    if (!isObject(finding) || checkNesting(finding) !== undefined) continue;
    const [entry, rule, message] = [own(finding, 'entry'), own(finding, 'rule'), own(finding, 'message')].map(asText);
    const found = RULES.find((one) => one === rule);
    if (entry === undefined || found === undefined || message === undefined) continue;
    sink.findings.add({
      entry,
      pointer: asText(own(finding, 'pointer')) ?? '',
      rule: found,
      message,
      served: own(finding, 'served') === true,
    });
  }
  return { format: CLIENT_CONFIGURATION };
}

/** Rules of findings about a configuration. */
const RULES = ['not-an-object', 'missing', 'invalid', 'repaired', 'not-read'] as const;

function parsed(text: string): Json[] {
  try {
    return documentsOf(text);
  } catch {
    // Invalid JSON is refused when it is read.
    return [];
  }
}

function isConfiguration(document: Json): document is JsonObject {
  return isObject(document) && isClientConfiguration(document);
}

function readBefore(document: JsonObject): JsonObject {
  const findings = new FindingList();
  const entries: Json[] = [];
  readClientConfiguration(document, { entry: ({ server, meta }) => entries.push({ server, _meta: meta }), findings });
  return { [READ_KEY]: { entries, findings: findings.kept.map(({ place: _place, firstPlace: _firstPlace, ...finding }) => finding) } };
}
