import type { Findings, SourceDraft } from '@toolhive-registry/catalog';

/** What a manifest accepts of a source's new data. */
export interface DraftPolicy {
  /** `lenient` leaves bad entries out, `strict` refuses the data for one. */
  readonly validation: 'lenient' | 'strict';
}

/** Judges new data before they replace what is served. Returns why they are refused, undefined when they are accepted. */
export function judge(draft: SourceDraft, policy: DraftPolicy): string | undefined {
  const { entries, filtered, findings } = draft;
  if (findings.refused === 0) return undefined;
  if (policy.validation === 'strict') return `validation is strict and ${firstOf(findings)}`;
  // An older or foreign form can look like ours and have no usable entry: that is no empty catalog.
  if (entries.length + filtered === 0) return `no entry of the catalogue can be used: ${firstOf(findings)}`;
  return undefined;
}

function firstOf({ firstRefused, refused }: Findings): string {
  const more = refused > 1 ? ` (and ${refused - 1} more)` : '';
  // The finding says what became of the entry; here nothing was served of it anyway.
  const reason = (firstRefused?.message ?? '').replace(/; (?:the server|it) was left out$/, '');
  return `${firstRefused?.entry ?? ''}${firstRefused?.pointer ?? ''} is refused: ${reason}${more}`;
}
