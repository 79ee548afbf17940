import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLoaded } from '../api/load.ts';
import { countDeployed, getFacets, getSummaries } from '../api/registry.ts';
import { useKept } from '../list/kept.ts';
import { More } from '../list/more.tsx';
import { usePages } from '../list/pages.ts';
import { queryOf, SORTS, WHOLE_CATALOG, type CatalogPlace, type Sort } from '../location/place.ts';
import { useRouter } from '../location/router.ts';
import { Failed, Waiting } from '../ui/notice.tsx';
import { useTitle } from '../ui/title.ts';
import { Chosen } from './chosen.tsx';
import { Empty } from './empty.tsx';
import { Facets } from './facets.tsx';
import { SearchBox } from './search-box.tsx';
import { ServerRow } from './server-row.tsx';

const TOTAL = 'total';
const SORT_TITLES: Readonly<Record<Sort, string>> = { relevance: 'Best match', name: 'Name', updated: 'Last updated' };

/** The catalog: search, filters, and the servers that match. */
export function Catalog({ place }: { readonly place: CatalogPlace }): JSX.Element {
  const { go } = useRouter();
  const key = `servers${queryOf(place)}`;
  const list = usePages(key, useKept(), async (cursor, signal) => {
    const { servers, metadata } = await getSummaries(place, cursor, signal);
    return { items: servers, total: metadata.total, ...(metadata.next_cursor === undefined ? {} : { next: metadata.next_cursor }) };
  });
  const narrowing = queryOf({ ...place, sort: undefined, deployed: false });
  const facets = useLoaded(`facets${narrowing}`, (signal) => getFacets(place, signal), { keep: true });
  // A filter far down keeps its position.
  const narrow = (next: CatalogPlace): void => go(next, { stay: true });
  const deployed = useLoaded(`deployed${narrowing}`, (signal) => countDeployed(place, signal), { keep: true });
  useTitle(place.q.trim());
  return (
    <div class="catalog">
      <h1 class="unseen">Catalog</h1>
      <SearchBox
        q={place.q}
        label="Search servers, tools and tags"
        change={(q) => go({ ...place, q }, { replace: place.q !== '', stay: true })}
      />
      <div class="columns">
        <Narrowing>
          {facets.error !== undefined && list.error === undefined && <Failed error={facets.error} again={facets.again} />}
          <Facets place={place} counts={facets.value} deployed={deployed.value} change={narrow} />
        </Narrowing>
        <section class="results" aria-label="Servers" aria-busy={list.loading}>
          <div class="results-head">
            <p class="total" role="status" id={TOTAL} tabIndex={-1}>
              {totalText(list.total, place)}
            </p>
            <SortChoice place={place} change={narrow} />
          </div>
          <Chosen
            place={place}
            change={(next) => {
              narrow(next);
              // The button is gone with the filter.
              document.getElementById(TOTAL)?.focus({ preventScroll: true });
            }}
          />
          {list.items === undefined && list.error === undefined && <Waiting what="servers" />}
          {list.items?.length === 0 && !list.loading && list.error === undefined && <Empty place={place} />}
          <ul class="rows">
            {list.items?.map((server) => (
              <ServerRow key={server.full_name} server={server} />
            ))}
          </ul>
          {list.error !== undefined && <Failed error={list.error} again={list.again} />}
          {list.hasMore && list.error === undefined && <More loading={list.loading} more={list.more} text="Show more servers" />}
        </section>
      </div>
    </div>
  );
}

/** On a narrow screen the filters are folded away. */
function Narrowing({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <div class={`narrowing ${open ? 'open' : ''}`}>
      <button type="button" class="narrowing-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        Filters
      </button>
      <div class="narrowing-body">{children}</div>
    </div>
  );
}

function SortChoice({ place, change }: { readonly place: CatalogPlace; readonly change: (place: CatalogPlace) => void }): JSX.Element {
  const offered = SORTS.filter((sort) => sort !== 'relevance' || place.q.trim() !== '');
  const current = place.sort !== undefined && offered.includes(place.sort) ? place.sort : offered[0];
  return (
    <label class="sort">
      Sort by{' '}
      <select
        value={current}
        onChange={(event) => {
          const sort = SORTS.find((one) => one === event.currentTarget.value);
          change({ ...place, sort: sort === offered[0] ? undefined : sort });
        }}
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_TITLES[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}

function totalText(total: number | undefined, place: CatalogPlace): string {
  if (total === undefined) return '';
  const found = queryOf({ ...place, q: place.q.trim(), sort: undefined }) === queryOf(WHOLE_CATALOG) ? '' : ' found';
  return `${total.toLocaleString('en')} ${total === 1 ? 'server' : 'servers'}${found}`;
}
