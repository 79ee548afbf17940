import { z } from 'zod';

/** Shapes of the official API's answers, for OpenAPI: what every item has. The catalog has checked the items when it took them in. */

/** A server.json and, beside it, what the registry says of it. */
export function serverItem(): z.ZodType {
  return z
    .looseObject({
      server: z
        .looseObject({
          name: z.string().meta({ description: 'Reverse DNS, a slash, and a name.' }),
          description: z.string(),
          version: z.string(),
        })
        .meta({
          title: 'ServerJson',
          description:
            'server.json as its publisher wrote it: static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json has its fields.',
        }),
      _meta: z
        .looseObject({ 'io.modelcontextprotocol.registry/official': officialMeta() })
        .meta({ title: 'ServerItemMeta', description: 'What the registry adds to it.' }),
    })
    .meta({ title: 'ServerItem' });
}

/** A page. */
export function serverList(): z.ZodType {
  return z
    .object({
      servers: z.array(serverItem()),
      metadata: z
        .object({
          count: z.int().min(0).meta({ description: 'Number of items on this page.' }),
          nextCursor: z.string().optional().meta({ description: 'For the parameter cursor; absent on the last page.' }),
        })
        .meta({ title: 'ListMetadata' }),
    })
    .meta({ title: 'ServerList' });
}

function officialMeta(): z.ZodType {
  const time = z.iso.datetime({ offset: true });
  return z
    .object({
      status: z.enum(['active', 'deprecated', 'deleted']),
      statusChangedAt: time,
      statusMessage: z.string().optional(),
      publishedAt: time,
      updatedAt: time,
      isLatest: z.boolean(),
    })
    .meta({ title: 'OfficialMeta' });
}
