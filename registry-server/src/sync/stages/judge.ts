import type { SourceReason } from '@toolhive-registry/api';
import { serversIn, type Findings, type SourceDraft } from '@toolhive-registry/catalog';
import type { SourceRules } from '../../config/plan.ts';

/** Why new data are not served. */
export interface Refusal {
  readonly reason: SourceReason;
  readonly message: string;
  /** Names of the servers that would be removed, the first {@link MAX_REMOVED_NAMES}. */
  readonly wouldRemove?: readonly string[];
}

/** Maximum number of names that a refusal lists; its message has the number of all. */
const MAX_REMOVED_NAMES = 1000;
/** Maximum number of names in the message itself. */
const MAX_NAMES_IN_MESSAGE = 5;

/** The served data of a source while its new data are judged. */
export interface ServedBefore {
  /** Names of servers. */
  names(): readonly string[];
  /** Files of its folder that could not be read even then. */
  readonly unreadable: readonly string[];
}

/** Judges new data before they replace what is served. Returns why they are refused, undefined when they are accepted. */
export function judge(
  draft: SourceDraft,
  rules: Pick<SourceRules, 'validation' | 'maxRemovedPercent'>,
  served: ServedBefore,
): Refusal | undefined {
  return entriesRefusal(draft, rules) ?? fileRefusal(draft, served) ?? removalRefusal(draft, rules, served);
}

function entriesRefusal({ rows, filtered, findings }: SourceDraft, { validation }: Pick<SourceRules, 'validation'>): Refusal | undefined {
  if (findings.counts.leftOut === 0) return undefined;
  if (validation === 'strict') return invalid(`validation is strict and ${firstOf(findings)}`);
  // An older or foreign form can look like ours and have no usable entry: that is not an empty catalog.
  if (rows.length + filtered === 0) return invalid(`no entry of the catalog can be used: ${firstOf(findings)}`);
  return undefined;
}

/** A file of a folder that became unreadable, so that its servers would be removed: for example, one that is just being written. */
function fileRefusal(draft: SourceDraft, served: ServedBefore): Refusal | undefined {
  const broken = draft.findings.kept.find(({ rule, entry }) => rule === 'unreadable' && !served.unreadable.includes(entry));
  if (broken === undefined) return undefined;
  const present = serversIn(draft);
  if (served.names().every((name) => present.has(name))) return undefined;
  return invalid(`${broken.entry}: ${withoutOutcome(broken.message)}; correct or remove it; until then the folder is served as before`);
}

/** Filtered entries do not count as removed: the manifest removes them. */
function removalRefusal(
  draft: SourceDraft,
  { maxRemovedPercent: limit }: Pick<SourceRules, 'maxRemovedPercent'>,
  served: ServedBefore,
): Refusal | undefined {
  if (limit === undefined) return undefined;
  const before = served.names();
  const present = serversIn(draft);
  const removed = before.filter((name) => !present.has(name));
  if (removed.length === 0 || removed.length * 100 <= limit * before.length) return undefined;
  const more = removed.length - MAX_NAMES_IN_MESSAGE;
  const names = [...removed.slice(0, MAX_NAMES_IN_MESSAGE), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
  return {
    reason: 'RemovalRefused',
    message: `would remove ${removed.length} of ${before.length} servers, and maxRemovedPercent is ${limit}: ${names}`,
    wouldRemove: removed.slice(0, MAX_REMOVED_NAMES),
  };
}

function invalid(message: string): Refusal {
  return { reason: 'DataInvalid', message };
}

function firstOf({ firstLeftOut, counts: { leftOut } }: Findings): string {
  const more = leftOut > 1 ? ` (and ${leftOut - 1} more)` : '';
  // The finding names the outcome for the entry, which does not apply here.
  const reason = withoutOutcome(firstLeftOut?.message ?? '');
  return `${firstLeftOut?.entry ?? ''}${firstLeftOut?.pointer ?? ''} is refused: ${reason}${more}`;
}

/** A message without what became of the entry. */
function withoutOutcome(message: string): string {
  return message.replace(/; (?:the server|the file|it) was left out$/, '');
}
