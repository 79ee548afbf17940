import { z } from 'zod';
import { facetCounts } from '../catalog.ts';
import { facetLabels, facetParameters, listParameter } from '../input/facet-parameters.ts';
import { integerParameter, textParameter } from '../input/parameters.ts';
import { MAX_QUESTION } from './catalog-parameters.ts';
import { MAX_SEARCH } from './official-parameters.ts';
import { hotRoute, type HotRoute } from './route.ts';
import { exampleFacets } from './toolhive-examples.ts';

const LIMIT = { min: 1, max: 1000, fallback: 100, description: 'Maximum number of values of a facet, the most frequent ones.' } as const;

/** Facets, for pages and tools with filters. */
export function facetRoutes(): HotRoute[] {
  return [
    hotRoute(
      {
        id: 'getFacets',
        methods: ['GET'],
        path: '/api/v1/facets',
        ports: ['public'],
        tag: 'catalog',
        summary: 'Counts of the latest versions of all servers by tag, tier, transport, package type, status and source',
        query: {
          q: textParameter('q', MAX_QUESTION, 'Only servers that match this question, as in /api/v1/servers.', 'send an email'),
          search: textParameter('search', MAX_SEARCH, 'Only servers with this in name, title or description.', 'weather'),
          ...facetParameters,
          status: listParameter('status', 'Only servers of this status.', ['active']),
          source: listParameter('source', 'Only servers that come from this source.', ['community']),
          limit: integerParameter('limit', LIMIT),
        },
        success: { status: 200, description: 'Counts, most frequent values first.', schema: facetsSchema, example: exampleFacets },
        errors: ['unprocessable', 'notReady'],
      },
      ({ query: { q: question, search, source: sources, limit, ...facets } }, snapshot) =>
        facetCounts(snapshot, { version: 'latest', question, search, sources, labels: facetLabels(facets) }, limit),
      { scans: () => true },
    ),
  ];
}

function facetsSchema(): z.ZodType {
  const values = z.array(z.object({ value: z.string(), count: z.int().min(1) }));
  return z.object({
    facets: z.object({ tag: values, tier: values, transport: values, registry_type: values, status: values, source: values }),
    total: z.int().min(0).meta({ description: 'Servers that were counted.' }),
  });
}
