import type { SyncRecord } from '@toolhive-registry/api';
import type { JSX } from 'preact';
import { Badge } from '../ui/badge.tsx';
import { Plain } from '../ui/plain.tsx';
import { Time } from '../ui/time.tsx';

const HEIGHT = 48;
const WIDTH = 6;
/** Rows of the table below. */
const MAX_ROWS = 20;

/** The last syncs: how many servers there were after each, and whether it failed; the oldest on the left. */
export function HistoryChart({ syncs }: { readonly syncs: readonly SyncRecord[] }): JSX.Element {
  const bars = syncs.toReversed();
  const most = Math.max(1, ...bars.map(({ serverCount }) => serverCount));
  const failed = syncs.filter(({ result }) => result !== 'completed').length;
  if (syncs.length === 0) return <p class="soft">There has been none yet.</p>;
  return (
    <>
      <svg
        class="history"
        role="img"
        aria-label={`The last ${syncs.length} syncs, ${failed} of which failed`}
        viewBox={`0 0 ${bars.length * WIDTH} ${HEIGHT}`}
        width={bars.length * WIDTH}
        height={HEIGHT}
      >
        {bars.map(({ serverCount, result, completionTime }, index) => {
          const height = Math.max(3, (serverCount / most) * (HEIGHT - 2));
          return (
            <rect
              key={completionTime + String(index)}
              class={result === 'completed' ? 'bar' : 'bar failed'}
              x={index * WIDTH}
              y={HEIGHT - height}
              width={WIDTH - 1}
              height={height}
            />
          );
        })}
      </svg>
      <div class="table" role="region" aria-label="The last syncs" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Result</th>
              <th scope="col">Servers</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {syncs.slice(0, MAX_ROWS).map((sync, index) => (
              <tr key={index}>
                <td>
                  <Time at={sync.completionTime} /> <span class="soft">{sync.type}</span>
                </td>
                <td>
                  <Badge tone={sync.result === 'completed' ? 'good' : 'bad'}>{sync.result}</Badge>
                  {sync.errorMessage !== null && (
                    <div class="soft">
                      <Plain text={sync.errorMessage} most={300} />
                    </div>
                  )}
                </td>
                <td>{sync.serverCount.toLocaleString('en')}</td>
                <td>
                  {sync.added} added, {sync.changed} changed, {sync.removed} removed
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {syncs.length > MAX_ROWS && <p class="soft">and {syncs.length - MAX_ROWS} earlier ones</p>}
    </>
  );
}
