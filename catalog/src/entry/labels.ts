import { asText, at, isObject, own, type JsonObject } from '../json.ts';
import { entryTags, toolhiveExtensions, type CatalogEntry } from './entry.ts';

/** Properties by which lists can be filtered, besides text and time. */
export const FACETS = ['tag', 'tier', 'transport', 'registry_type', 'status'] as const;

/** The name of a facet. */
export type Facet = (typeof FACETS)[number];

/** A facet and one of its values, as one text. */
export type Label = `${Facet}:${string}`;

/** Most tags of an entry by which it is found, and the longest of them; real entries have about a dozen short ones. */
const MAX_TAGS = 100;
const MAX_VALUE = 200;

/** The `registry_type` of a remote server. No package has it. */
const REMOTE = 'remote';

/** The label of a facet's value. */
export function labelOf(facet: Facet, value: string): Label {
  return `${facet}:${value}`;
}

/** Facet and value of a label. */
export function readLabel(label: string): { readonly facet: string; readonly value: string } {
  const colon = label.indexOf(':');
  return { facet: label.slice(0, colon), value: label.slice(colon + 1) };
}

/** The labels of an entry; the status is the official one. */
export function labelsOf({ server }: CatalogEntry, status: string): Label[] {
  const labels = new Set<Label>([labelOf('status', status)]);
  const add = (facet: Facet, value: unknown): void => {
    if (typeof value === 'string' && value !== '' && value.length <= MAX_VALUE) labels.add(labelOf(facet, value));
  };
  for (const tag of entryTags(server).slice(0, MAX_TAGS)) add('tag', tag);
  for (const extension of toolhiveExtensions(server)) add('tier', asText(own(extension, 'tier')));
  for (const one of objects(server, 'packages')) {
    add('transport', at(one, 'transport', 'type'));
    // server.json of July 2025 uses underscores.
    add('registry_type', own(one, 'registryType') ?? own(one, 'registry_type'));
  }
  for (const remote of objects(server, 'remotes')) {
    add('transport', own(remote, 'type') ?? own(remote, 'transport_type'));
    add('registry_type', REMOTE);
  }
  return [...labels];
}

function objects(server: JsonObject, key: string): JsonObject[] {
  const list = own(server, key);
  return Array.isArray(list) ? list.filter(isObject) : [];
}
