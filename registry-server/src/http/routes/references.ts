import {
  explainSubjects,
  registryExplainSchema,
  registryImagesSchema,
  type MCPRegistry,
  type RegistryExplain,
  type RegistryImages,
} from '@toolhive-registry/api';
import { HttpError } from '../../errors.ts';
import { explain, referenceKind, type Subject } from '../../explain/explain.ts';
import { createSourceSearch } from '../../explain/search.ts';
import { comparedForm, rowsNamed, type ReferenceIndex, type Snapshot } from '../catalog.ts';
import { jsonAnswer } from '../chain/answer.ts';
import { textParameter } from '../input/parameters.ts';
import { exampleExplain, exampleImages } from './reference-examples.ts';
import { route, type Route } from './route.ts';
import { servedSnapshot, snapshotAnswer, type ServerRoutesDeps } from './servers.ts';

/** Longest text that is asked about. */
const MAX_SUBJECT = 2_000;

const parameters = {
  image: textParameter('image', MAX_SUBJECT, 'A container image.', 'ghcr.io/example/weather:1.0.0'),
  url: textParameter('url', MAX_SUBJECT, 'The URL of a remote server.', 'https://weather.example.com/mcp'),
  package: textParameter('package', MAX_SUBJECT, 'A package, with the type of its registry before it.', 'npm @example/weather'),
  server: textParameter('server', MAX_SUBJECT, 'The name of a server.', 'io.github.example/weather'),
} as const;

/** The references of the catalog, and why something is not among them. */
export function referenceRoutes({ engine, references }: Pick<ServerRoutesDeps, 'engine' | 'references'>): Route[] {
  const search = createSourceSearch();
  const facts = { methods: ['GET'], ports: ['internal'], tag: 'operations' } as const;
  return [
    route(
      {
        ...facts,
        id: 'getImages',
        path: '/registry/images',
        summary: 'Every image, URL and package of the catalog, as an enforcing registry admits them',
        description:
          'Of all versions that are not deleted. Images and URLs are written in the form in which they are compared; what cannot be compared is listed with the reason.',
        success: {
          status: 200,
          tagged: true,
          description: 'What is admitted.',
          schema: () => registryImagesSchema.meta({ title: 'RegistryImages' }),
          example: exampleImages,
        },
        errors: ['notReady'],
      },
      async () => {
        const snapshot = servedSnapshot(engine);
        return snapshotAnswer(snapshot, JSON.stringify(imagesDocument(engine.registry().metadata, snapshot, await references(snapshot))));
      },
    ),
    route(
      {
        ...facts,
        id: 'explain',
        path: '/registry/explain',
        summary: 'Whether the catalog has an image, URL, package or server, and which entry contains it or which rule keeps it out',
        description: 'Give exactly one of the parameters. What is not served is looked up in everything that the sources contain.',
        query: parameters,
        success: {
          status: 200,
          description: 'The verdict, in one sentence and in parts.',
          schema: () => registryExplainSchema.meta({ title: 'RegistryExplain' }),
          example: exampleExplain,
        },
        errors: ['badRequest', 'unprocessable', 'notReady', 'busy'],
      },
      async ({ query }, context) => {
        const subject = subjectOf(query);
        const snapshot = servedSnapshot(engine);
        const { metadata, spec } = engine.registry();
        const verdict = await explain({
          subject,
          snapshot,
          references: await references(snapshot),
          rowsNamed: (name) => rowsNamed(snapshot, name),
          search: (wanted) => search.find({ sources: engine.sourceData(), wanted }, context.gone()),
        });
        const kind = referenceKind(subject.kind);
        const compared = kind === undefined ? subject.text : (comparedForm(kind, subject.text) ?? null);
        return jsonAnswer(200, {
          registry: { name: metadata.name, namespace: metadata.namespace },
          snapshotHash: snapshot.header.hash,
          subject: { ...subject, compared },
          enforcement: enforcementOf(spec),
          ...verdict,
        } satisfies RegistryExplain);
      },
    ),
  ];
}

function subjectOf(query: Readonly<Record<string, string | undefined>>): Subject {
  const asked = explainSubjects.flatMap((kind) => {
    const text = query[kind]?.trim() ?? '';
    return text === '' ? [] : [{ kind, text }];
  });
  const [subject] = asked;
  if (subject === undefined || asked.length > 1)
    throw new HttpError('badRequest', `name exactly one of ${explainSubjects.join(', ')}, as in ?image=ghcr.io/example/weather:1.0.0`);
  return subject;
}

function enforcementOf({ enforceServers, enforcementMode }: MCPRegistry['spec']): RegistryExplain['enforcement'] {
  return enforceServers ? enforcementMode : 'off';
}

function imagesDocument(
  { name, namespace }: Readonly<{ name: string; namespace: string }>,
  snapshot: Snapshot,
  references: ReferenceIndex,
): RegistryImages {
  const { count, first } = references.unusable;
  return {
    registry: { name, namespace },
    snapshotHash: snapshot.header.hash,
    images: references.texts('images'),
    urls: references.texts('urls'),
    urlTemplates: references.templates,
    packages: references.texts('packages'),
    unusable: {
      count,
      first: first.map(({ row, text: reference, why }) => {
        const { name: server, version } = snapshot.keyAt(row);
        return { server, version, reference, why };
      }),
    },
  };
}
