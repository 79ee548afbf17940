import { z } from 'zod';
import { registryStatusSchema } from './registry-status.ts';

const source = registryStatusSchema.shape.sources.element.shape;

/** The answer of `GET /api/v1/registry/servers/{serverName}/origin`: where a served entry comes from. */
export const serverOriginSchema = z.object({
  /** Full name of the server. */
  server: z.string(),
  version: z.string(),
  source: z.object({
    name: source.name,
    /** Absent: the manifest no longer has this source, as may happen after a rollback. */
    type: source.type.optional(),
    revision: source.revision,
  }),
  /** The path of the entry's file in its source, if that has several. */
  file: z.string().optional(),
  /** The same name in later sources, which is shadowed: at most 10. Absent: none. The public port of a cluster lists only the sources. */
  alsoIn: z.array(z.object({ source: z.string(), version: z.string().optional() })).optional(),
});

/** The answer of `GET /api/v1/registry/servers/{serverName}/origin`. */
export type ServerOrigin = z.output<typeof serverOriginSchema>;
