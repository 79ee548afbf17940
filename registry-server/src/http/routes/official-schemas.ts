import { z } from 'zod';

/** Shapes of the official API's answers, for OpenAPI: what every item has. The catalog has checked the items when it took them in. */

/** A server.json and, beside it, what the registry says of it. */
export function serverItem(): z.ZodType {
  return z.looseObject({
    server: z.looseObject({ name: z.string(), description: z.string(), version: z.string() }),
    _meta: z.looseObject({ 'io.modelcontextprotocol.registry/official': officialMeta() }),
  });
}

/** A page. */
export function serverList(): z.ZodType {
  return z.object({
    servers: z.array(serverItem()),
    metadata: z.object({ count: z.int().min(0), nextCursor: z.string().optional() }),
  });
}

function officialMeta(): z.ZodType {
  const time = z.iso.datetime({ offset: true });
  return z.object({
    status: z.enum(['active', 'deprecated', 'deleted']),
    statusChangedAt: time,
    statusMessage: z.string().optional(),
    publishedAt: time,
    updatedAt: time,
    isLatest: z.boolean(),
  });
}
