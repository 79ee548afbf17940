import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { FILE_FORMATS, snapshotEtag, type FileFormat } from '../catalog.ts';
import { JSON_TYPE, NO_CACHE, type Answer } from '../chain/answer.ts';
import type { CatalogFiles } from '../files/catalog-files.ts';
import { parameter } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import type { RegistryDeps } from './deps.ts';
import { exampleServerJson } from './official-examples.ts';
import { route, type Route } from './route.ts';
import { servedSnapshot } from './servers.ts';

const YAML_TYPE = 'application/yaml';

const JSON_FORMATS = FILE_FORMATS.filter((one) => one !== 'docker');

const format = parameter(
  {
    type: 'string',
    enum: JSON_FORMATS,
    default: 'upstream',
    description:
      "upstream: ToolHive's file of today, which thv takes as a registry. toolhive: its form before February 2026. " +
      'official: one answer of the official API, with all versions.',
    examples: ['upstream'],
  },
  (text) => {
    const known = JSON_FORMATS.find((one) => one === text);
    if (known !== undefined) return known;
    const hint = text === 'docker' ? ", or ask for /registry.yaml, which is Docker's form" : '';
    throw new HttpError('badRequest', `format is "${shorten(text)}"; use upstream, toolhive or official${hint}`);
  },
);

/** The complete catalog as one file, for clients that read files and for mirrors. */
export function catalogFileRoutes({ engine, files }: Pick<RegistryDeps, 'engine'> & { readonly files: CatalogFiles }): Route[] {
  return [
    route(
      {
        id: 'getCatalogFile',
        methods: ['GET'],
        path: '/registry.json',
        ports: ['public'],
        tag: 'catalog',
        summary: 'The whole catalog, with skills, plugins and groups, as one file',
        query: { format },
        success: { status: 200, description: 'The catalog.', tagged: true, schema: fileSchema, example: exampleFile },
        errors: ['badRequest', 'notReady', 'fileTooLarge'],
      },
      ({ query: { format: wanted = 'upstream' } }) => fileAnswer(wanted, JSON_TYPE),
    ),
    route(
      {
        id: 'getDockerCatalog',
        methods: ['GET'],
        path: '/registry.yaml',
        ports: ['public'],
        tag: 'catalog',
        summary: "The latest version of every server that Docker's MCP gateway can run, as a catalog of its own (version 3)",
        success: {
          status: 200,
          description: 'The catalog. A comment at its end names the servers that are not in it.',
          contentType: YAML_TYPE,
          tagged: true,
          example: exampleDocker,
        },
        errors: ['notReady', 'fileTooLarge'],
      },
      () => fileAnswer('docker', YAML_TYPE),
    ),
  ];

  async function fileAnswer(wanted: FileFormat, contentType: string): Promise<Answer> {
    const snapshot = servedSnapshot(engine);
    const { plain, gzip } = await files.of(snapshot, wanted);
    return {
      status: 200,
      contentType,
      headers: NO_CACHE,
      etag: snapshotEtag(snapshot),
      length: plain.bytes,
      body: plain.read(),
      encoded: {
        get: (encoding) => (encoding === 'gzip' ? { body: gzip.read(), length: gzip.bytes } : undefined),
        keep: () => undefined,
      },
    };
  }
}

function exampleDocker(): string {
  return 'version: 3\nname: example\ndisplayName: example\nregistry:\n  fetch:\n    title: Fetch\n    type: server\n    image: mcp/fetch\n';
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
    z.looseObject({ servers: z.array(z.unknown()), metadata: z.looseObject({ count: z.number() }) }),
    z.looseObject({ version: z.string(), last_updated: z.string(), servers: z.looseObject({}), remote_servers: z.looseObject({}) }),
  ]);
}
