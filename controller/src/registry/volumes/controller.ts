import {
  createController,
  ignoreStatusChanges,
  watchSource,
  type Controller,
  type Logger,
  type ReconcileContext,
} from '@toolhive-registry/reconciler';
import type { Informers } from '../informers.ts';
import { podRegistry, podsOf, registriesReading } from '../relations.ts';
import { createVolumesStep, type VolumesDeps } from './refresh.ts';

/** Longest wait after failures in a row, in milliseconds: somebody waits for the edit to be served. */
const MAX_BACKOFF_MS = 60_000;

/** What the controller of volumes needs. */
export interface VolumesControllerDeps extends VolumesDeps {
  /** Of the controller, in logs and metrics. */
  readonly name: string;
  /** Whether the group's CRD is ours; what has another one of the same name is not ours to act upon. */
  readonly isServed: () => boolean;
  readonly informers: Informers;
  readonly concurrency: number;
  readonly logger: Logger;
}

/**
 * Creates the controller that has kubelets look at mounted ConfigMaps once those change. It works on every replica: what it writes is a hash of what
 * is mounted, so that two may write it, and edits are served while nobody leads.
 */
export function createVolumesController({ name, isServed, concurrency, logger, ...deps }: VolumesControllerDeps): Controller {
  const { registries, configMaps, sources, pods } = deps.informers;
  const volumes = createVolumesStep(deps);
  return createController({
    name,
    needsLeadership: false,
    primary: registries,
    predicate: ignoreStatusChanges,
    owns: [configMaps],
    watches: [watchSource(sources, registriesReading(registries)), watchSource(pods, podRegistry)],
    reconcile: async (key, context: ReconcileContext) => {
      const object = registries.store.get(key);
      if (object === undefined) return volumes.forget(key);
      if (!isServed()) return undefined;
      return { requeueAfterMs: await volumes.refresh(object, podsOf(object, deps.informers), context) };
    },
    concurrency,
    maxBackoffMs: MAX_BACKOFF_MS,
    logger,
  });
}
