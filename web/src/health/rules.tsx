import { nameIn } from '@toolhive-registry/catalog/entry';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { getReport } from '../api/registry.ts';
import { usePages } from '../list/pages.ts';
import { Outcome, type Finding } from '../findings/findings.tsx';
import { Link } from '../location/link.tsx';
import { serverPlace } from '../location/place.ts';
import { Failed, Waiting } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';

/** Findings of one rule that are shown. */
const MAX_SHOWN = 50;
/** Findings that are read at once: the most that the API gives. */
const PAGE = '1000';

/** Findings about the entries of a snapshot, grouped by rule, most frequent first. */
export function FindingsByRule({ snapshot }: { readonly snapshot: string }): JSX.Element {
  const list = usePages<Finding>(`report ${snapshot}`, undefined, async (cursor, signal) => {
    const { findings, metadata } = await getReport({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }, signal);
    return { items: findings, ...(metadata.nextCursor === undefined ? {} : { next: metadata.nextCursor }) };
  });
  const rules = useMemo(() => byRule(list.items ?? []), [list.items]);
  if (list.items === undefined && list.error !== undefined) return <Failed error={list.error} again={list.again} />;
  if (list.items === undefined) return <Waiting what="findings" />;
  if (list.items.length === 0) return <p class="soft">There are none: every entry is served as its source has it.</p>;
  return (
    <>
      {rules.map(({ rule, outcome, findings }) => (
        <details key={`${rule} ${outcome}`} class="rule">
          <summary>
            <Outcome outcome={outcome} /> <code>{rule}</code> <span class="count">{findings.length}</span>
          </summary>
          <ul class="findings">
            {findings.slice(0, MAX_SHOWN).map((finding, index) => (
              <li key={index}>
                <Entry finding={finding} />: <Plain text={finding.message} most={400} />{' '}
                <span class="soft">
                  <Plain text={finding.source} />
                </span>
              </li>
            ))}
            {findings.length > MAX_SHOWN && <li class="soft">and {findings.length - MAX_SHOWN} more</li>}
          </ul>
        </details>
      ))}
      {list.error !== undefined && <Failed error={list.error} again={list.again} />}
      {list.hasMore && <p class="soft">These are the first {list.items.length.toLocaleString('en')}; there are more.</p>}
      {list.hasMore && list.error === undefined && (
        <button type="button" class="more" disabled={list.loading} onClick={list.more}>
          {list.loading ? 'Loading …' : 'Read more findings'}
        </button>
      )}
    </>
  );
}

/** The entry: a link where it is served. */
function Entry({ finding: { entry, outcome } }: { readonly finding: Finding }): JSX.Element {
  const shown = <Plain text={entry} most={120} />;
  if (outcome === 'leftOut') return shown;
  return <Link to={serverPlace(nameIn(entry))}>{shown}</Link>;
}

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
