import type { JSX } from 'preact';
import type { Item } from '../api/registry.ts';
import { Link } from '../location/link.tsx';
import { useRouter } from '../location/router.ts';
import type { ServerPlace } from '../location/place.ts';
import { Badge } from '../ui/badge.tsx';
import { beginning, Plain, seen } from '../ui/plain.tsx';
import { Time } from '../ui/time.tsx';
import { DifferenceOf } from './difference.tsx';
import { entryOf } from './entry.ts';

/** Versions that are listed. */
const MAX_LISTED = 50;

/** The versions of a server, and what changed between any two of them. */
export function Versions({
  items,
  shown,
  place,
}: {
  /** The last published first. */
  readonly items: readonly Item[];
  /** The version that the page is about. */
  readonly shown: string;
  readonly place: ServerPlace;
}): JSX.Element {
  const { go } = useRouter();
  // If several were published at the same time, the latest may be anywhere.
  const entries = items.map(entryOf).toSorted((a, b) => Number(b.isLatest) - Number(a.isLatest));
  const at = entries.findIndex(({ version }) => version === shown);
  const compared = place.compared ?? entries[at + 1]?.version;
  const before = items.find((item) => entryOf(item).version === compared);
  const after = items.find((item) => entryOf(item).version === shown);
  return (
    <>
      <ul class="versions">
        {entries.slice(0, MAX_LISTED).map(({ version, status, isLatest, published }) => (
          <li key={version}>
            <Link to={{ ...place, version: isLatest ? undefined : version, compared: undefined }} current={version === shown}>
              <Plain text={version} most={80} />
            </Link>{' '}
            {isLatest && <Badge tone="accent">latest</Badge>} {status !== 'active' && <Badge tone="warn">{status}</Badge>}{' '}
            {published !== undefined && (
              <span class="soft">
                published <Time at={published} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {entries.length > MAX_LISTED && <p class="soft">and {entries.length - MAX_LISTED} earlier ones</p>}
      {entries.length > 1 && (
        <div class="compared">
          <p>
            <label>
              What <VersionName text={shown} /> changed since{' '}
              <select
                value={compared ?? ''}
                onChange={(event) => go({ ...place, compared: event.currentTarget.value }, { replace: true, stay: true })}
              >
                {compared === undefined && <option value="">choose a version</option>}
                {entries
                  .filter(({ version }) => version !== shown)
                  .map(({ version }) => (
                    <option key={version} value={version}>
                      {seen(beginning(version, 80))}
                    </option>
                  ))}
              </select>
            </label>
          </p>
          {before !== undefined && after !== undefined && <DifferenceOf before={before} after={after} />}
        </div>
      )}
    </>
  );
}

function VersionName({ text }: { readonly text: string }): JSX.Element {
  return (
    <strong>
      <Plain text={text} most={80} />
    </strong>
  );
}
