import { z } from 'zod';

/** Shapes of the official API's answers, for OpenAPI: what every item has. The catalog has checked the items when it took them in. */

const officialMeta = z.object({
  status: z.enum(['active', 'deprecated', 'deleted']),
  statusChangedAt: z.iso.datetime({ offset: true }),
  statusMessage: z.string().optional(),
  publishedAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  isLatest: z.boolean(),
});

/** A server.json and, beside it, what the registry says of it. */
export const serverItem = z.looseObject({
  server: z.looseObject({ name: z.string(), description: z.string(), version: z.string() }),
  _meta: z.looseObject({ 'io.modelcontextprotocol.registry/official': officialMeta }),
});

/** A page. */
export const serverList = z.object({
  servers: z.array(serverItem),
  metadata: z.object({ count: z.int().min(0), nextCursor: z.string().optional() }),
});
