import type { Json } from '../json.ts';
import { parseJson, parseYaml } from './parse.ts';

/** Longest YAML text: it takes far longer to parse than JSON. */
const MAX_YAML_TEXT = 16 * 1024 * 1024;

/** A line that only YAML begins like this: with a key, a list dash or a document separator. Any text is valid YAML, but an error page is not a catalog. */
const YAML_LINE = /^(?:- |-{3}\s|["'\w$][^:\n<]*:(?:\s|$))/m;

/** Whether a file is read as YAML. For a folder's files `path` decides; any other is JSON if it begins with a bracket. */
export function isYaml(text: string, path?: string): boolean {
  if (path !== undefined) return /\.ya?ml$/i.test(path);
  return !/^\s*[[{<]/.test(text) && YAML_LINE.test(text) && text.length <= MAX_YAML_TEXT;
}

/** The documents of a file: one of JSON, or the non-empty ones of YAML; see {@link isYaml}. Throws CatalogError. */
export function documentsOf(text: string, path?: string): Json[] {
  return isYaml(text, path) ? parseYaml(text) : [parseJson(text)];
}
