import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { FILE_FORMATS, snapshotEtag } from '../catalog.ts';
import { JSON_TYPE, NO_CACHE } from '../chain/answer.ts';
import type { CatalogFiles } from '../files/catalog-files.ts';
import { parameter } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import type { RegistryDeps } from './deps.ts';
import { exampleServerJson } from './official-examples.ts';
import { route, type Route } from './route.ts';
import { servedSnapshot } from './servers.ts';

const format = parameter(
  {
    type: 'string',
    enum: [...FILE_FORMATS],
    default: 'upstream',
    description: "upstream: ToolHive's file of today, which thv takes as a registry. toolhive: its form before February 2026.",
    examples: ['upstream'],
  },
  (text) => {
    const known = FILE_FORMATS.find((one) => one === text);
    if (known !== undefined) return known;
    throw new HttpError('badRequest', `format is "${shorten(text)}"; use ${FILE_FORMATS.join(' or ')}`);
  },
);

/** The whole catalog as one file, for clients that read one and for mirrors. */
export function catalogFileRoutes({ engine, files }: Pick<RegistryDeps, 'engine'> & { readonly files: CatalogFiles }): Route[] {
  return [
    route(
      {
        id: 'getCatalogFile',
        methods: ['GET'],
        path: '/registry.json',
        ports: ['public'],
        tag: 'catalog',
        summary: 'The latest version of every server, with skills, plugins and groups, as one file',
        query: { format },
        success: { status: 200, description: 'The catalog.', tagged: true, schema: fileSchema, example: exampleFile },
        errors: ['badRequest', 'notReady'],
      },
      async ({ query: { format: wanted = 'upstream' } }) => {
        const snapshot = servedSnapshot(engine);
        const { plain, gzip } = await files.of(snapshot, wanted);
        return {
          status: 200,
          contentType: JSON_TYPE,
          headers: NO_CACHE,
          etag: snapshotEtag(snapshot),
          length: plain.bytes,
          body: plain.read(),
          encoded: {
            get: (encoding) => (encoding === 'gzip' ? { body: gzip.read(), length: gzip.bytes } : undefined),
            keep: () => undefined,
          },
        };
      },
    ),
  ];
}

function exampleFile(): unknown {
  return { version: '1.0.0', meta: { last_updated: '2026-08-24T05:17:28Z' }, data: { servers: [exampleServerJson()] } };
}

function fileSchema(): z.ZodType {
  return z.union([
    z.looseObject({
      version: z.string(),
      meta: z.looseObject({ last_updated: z.string() }),
      data: z.looseObject({ servers: z.array(z.unknown()) }),
    }),
    z.looseObject({ version: z.string(), last_updated: z.string(), servers: z.looseObject({}), remote_servers: z.looseObject({}) }),
  ]);
}
