import type { JSX } from 'preact';
import { FACETS, WHOLE_CATALOG, type CatalogPlace } from '../location/place.ts';
import { Plain } from '../ui/plain.tsx';
import { FACET_TITLES } from './facets.tsx';

/** The active filters, each with a button that removes it. */
export function Chosen({
  place,
  change,
}: {
  readonly place: CatalogPlace;
  readonly change: (place: CatalogPlace) => void;
}): JSX.Element | null {
  const chosen = FACETS.flatMap((facet) => place.filters[facet].map((value) => ({ facet, value })));
  if (chosen.length === 0 && !place.deployed) return null;
  return (
    <p class="chosen">
      {place.deployed && (
        <button type="button" class="chip" onClick={() => change({ ...place, deployed: false })}>
          Deployed <span aria-hidden="true">×</span>
          <span class="unseen">, remove this filter</span>
        </button>
      )}
      {chosen.map(({ facet, value }) => (
        <button
          key={`${facet} ${value}`}
          type="button"
          class="chip"
          onClick={() => {
            const values = place.filters[facet].filter((one) => one !== value);
            change({ ...place, filters: { ...place.filters, [facet]: values } });
          }}
        >
          {FACET_TITLES[facet]}: <Plain text={value} most={60} /> <span aria-hidden="true">×</span>
          <span class="unseen">, remove this filter</span>
        </button>
      ))}
      <button type="button" class="quiet" onClick={() => change({ ...WHOLE_CATALOG, q: place.q, sort: place.sort })}>
        Remove all filters
      </button>
    </p>
  );
}
