import { z } from 'zod';
import { registryStatusSchema } from './registry-status.ts';

const source = registryStatusSchema.shape.sources.element.shape;

/** The answer of `GET /api/v1/registry/servers/{serverName}/origin`: where an entry that is served comes from. */
export const serverOriginSchema = z.object({
  /** Full name of the server. */
  server: z.string(),
  version: z.string(),
  source: z.object({
    name: source.name,
    /** Absent: the manifest does not have this source any more, as it may be after a rollback. */
    type: source.type.optional(),
    revision: source.revision,
  }),
  /** The file that the entry is in, where its source has several: its path in there. */
  file: z.string().optional(),
  /**
   * What other sources have under this name, which is shadowed because they stand behind: at most 10. Absent: there is none. The public port of a
   * cluster tells the sources alone.
   */
  alsoIn: z.array(z.object({ source: z.string(), version: z.string().optional() })).optional(),
});

/** The answer of `GET /api/v1/registry/servers/{serverName}/origin`. */
export type ServerOrigin = z.output<typeof serverOriginSchema>;
