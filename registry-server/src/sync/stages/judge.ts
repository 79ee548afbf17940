import type { SourceReason } from '@toolhive-registry/api';
import type { Findings, SourceDraft } from '@toolhive-registry/catalog';
import type { SourceRules } from '../../config/plan.ts';

/** Why new data are not served. */
export interface Refusal {
  readonly reason: SourceReason;
  readonly message: string;
}

/** Judges new data before they replace what is served. Returns why they are refused, undefined when they are accepted. */
export function judge(draft: SourceDraft, rules: Pick<SourceRules, 'validation'>): Refusal | undefined {
  const { entries, filtered, findings } = draft;
  if (findings.refused === 0) return undefined;
  if (rules.validation === 'strict') return invalid(`validation is strict and ${firstOf(findings)}`);
  // An older or foreign form can look like ours and have no usable entry: that is no empty catalog.
  if (entries.length + filtered === 0) return invalid(`no entry of the catalogue can be used: ${firstOf(findings)}`);
  return undefined;
}

function invalid(message: string): Refusal {
  return { reason: 'DataInvalid', message };
}

function firstOf({ firstRefused, refused }: Findings): string {
  const more = refused > 1 ? ` (and ${refused - 1} more)` : '';
  // The finding says what became of the entry; here nothing was served of it anyway.
  const reason = (firstRefused?.message ?? '').replace(/; (?:the server|it) was left out$/, '');
  return `${firstRefused?.entry ?? ''}${firstRefused?.pointer ?? ''} is refused: ${reason}${more}`;
}
