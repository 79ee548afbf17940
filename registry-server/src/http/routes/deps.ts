import type { Metrics } from '../../metrics.ts';
import type { CatalogFiles } from '../files/catalog-files.ts';
import type { Lane } from '../lane.ts';
import type { PageSource } from '../ui/page-source.ts';
import type { SyncEngine } from '../../sync/engine.ts';
import type { BuildInfo } from '../../version.ts';

/** What the routes need of the server. */
export interface RegistryDeps {
  readonly engine: Pick<
    SyncEngine,
    'snapshot' | 'registry' | 'status' | 'onUpdate' | 'request' | 'rollback' | 'kept' | 'seed' | 'sourceData'
  >;
  readonly metrics: Pick<Metrics, 'text' | 'syncCounters'>;
  readonly build: BuildInfo;
  /** Whole catalogs on the disk. */
  readonly files: CatalogFiles;
  /** For what takes long. */
  readonly lane: Lane;
  /** The page for browsers; undefined where there is to be none. */
  readonly page: PageSource | undefined;
  /** Aborted when the server is told to stop. */
  readonly draining: AbortSignal;
}
