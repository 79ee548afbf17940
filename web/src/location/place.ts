/** Facets that filter a catalog, in the order of the page. The names are those of the API. */
export const FACETS = ['tier', 'transport', 'registry_type', 'source', 'tag'] as const;

/** One of them. */
export type Facet = (typeof FACETS)[number];

/** The orders of a list. `relevance` needs words. */
export const SORTS = ['relevance', 'name', 'updated'] as const;

/** One of them. */
export type Sort = (typeof SORTS)[number];

/** The catalog, with search and filters. */
export interface CatalogPlace {
  readonly view: 'catalog';
  /** The search words. */
  readonly q: string;
  /** The chosen values of each facet; none: all. */
  readonly filters: Readonly<Record<Facet, readonly string[]>>;
  /** Only what runs in the cluster. */
  readonly deployed: boolean;
  /** Undefined: relevance where there are words, else by name. */
  readonly sort: Sort | undefined;
}

/** One server. */
export interface ServerPlace {
  readonly view: 'server';
  readonly name: string;
  /** Undefined: the latest. */
  readonly version: string | undefined;
  /** The version that it is compared with. */
  readonly compared: string | undefined;
  /** The client that it is added to; undefined: the first one. */
  readonly client: string | undefined;
}

/** The skills of the catalog, or one of them. */
export interface SkillsPlace {
  readonly view: 'skills';
  /** A part of a name, title or description. */
  readonly q: string;
  /** `NAMESPACE/NAME` of the one that is shown. */
  readonly skill: string | undefined;
}

/** The groups of servers, or one of them. */
export interface GroupsPlace {
  readonly view: 'groups';
  readonly group: string | undefined;
}

/** The health of the registry. */
export interface HealthPlace {
  readonly view: 'health';
}

/** What the page shows. All of it is in the query of the URL, so that links, reloads and the back button work under any path. */
export type Place = CatalogPlace | ServerPlace | SkillsPlace | GroupsPlace | HealthPlace;

/** The latest version of a server. */
export function serverPlace(name: string): ServerPlace {
  return { view: 'server', name, version: undefined, compared: undefined, client: undefined };
}

/** The whole catalog. */
export const WHOLE_CATALOG: CatalogPlace = {
  view: 'catalog',
  q: '',
  filters: { tag: [], tier: [], transport: [], registry_type: [], source: [] },
  deployed: false,
  sort: undefined,
};

/** The place that the query of a URL names. Unknown parameters are ignored: a link may come from another version of the page. */
export function readPlace(search: string): Place {
  const query = new URLSearchParams(search);
  const name = query.get('server');
  if (name !== null && name !== '') {
    return {
      view: 'server',
      name,
      version: textOf(query, 'version'),
      compared: textOf(query, 'compared'),
      client: textOf(query, 'client'),
    };
  }
  switch (query.get('view')) {
    case 'health':
      return { view: 'health' };
    case 'skills':
      return { view: 'skills', q: query.get('q') ?? '', skill: textOf(query, 'skill') };
    case 'groups':
      return { view: 'groups', group: textOf(query, 'group') };
  }
  const sort = query.get('sort');
  return {
    view: 'catalog',
    q: query.get('q') ?? '',
    filters: {
      tag: valuesOf(query, 'tag'),
      tier: valuesOf(query, 'tier'),
      transport: valuesOf(query, 'transport'),
      registry_type: valuesOf(query, 'registry_type'),
      source: valuesOf(query, 'source'),
    },
    deployed: query.get('deployed') === 'true',
    sort: SORTS.find((one) => one === sort),
  };
}

/** The query that {@link readPlace} reads a place from; empty for the whole catalog. */
export function queryOf(place: Place): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') query.set(name, value);
  };
  switch (place.view) {
    case 'server':
      set('server', place.name);
      set('version', place.version);
      set('compared', place.compared);
      set('client', place.client);
      break;
    case 'health':
      set('view', 'health');
      break;
    case 'skills':
      set('view', 'skills');
      set('q', place.q);
      set('skill', place.skill);
      break;
    case 'groups':
      set('view', 'groups');
      set('group', place.group);
      break;
    case 'catalog':
      set('q', place.q);
      for (const facet of FACETS) for (const value of place.filters[facet]) query.append(facet, value);
      if (place.deployed) set('deployed', 'true');
      set('sort', place.sort);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function textOf(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) ?? '';
  return text === '' ? undefined : text;
}

/** As in the API, values are separated by commas. */
function valuesOf(query: URLSearchParams, name: string): readonly string[] {
  const values = query.getAll(name).flatMap((text) => text.split(','));
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
}
