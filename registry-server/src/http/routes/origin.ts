import { createHash } from 'node:crypto';
import { serverOriginSchema } from '@toolhive-registry/api';
import { HttpError } from '../../errors.ts';
import { originOf } from '../../status/origin.ts';
import { rowsNamed, type Snapshot } from '../catalog.ts';
import { parameter } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import { anyName } from './catalog-parameters.ts';
import { route, type Route } from './route.ts';
import { rowNamed, servedSnapshot, snapshotAnswer, type ServerRoutesDeps } from './servers.ts';
import { exampleOrigin } from './toolhive-examples.ts';

const version = parameter(
  { type: 'string', description: 'Version of the server; the latest if absent, or "latest".', examples: ['1.0.0'] },
  (text) => text,
);

/** Where an entry comes from: for everyone who may read the catalog. */
export function originRoute({ engine, names }: Pick<ServerRoutesDeps, 'engine' | 'names'>): Route {
  return route(
    {
      id: 'getServerOrigin',
      methods: ['GET'],
      path: '/api/v1/registry/servers/{serverName}/origin',
      ports: ['public'],
      tag: 'toolhive',
      summary: 'Where a served entry comes from: its source, the file in it, and its revision',
      description:
        'The revision is the commit of a Git source; other sources have none. Other sources that have a server of this name are named in alsoIn.',
      params: anyName,
      query: { version },
      success: {
        status: 200,
        tagged: true,
        description: 'Where it comes from.',
        schema: () => serverOriginSchema.meta({ title: 'ServerOrigin' }),
        example: exampleOrigin,
      },
      errors: ['badRequest', 'notFound', 'notReady'],
    },
    async ({ params, query }, { audience }) => {
      const snapshot = servedSnapshot(engine);
      const { row: latest } = rowNamed(await names(snapshot), params.serverName);
      const row = query.version === undefined || query.version === 'latest' ? latest : rowOfVersion(snapshot, latest, query.version);
      const origin = originOf(snapshot, row, engine.status(), audience);
      // The revision moves without what is served, and so may the type.
      const tag = createHash('sha256').update(JSON.stringify(origin.source)).digest('hex').slice(0, 12);
      return snapshotAnswer(snapshot, JSON.stringify(origin), { tag });
    },
  );
}

/** The row of another version of the same server. Throws an HttpError that lists the existing ones. */
function rowOfVersion(snapshot: Snapshot, latest: number, wanted: string): number {
  const { name } = snapshot.keyAt(latest);
  const rows = rowsNamed(snapshot, name).filter((row) => !snapshot.keyAt(row).deleted);
  const versions = rows.map((row) => snapshot.keyAt(row).version);
  const row = rows[versions.indexOf(wanted)];
  if (row !== undefined) return row;
  throw new HttpError('notFound', `Version not found: ${name} has no version "${shorten(wanted)}"; it has ${shorten(versions.join(', '))}`);
}
