import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import type { ListQuery } from '../catalog.ts';
import { facetLabels, facetParameters, listParameter } from '../input/facet-parameters.ts';
import { textParameter } from '../input/parameters.ts';
import { MAX_SEARCH } from './official-parameters.ts';

/** Filters of the lists that show the latest version of each server. ToolHive's API of autumn 2025 calls tags `tags`. */
export const latestFilters = z.object({
  search: textParameter('search', MAX_SEARCH, 'Only servers with this in name, title or description.', 'weather'),
  ...facetParameters,
  tags: listParameter('tags', 'The same as tag.', ['database']),
  status: listParameter('status', 'Only servers of this status.', ['Active']),
});

/** The question to the catalog. */
export function latestQuery({ search, tag, tags, ...facets }: z.output<typeof latestFilters>): Omit<ListQuery, 'limit' | 'after'> {
  const labels = [...facetLabels({ ...facets, tag }), ...facetLabels({ tag: tags })];
  return { version: 'latest', search, labels };
}

/** A server by its full name, or by its short one where no other has that. */
export const anyName = z.object({
  serverName: z
    .string()
    .transform((name) => {
      if (name.trim() !== '') return name;
      throw new HttpError('badRequest', 'the server name is empty');
    })
    .meta({ description: 'Full name of the server, its slash written %2F, or what stands behind it.', examples: ['weather'] }),
});
