import type { SourceStatus } from '@toolhive-registry/api';
import type { JSX } from 'preact';
import { Hash } from '../ui/hash.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Plain } from '../ui/plain.tsx';
import { Facts } from '../ui/section.tsx';
import { Time } from '../ui/time.tsx';

const TONES: Readonly<Record<string, Tone>> = { ok: 'good', failed: 'bad', pending: 'warn' };

/** Outcomes of the entries of a source, by importance. */
const COUNTS = [
  ['leftOut', 'left out'],
  ['shadowed', 'shadowed'],
  ['repaired', 'repaired'],
  ['filtered', 'filtered'],
  ['noted', 'noted'],
] as const;

/** One source: its state, when it was read, and what to do where it fails. */
export function SourceCard({ source }: { readonly source: SourceStatus }): JSX.Element {
  const { name, type, state, message, remedy, serverCount, lastSuccessTime, nextAttemptTime, attemptCount, activity, counts, revision } =
    source;
  const others = COUNTS.flatMap(([key, word]) => {
    const count = counts?.[key] ?? 0;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${word}`];
  });
  return (
    <li class={`source ${state}`}>
      <h3>
        <Plain text={name} /> <span class="soft">{type}</span> <Badge tone={TONES[state] ?? 'plain'}>{state}</Badge>
        {activity !== undefined && activity !== 'idle' && <Badge>{activity}</Badge>}
      </h3>
      {message !== undefined && (
        <p>
          <Plain text={message} most={1000} />
        </p>
      )}
      {remedy !== undefined && (
        <p>
          <strong>What to do:</strong> <Plain text={remedy} most={600} />
        </p>
      )}
      <Facts
        facts={[
          ['Servers', serverCount.toLocaleString('en')],
          ['Other entries', others.length === 0 ? undefined : others.join(', ')],
          ['Last success', lastSuccessTime === undefined ? 'never' : <Time at={lastSuccessTime} />],
          ['Failures since the last success', attemptCount === undefined || attemptCount === 0 ? undefined : String(attemptCount)],
          ['Next attempt', nextAttemptTime === undefined ? undefined : <Time at={nextAttemptTime} />],
          ['Commit', revision === undefined ? undefined : <Hash of={revision} />],
        ]}
      />
    </li>
  );
}
