import type { RegistryStatusDocument } from '@toolhive-registry/api';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useLoaded } from '../api/load.ts';
import { getHistory, getStatus } from '../api/registry.ts';
import { Hash } from '../ui/hash.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Failed, Notice, Waiting } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';
import { Facts, Section } from '../ui/section.tsx';
import { Time } from '../ui/time.tsx';
import { useTitle } from '../ui/title.ts';
import { HistoryChart } from './history-chart.tsx';
import { FindingsByRule } from './rules.tsx';
import { SourceCard } from './source-card.tsx';

/** Milliseconds between two polls. */
const LOOK_MS = 15_000;

/** The health of the registry: what someone on call needs before reading logs. */
export function Health(): JSX.Element {
  const status = useLoaded('status', getStatus);
  const history = useLoaded('history', getHistory);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLooks((count) => count + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    // A page in the background is not polled.
    if (looks === 0 || document.hidden) return;
    status.again();
    history.again();
  }, [looks]);
  useTitle('Health');
  const { value } = status;
  return (
    <article class="health">
      <h1>Health</h1>
      {status.error !== undefined && <Failed error={status.error} again={status.again} />}
      {value === undefined && status.error === undefined && <Waiting what="the health of the registry" />}
      {value !== undefined && (
        <>
          <Overview status={value} />
          <Section title="Sources" count={value.sources.length}>
            <ul class="sources">
              {value.sources.map((source) => (
                <SourceCard key={source.name} source={source} />
              ))}
            </ul>
          </Section>
        </>
      )}
      {history.value !== undefined && (
        <Section title="Syncs">
          <HistoryChart syncs={history.value.syncs} />
        </Section>
      )}
      {value !== undefined && (
        <Section title="Findings">
          <FindingsByRule snapshot={value.snapshotHash ?? ''} />
        </Section>
      )}
    </article>
  );
}

/** The registry in one word. */
function verdictOf({ ready, sources }: RegistryStatusDocument): readonly [word: string, tone: Tone] {
  const failed = sources.filter(({ state }) => state === 'failed').length;
  if (!ready) return ['not ready', 'bad'];
  if (failed > 0) return [failed === 1 ? '1 source is failing' : `${failed} sources are failing`, 'bad'];
  return ['healthy', 'good'];
}

function Overview({ status }: { readonly status: RegistryStatusDocument }): JSX.Element {
  const [word, tone] = verdictOf(status);
  const { lastSync, lastChange, lastChangeTime, nextSyncTime, conditions, rolledBackTo, syncing, serverCount, snapshotHash } = status;
  const bad = conditions.filter((condition) => condition.status === 'False');
  return (
    <Section title="Registry">
      {rolledBackTo !== null && rolledBackTo !== undefined && (
        <Notice title="An earlier catalog is served">
          <p>
            Snapshot <Hash of={rolledBackTo} /> is served until the rollback is ended.
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          [
            'State',
            <Badge key="state" tone={tone}>
              {word}
            </Badge>,
          ],
          ['Servers', serverCount.toLocaleString('en')],
          ['Deployed', status.deployedServerCount === 0 ? undefined : status.deployedServerCount.toLocaleString('en')],
          [
            'Last sync',
            lastSync === null ? (
              'none yet'
            ) : (
              <>
                <Badge tone={lastSync.result === 'completed' ? 'good' : 'bad'}>{lastSync.result}</Badge>{' '}
                <Time at={lastSync.completionTime} />
                {lastSync.errorMessage !== null && (
                  <>
                    : <Plain text={lastSync.errorMessage} most={600} />
                  </>
                )}
              </>
            ),
          ],
          ['Next sync', syncing ? 'running now' : nextSyncTime === undefined ? undefined : <Time at={nextSyncTime} />],
          [
            'Last change',
            lastChangeTime === null ? undefined : (
              <>
                <Time at={lastChangeTime} />
                {lastChange !== undefined &&
                  `: versions added ${lastChange.added.toLocaleString('en')}, changed ${lastChange.changed.toLocaleString('en')}, removed ${lastChange.removed.toLocaleString('en')}`}
              </>
            ),
          ],
          ['Snapshot', snapshotHash === null ? undefined : <Hash of={snapshotHash} />],
        ]}
      />
      {bad.length > 0 && (
        <ul class="warnings">
          {bad.map(({ type, reason, message }) => (
            <li key={type}>
              <strong>{type}</strong> ({reason}): <Plain text={message} most={600} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
