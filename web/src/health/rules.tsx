import type { RegistryReport } from '@toolhive-registry/api';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { getReport } from '../api/registry.ts';
import { useKept } from '../list/kept.ts';
import { usePages } from '../list/pages.ts';
import { Link } from '../location/link.tsx';
import { Badge } from '../ui/badge.tsx';
import { Failed, Waiting } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';

type Finding = RegistryReport['findings'][number];

/** Findings of one rule that are shown. */
const MAX_SHOWN = 50;

/** What was found about entries, by the rule that found it; that of most entries first. */
export function FindingsByRule(): JSX.Element {
  const list = usePages<Finding>('report', useKept(), async (cursor, signal) => {
    const { findings, metadata } = await getReport(cursor === undefined ? {} : { cursor }, signal);
    return { items: findings, ...(metadata.nextCursor === undefined ? {} : { next: metadata.nextCursor }) };
  });
  const rules = useMemo(() => byRule(list.items ?? []), [list.items]);
  if (list.error !== undefined) return <Failed error={list.error} again={list.again} />;
  if (list.items === undefined) return <Waiting what="findings" />;
  if (list.items.length === 0) return <p class="soft">There are none: every entry is served as its source has it.</p>;
  return (
    <>
      {rules.map(({ rule, outcome, findings }) => (
        <details key={`${rule} ${outcome}`} class="rule">
          <summary>
            <Badge tone={outcome === 'leftOut' ? 'bad' : outcome === 'repaired' ? 'warn' : 'plain'}>{WORDS[outcome] ?? outcome}</Badge>{' '}
            <code>{rule}</code> <span class="count">{findings.length}</span>
          </summary>
          <ul class="findings">
            {findings.slice(0, MAX_SHOWN).map(({ source, entry, message }, index) => (
              <li key={index}>
                <Link
                  to={{ view: 'server', name: entry.slice(entry.lastIndexOf(': ') + 1).trim(), version: undefined, compared: undefined }}
                >
                  <Plain text={entry} most={120} />
                </Link>
                : <Plain text={message} most={400} /> <span class="soft">{source}</span>
              </li>
            ))}
            {findings.length > MAX_SHOWN && <li class="soft">and {findings.length - MAX_SHOWN} more</li>}
          </ul>
        </details>
      ))}
      {list.hasMore && (
        <button type="button" class="more" disabled={list.loading} onClick={list.more}>
          {list.loading ? 'Loading …' : 'Read more findings'}
        </button>
      )}
    </>
  );
}

const WORDS: Readonly<Record<string, string>> = { leftOut: 'left out' };

interface Rule {
  readonly rule: string;
  readonly outcome: string;
  readonly findings: readonly Finding[];
}

function byRule(findings: readonly Finding[]): readonly Rule[] {
  return [...Map.groupBy(findings, ({ rule, outcome }) => `${outcome} ${rule}`).values()]
    .flatMap((all) => {
      const [first] = all;
      return first === undefined ? [] : [{ rule: first.rule, outcome: first.outcome, findings: all }];
    })
    .toSorted((a, b) => b.findings.length - a.findings.length);
}
