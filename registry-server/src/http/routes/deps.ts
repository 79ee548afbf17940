import type { Metrics } from '../../metrics.ts';
import type { CatalogFiles } from '../files/catalog-files.ts';
import type { Lane } from '../lane.ts';
import type { PageSource } from '../ui/page-source.ts';
import type { SyncEngine } from '../../sync/engine.ts';
import type { BuildInfo } from '../../version.ts';

/** Dependencies of the routes. */
export interface RegistryDeps {
  readonly engine: Pick<
    SyncEngine,
    'snapshot' | 'registry' | 'status' | 'onUpdate' | 'request' | 'rollback' | 'kept' | 'seed' | 'sourceData'
  >;
  readonly metrics: Pick<Metrics, 'text' | 'syncCounters'>;
  readonly build: BuildInfo;
  /** Complete catalogs on disk. */
  readonly files: CatalogFiles;
  /** For slow requests. */
  readonly lane: Lane;
  /** The page for browsers; undefined if it is turned off. */
  readonly page: PageSource | undefined;
  /** Aborted when the server stops. */
  readonly draining: AbortSignal;
}
