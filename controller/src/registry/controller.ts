import {
  createController,
  ignoreStatusChanges,
  keyOf,
  ofType,
  watchSource,
  type Controller,
  type Logger,
  type ObjectKey,
} from '@toolhive-registry/reconciler';
import { BY_SOURCE, childInformers, registryOfPod } from './informers.ts';
import { createReconcile, type ReconcileDeps } from './reconcile.ts';
import { ownConfigMaps } from './taken-names.ts';

/** What the controller of MCPRegistries needs. */
export interface RegistryControllerDeps extends ReconcileDeps {
  /** Registries that are worked on at once. */
  readonly concurrency: number;
  readonly logger: Logger;
}

/** Longest wait after failures in a row: somebody has mended the cause and looks at the registry. */
const MAX_BACKOFF_MS = 60_000;

/** Creates the controller: which changes have which registries looked at. */
export function createRegistryController({ concurrency, logger, ...deps }: RegistryControllerDeps): Controller {
  const { registries, sources, pods } = deps.informers;
  const needing = (namespace: string, configMap: string): ObjectKey[] =>
    registries.store.byIndex(BY_SOURCE, `${namespace}/${configMap}`).map(keyOf);
  return createController({
    name: 'mcpregistry',
    primary: registries,
    predicate: ignoreStatusChanges,
    owns: childInformers(deps.informers),
    watches: [
      watchSource(sources, ({ metadata: { namespace = '', name } }) => needing(namespace, name)),
      // A registry that comes or goes takes the names of its ConfigMaps from the others, or gives them back.
      watchSource(
        registries,
        ({ metadata: { namespace = '', name } }) => ownConfigMaps(name).flatMap((configMap) => needing(namespace, configMap)),
        ofType('add', 'delete'),
      ),
      watchSource(pods, (pod) => registryOfPod(pod).map((name) => ({ namespace: pod.metadata.namespace ?? '', name }))),
    ],
    reconcile: createReconcile(deps),
    concurrency,
    maxBackoffMs: MAX_BACKOFF_MS,
    logger,
  });
}
