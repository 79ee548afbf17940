import { readFileSync } from 'node:fs';
import {
  CatalogError,
  readSource,
  type Filter,
  type ReadContext,
  type ReadRules,
  type SourceBytes,
  type SourceDraft,
} from '@toolhive-registry/catalog';
import type { SourceRules } from '../../config/plan.ts';
import { judge, type Refusal, type ServedBefore } from './judge.ts';

/** A file with data that may be served for a source. */
export interface Candidate {
  readonly path: string;
  /** These were good before: they are read whatever format the manifest now declares, and not judged again. */
  readonly fallback: boolean;
  /** SHA-256 of the file, hexadecimal, where it is known already. */
  readonly hash?: string | undefined;
  /** What the source calls these data, such as a commit. */
  readonly revision?: string | undefined;
}

/** The first usable candidate of a source, and why earlier ones are not used. */
export interface Chosen {
  readonly usable?: {
    readonly index: number;
    readonly draft: SourceDraft;
    /** Bytes of the file. */
    readonly size: number;
  };
  readonly refusal?: Refusal;
}

/** Reads and judges candidates until one can be served. A source falls back to its next candidate without affecting other sources. */
export function choose(
  source: SourceRules & { readonly candidates: readonly Candidate[] },
  filters: readonly Filter[],
  served: ServedBefore,
  context: ReadContext,
): Chosen {
  let refusal: Refusal | undefined;
  for (const [index, { path, fallback, hash }] of source.candidates.entries()) {
    const rules: ReadRules = { name: source.name, format: fallback ? 'auto' : source.format, filters };
    const bytes = readFileSync(path);
    const draft = readCandidate(rules, { bytes, hash }, context);
    const refused = 'reason' in draft ? draft : fallback ? undefined : judge(draft, source, served);
    if (refused === undefined && !('reason' in draft)) {
      return { usable: { index, draft, size: bytes.length }, ...(refusal === undefined ? {} : { refusal }) };
    }
    refusal ??= refused;
  }
  return refusal === undefined ? {} : { refusal };
}

/** Names of the servers in a source's last good data that pass the filters. */
export function goodServers(
  source: SourceRules & { readonly candidates: readonly Candidate[] },
  filters: readonly Filter[],
  context: ReadContext,
): string[] {
  const good = source.candidates.find(({ fallback }) => fallback);
  if (good === undefined) return [];
  const draft = readCandidate({ name: source.name, format: 'auto', filters }, { bytes: readFileSync(good.path), hash: good.hash }, context);
  return 'reason' in draft ? [] : [...new Set(draft.rows.flatMap(({ name, deleted }) => (deleted ? [] : [name])))];
}

function readCandidate(rules: ReadRules, bytes: SourceBytes, context: ReadContext): SourceDraft | Refusal {
  try {
    return readSource(rules, bytes, context);
  } catch (cause) {
    if (!(cause instanceof CatalogError)) throw cause;
    return { reason: 'DataInvalid', message: cause.message };
  }
}
