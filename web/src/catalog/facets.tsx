import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { FACET_VALUES, type FacetCounts, type ValueCount } from '../api/registry.ts';
import { FACETS, type CatalogPlace, type Facet } from '../location/place.ts';
import { Plain } from '../ui/plain.tsx';

/** Titles of the facets. */
export const FACET_TITLES: Readonly<Record<Facet, string>> = {
  tier: 'Tier',
  transport: 'Transport',
  registry_type: 'Package',
  source: 'Source',
  tag: 'Tag',
};

/** A value, and how many servers have it where that is known. */
type Offered = Omit<ValueCount, 'count'> & Partial<ValueCount>;

/** Values of a facet that are shown at first. */
const FEW = 7;

/** The filters of the catalog, with the number of servers that each choice would leave. */
export function Facets({
  place,
  counts,
  deployed,
  change,
}: {
  readonly place: CatalogPlace;
  readonly counts: FacetCounts | undefined;
  /** How many servers run in the cluster; undefined: not known. */
  readonly deployed: number | undefined;
  readonly change: (place: CatalogPlace) => void;
}): JSX.Element {
  const choose = (facet: Facet, values: readonly string[]): void => change({ ...place, filters: { ...place.filters, [facet]: values } });
  return (
    <form class="facets" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {((deployed ?? 0) > 0 || place.deployed) && (
        <fieldset>
          <legend>Cluster</legend>
          <Choice text="Deployed" count={deployed} checked={place.deployed} choose={(checked) => change({ ...place, deployed: checked })} />
        </fieldset>
      )}
      {FACETS.map((facet) => (
        <FacetChoice
          key={facet}
          title={FACET_TITLES[facet]}
          // A comma would split the value.
          values={(counts?.facets[facet] ?? []).filter(({ value }) => !value.includes(','))}
          // The API does not count separately what runs in the cluster.
          counted={!place.deployed}
          chosen={place.filters[facet]}
          choose={(values) => choose(facet, values)}
        />
      ))}
    </form>
  );
}

function FacetChoice({
  title,
  values,
  counted,
  chosen,
  choose,
}: {
  readonly title: string;
  readonly values: readonly ValueCount[];
  /** The counts are those of what is shown. */
  readonly counted: boolean;
  readonly chosen: readonly string[];
  readonly choose: (values: readonly string[]) => void;
}): JSX.Element | null {
  const [all, setAll] = useState(false);
  const lower = chosen.map((value) => value.toLowerCase());
  const isChosen = ({ value }: Offered): boolean => lower.includes(value.toLowerCase());
  // A choice that leaves nothing can still be removed.
  const gone = chosen.filter((value) => !values.some((one) => one.value.toLowerCase() === value.toLowerCase()));
  const offered: readonly Offered[] = [...gone.map((value) => ({ value })), ...values];
  // A single value that all servers have filters nothing.
  if (offered.length < 2 && chosen.length === 0) return null;
  const shown = all ? offered : offered.filter((one, index) => index < FEW || isChosen(one));
  const toggle = (value: string, checked: boolean): void => {
    const others = chosen.filter((one) => one.toLowerCase() !== value.toLowerCase());
    choose(checked ? [...others, value] : others);
  };
  return (
    <fieldset>
      <legend>{title}</legend>
      {shown.map((one) => (
        <Choice
          key={one.value}
          text={one.value}
          count={counted ? one.count : undefined}
          checked={isChosen(one)}
          choose={(checked) => toggle(one.value, checked)}
        />
      ))}
      {offered.length > FEW && (all || offered.length > shown.length) && (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${offered.length - shown.length} more`}
        </button>
      )}
      {all && values.length >= FACET_VALUES && <p class="soft">There are more: use the search.</p>}
    </fieldset>
  );
}

function Choice({
  text,
  count,
  checked,
  choose,
}: {
  readonly text: string;
  readonly count: number | undefined;
  readonly checked: boolean;
  readonly choose: (checked: boolean) => void;
}): JSX.Element {
  return (
    <label class="choice">
      <input type="checkbox" checked={checked} onChange={(event) => choose(event.currentTarget.checked)} />
      <span class="choice-text">
        <Plain text={text} most={60} />
      </span>
      {count !== undefined && <span class="count">{count.toLocaleString('en')}</span>}
    </label>
  );
}
