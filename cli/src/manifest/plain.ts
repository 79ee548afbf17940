import { isObject } from '@toolhive-registry/api';
import { loadAll } from 'js-yaml';

const MAX_ALIASES = 100;
const MAX_DEPTH = 200;
/** Values of one document once every alias is written out: a few aliases of aliases stand for billions. */
const MAX_VALUES = 2_000_000;

/** A value, or why there is none. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string; readonly remedy: string };

/** A copy as a plain JSON value, without shared or circular references. */
export function plain(value: unknown): Result<unknown> {
  let left = MAX_VALUES;
  let problem: string | undefined;

  function copied(part: unknown, depth: number): unknown {
    left -= 1;
    if (left < 0) problem ??= `has more than ${MAX_VALUES} values once aliases are written out`;
    if (depth > MAX_DEPTH) problem ??= `is nested more than ${MAX_DEPTH} levels deep`;
    if (problem !== undefined) return null;
    if (Array.isArray(part)) return part.map((item) => copied(item, depth + 1));
    // YAML's timestamps are dates.
    if (part instanceof Date) return Number.isNaN(part.getTime()) ? null : part.toISOString();
    if (isObject(part)) return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, copied(item, depth + 1)]));
    if (typeof part === 'string' || typeof part === 'boolean') return part;
    return typeof part === 'number' && Number.isFinite(part) ? part : null;
  }

  const copy = copied(value, 0);
  return problem === undefined ? { ok: true, value: copy } : { ok: false, problem, remedy: 'split it into smaller documents' };
}

/** The documents of a YAML or JSON text as JSON values; empty ones are left out. */
export function readYaml(text: string): Result<readonly unknown[]> {
  let documents: unknown[];
  try {
    documents = loadAll(text, { maxAliases: MAX_ALIASES, maxDepth: MAX_DEPTH });
  } catch (cause) {
    return { ok: false, problem: `is not valid YAML: ${placeIn(cause)}`, remedy: 'correct it there' };
  }
  const copies: unknown[] = [];
  for (const document of documents) {
    if (document === null || document === undefined) continue;
    const copy = plain(document);
    if (!copy.ok) return copy;
    copies.push(copy.value);
  }
  return { ok: true, value: copies };
}

/** The parser's message, without the lines that it quotes: they may contain a secret. */
function placeIn(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}
