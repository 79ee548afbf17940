import { HttpError } from '../../errors.ts';
import type { ListQuery } from '../catalog.ts';
import { facetLabels, facetParameters, listParameter } from '../input/facet-parameters.ts';
import { parameter, pathParameter, textParameter, type Parameters, type ValuesOf } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import { MAX_SEARCH, refuseEmptyName } from './official-parameters.ts';

/** Longest question, in characters. */
export const MAX_QUESTION = 500;

/** Filters of the lists that show the latest version of each server. ToolHive's API of autumn 2025 calls tags `tags`. */
export const latestFilters = {
  search: textParameter('search', MAX_SEARCH, 'Only servers with this in name, title or description.', 'weather'),
  ...facetParameters,
  tags: listParameter('tags', 'The same as tag.', ['database']),
  status: listParameter('status', 'Only servers of this status.', ['Active']),
  source: listParameter('source', 'Only servers that come from this source.', ['community']),
} as const satisfies Parameters;

/** The query to the catalog. */
export function latestQuery({ search, tag, tags, source, ...facets }: ValuesOf<typeof latestFilters>): Omit<ListQuery, 'limit' | 'after'> {
  const labels = [...facetLabels({ ...facets, tag }), ...facetLabels({ tag: tags })];
  return { version: 'latest', search, labels, sources: source };
}

/** A server by its full name, or by its short name if it is unique. */
export const anyName = {
  serverName: pathParameter(
    { description: 'Full name of the server, its slash written %2F, or the part after the slash.', examples: ['weather'] },
    refuseEmptyName,
  ),
};

const FORMATS = ['toolhive', 'upstream'] as const;
type AnswerFormat = (typeof FORMATS)[number];

/** How servers are written in an answer. */
export const format = parameter(
  {
    type: 'string',
    enum: [...FORMATS],
    default: 'toolhive',
    description: "ToolHive's format, or items of the official API.",
    examples: ['upstream'],
  },
  (text): AnswerFormat => {
    const known = FORMATS.find((one) => one === text);
    if (known !== undefined) return known;
    throw new HttpError('badRequest', `format is "${shorten(text)}"; use toolhive or upstream`);
  },
);
