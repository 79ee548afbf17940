import type { RegistryHistory, RegistryReport, RegistryStatusDocument, AnsweredServer, ServerOrigin } from '@toolhive-registry/api';
import { asText, isObject, own, type JsonObject } from '@toolhive-registry/catalog/entry';
import { FACETS, type CatalogPlace, type Facet } from '../location/place.ts';
import { ApiError, getJson } from './request.ts';

/** A server in a few words. */
export interface Summary {
  /** The shortest name that is currently unique. */
  readonly name: string;
  /** The permanent name. */
  readonly full_name: string;
  readonly title?: string;
  readonly description: string;
  readonly status: string;
  readonly tier?: string;
  readonly transport?: string;
  readonly image?: string;
  readonly url?: string;
  readonly tools: readonly string[];
  readonly tags: readonly string[];
  /** It runs in the cluster. */
  readonly deployed?: true;
  /** Why it matches the search. */
  readonly matched?: readonly Match[];
}

/** Words that were found in a field. */
export interface Match {
  readonly field: 'name' | 'title' | 'tag' | 'tool' | 'description' | 'package' | 'tool_description';
  readonly words: readonly string[];
}

/** A page of a list. */
export interface SummaryPage {
  readonly servers: readonly Summary[];
  readonly metadata: { readonly total: number; readonly next_cursor?: string };
}

/** The number of servers with a value. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** Counts of servers by facet. */
export interface FacetCounts {
  readonly facets: Readonly<Record<Facet, readonly ValueCount[]>>;
  readonly total: number;
}

/** An entry as the official API serves it. */
export interface Item {
  readonly server: JsonObject;
  readonly _meta?: JsonObject;
}

/** The registry's own name. */
export interface Index {
  readonly registry: string;
  readonly displayName: string;
}

/** Servers of a page of the list. */
const PAGE = 50;

/** Maximum number of values of a facet that are asked for: the most frequent ones. */
export const FACET_VALUES = 200;

/** What a list of servers has. */
const SERVERS = { servers: 'objects', metadata: 'object' } as const;

/** Names the registry. */
export function getIndex(signal: AbortSignal): Promise<Index> {
  return getJson('./', signal, { registry: 'text', displayName: 'text' });
}

/** A page of what a place shows. */
export function getSummaries(place: CatalogPlace, cursor: string | undefined, signal: AbortSignal): Promise<SummaryPage> {
  const query = filtersOf(place, undefined);
  query.set('limit', String(PAGE));
  if (place.sort !== undefined && (place.sort !== 'relevance' || place.q.trim() !== '')) query.set('sort', place.sort);
  if (place.deployed) query.set('deployed', 'true');
  if (cursor !== undefined) query.set('cursor', cursor);
  return getJson(`api/v1/servers?${query.toString()}`, signal, SERVERS);
}

/** The number of servers that run in the cluster, among those that a place shows. */
export async function countDeployed(place: CatalogPlace, signal: AbortSignal): Promise<number> {
  const query = filtersOf(place, undefined);
  query.set('deployed', 'true');
  query.set('limit', '1');
  return (await getJson<SummaryPage>(`api/v1/servers?${query.toString()}`, signal, SERVERS)).metadata.total;
}

/**
 * The number of servers that each value of a facet would leave. Values of one facet are alternatives, so a facet's own choice must not affect its own numbers: each
 * facet with a choice is requested separately.
 */
export async function getFacets(place: CatalogPlace, signal: AbortSignal): Promise<FacetCounts> {
  const chosen = FACETS.filter((facet) => place.filters[facet].length > 0);
  const ask = (without: Facet | undefined): Promise<FacetCounts> => {
    const query = filtersOf(place, without);
    query.set('limit', String(FACET_VALUES));
    return getJson(`api/v1/facets?${query.toString()}`, signal, { facets: 'object' });
  };
  const [all, ...own] = await Promise.all([ask(undefined), ...chosen.map(ask)]);
  const replaced = chosen.map((facet, index) => [facet, own[index]?.facets[facet] ?? []] as const);
  return { total: all.total, facets: { ...all.facets, ...Object.fromEntries(replaced) } };
}

function filtersOf({ q, filters }: CatalogPlace, without: Facet | undefined): URLSearchParams {
  const query = new URLSearchParams();
  if (q.trim() !== '') query.set('q', q.trim());
  // The API takes several values separated by commas.
  for (const facet of FACETS) if (facet !== without && filters[facet].length > 0) query.set(facet, filters[facet].join(','));
  return query;
}

/** The latest version of a server, by its full name or by a short one. */
function getLatest(name: string, signal: AbortSignal): Promise<Item> {
  return getJson(`api/v1/registry/servers/${encodeURIComponent(name)}?format=upstream`, signal, { server: 'object' });
}

/** All versions of a server, the last published first; of one that is named in short, as someone may type it, those of the only server that is meant. */
export async function getVersions(given: string, signal: AbortSignal): Promise<readonly Item[]> {
  if (/^\.\.?$/.test(given))
    throw new ApiError('A browser cannot request a server with this name, because the name is a path. "toolhive-registry info" shows it.');
  const name = given.includes('/') ? given : (asText(own((await getLatest(given, signal)).server, 'name')) ?? given);
  return (
    await getJson<{ readonly servers: readonly Item[] }>(`v0.1/servers/${encodeURIComponent(name)}/versions`, signal, {
      servers: 'objects',
    })
  ).servers;
}

/** Where a server runs in the cluster. */
export async function getDeployed(name: string, signal: AbortSignal): Promise<readonly AnsweredServer[]> {
  const found = await getJson<readonly AnsweredServer[]>(`api/v1/registry/servers/deployed/${encodeURIComponent(name)}`, signal);
  return Array.isArray(found) && (found as readonly unknown[]).every(isObject) ? found : [];
}

/** What the registry knows about itself. */
export function getStatus(signal: AbortSignal): Promise<RegistryStatusDocument> {
  return getJson('registry/status', signal, { registry: 'object', sources: 'objects', conditions: 'objects' });
}

/** The last syncs, the newest first. */
export function getHistory(signal: AbortSignal): Promise<RegistryHistory> {
  return getJson('registry/history', signal, { syncs: 'objects' });
}

/** A page of what was wrong with entries, or with one of them. */
export function getReport(
  query: { readonly entry?: string; readonly cursor?: string; readonly limit?: string },
  signal: AbortSignal,
): Promise<RegistryReport> {
  return getJson(`registry/report?${new URLSearchParams({ ...query }).toString()}`, signal, { findings: 'objects', metadata: 'object' });
}

/** Where an entry comes from. */
export function getOrigin(name: string, version: string | undefined, signal: AbortSignal): Promise<ServerOrigin> {
  const query = version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
  return getJson(`api/v1/registry/servers/${encodeURIComponent(name)}/origin${query}`, signal, { source: 'object' });
}

/** A skill, as the API has it. */
export type Skill = JsonObject;

/** A page of skills. */
export interface SkillPage {
  readonly skills: readonly Skill[];
  readonly metadata: { readonly nextCursor?: string };
}

/** A page of the skills that have a text in name, title or description. */
export function getSkills(search: string, cursor: string | undefined, signal: AbortSignal, limit = PAGE): Promise<SkillPage> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (search.trim() !== '') query.set('search', search.trim());
  if (cursor !== undefined) query.set('cursor', cursor);
  return getJson(`v0.1/x/dev.toolhive/skills?${query.toString()}`, signal, { skills: 'objects', metadata: 'object' });
}

/** One skill, by `NAMESPACE/NAME`. */
export function getSkill(path: string, signal: AbortSignal): Promise<Skill> {
  const [namespace = '', name = ''] = path.split('/');
  return getJson(`v0.1/x/dev.toolhive/skills/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`, signal, { name: 'text' });
}

/** A group of servers, in a few words. */
export interface GroupSummary {
  readonly name: string;
  readonly description?: string;
  readonly servers_count: number;
}

/** All groups. */
export async function getGroups(signal: AbortSignal): Promise<readonly GroupSummary[]> {
  return (await getJson<{ readonly groups: readonly GroupSummary[] }>('api/v1/groups', signal, { groups: 'objects' })).groups;
}

/** A group, with its servers. */
export interface Group {
  readonly name: string;
  readonly description?: string;
  readonly servers: readonly Summary[];
}

/** One group. */
export function getGroup(name: string, signal: AbortSignal): Promise<Group> {
  return getJson(`api/v1/groups/${encodeURIComponent(name)}`, signal, { servers: 'objects' });
}
