import type { JSX } from 'preact';
import { useLoaded } from '../api/load.ts';
import { getStatus } from '../api/registry.ts';
import { Link } from '../location/link.tsx';
import { FACETS, WHOLE_CATALOG, type CatalogPlace } from '../location/place.ts';
import { Notice } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';

/** Why there is nothing to show, and what to do. */
export function Empty({ place }: { readonly place: CatalogPlace }): JSX.Element {
  const narrowed = place.deployed || FACETS.some((facet) => place.filters[facet].length > 0);
  const q = place.q.trim();
  if (q === '' && !narrowed) return <EmptyCatalog />;
  return (
    <Notice title={q === '' ? 'No server matches these filters' : 'No server was found'}>
      {q !== '' && (
        <p>
          Nothing in the catalog answers “<Plain text={q} />”{narrowed ? ' with these filters' : ''}. Words also match in their other forms,
          and with one slip of the pen; fewer or more general ones find more.
        </p>
      )}
      <p>
        {narrowed && q !== '' && (
          <>
            <Link to={{ ...WHOLE_CATALOG, q: place.q }}>Search without filters</Link>
            {' · '}
          </>
        )}
        <Link to={WHOLE_CATALOG}>Show the whole catalog</Link>
      </p>
    </Notice>
  );
}

function EmptyCatalog(): JSX.Element {
  const { value } = useLoaded('status', getStatus);
  const failed = value?.sources.filter(({ state }) => state === 'failed') ?? [];
  const filtered = value?.sources.reduce((sum, { counts }) => sum + (counts?.filtered ?? 0), 0) ?? 0;
  const leftOut = value?.sources.reduce((sum, { counts }) => sum + (counts?.leftOut ?? 0), 0) ?? 0;
  return (
    <Notice title="The catalog is empty">
      {failed.length > 0 && (
        <p>
          {failed.length === 1 ? 'A source fails' : `${failed.length} sources fail`}: {failed.map(({ name }) => name).join(', ')}.
        </p>
      )}
      {filtered > 0 && <p>Filters leave out {filtered} of the entries that the sources have.</p>}
      {leftOut > 0 && <p>{leftOut} entries cannot be served.</p>}
      {failed.length === 0 && filtered === 0 && leftOut === 0 && <p>Its sources have no servers.</p>}
      <p>
        <Link to={{ view: 'health' }}>The health of the registry</Link> has details.
      </p>
    </Notice>
  );
}
