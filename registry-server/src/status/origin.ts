import type { ServerOrigin } from '@toolhive-registry/api';
import type { Snapshot } from '@toolhive-registry/catalog';
import type { EngineStatus } from '../sync/engine.ts';
import type { Audience } from './document.ts';
import { revisionOf } from './revision.ts';

/** Maximum number of versions of other sources that are listed. */
const MAX_ALSO_IN = 10;
/** Most of them that are looked at for the sources that they are in. */
const MAX_LOOKED_AT = 1_000;

/** Where the entry of a row comes from. `snapshot` is what is served. */
export function originOf(snapshot: Snapshot, row: number, status: EngineStatus, audience: Audience): ServerOrigin {
  const { name: server, version } = snapshot.keyAt(row);
  const name = snapshot.header.sources[snapshot.sourceAt(row)]?.name ?? '';
  const type = status.configuration.plan.sources.get(name)?.source.type;
  const revision = revisionOf({ ...status, snapshot }, name);
  const file = snapshot.fileAt(row);
  const alsoIn = alsoInOf(snapshot, server, audience);
  return {
    server,
    version,
    source: { name, ...(type === undefined ? {} : { type }), ...(revision === undefined ? {} : { revision }) },
    ...(file === undefined ? {} : { file }),
    ...(alsoIn.length === 0 ? {} : { alsoIn }),
  };
}

/** The public of a cluster does not see versions that are not served. */
function alsoInOf(snapshot: Snapshot, server: string, audience: Audience): NonNullable<ServerOrigin['alsoIn']> {
  if (audience === 'operator') return [...snapshot.shadowed(server, MAX_ALSO_IN)];
  const sources = new Set(snapshot.shadowed(server, MAX_LOOKED_AT).map(({ source }) => source));
  return [...sources].slice(0, MAX_ALSO_IN).map((source) => ({ source }));
}
