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

/** Longest backoff after consecutive failures, in milliseconds: somebody is waiting for the edit to be served. */
const MAX_BACKOFF_MS = 60_000;

/** What the controller of volumes needs. */
export interface VolumesControllerDeps extends VolumesDeps {
  /** Name of the controller, in logs and metrics. */
  readonly name: string;
  /** Whether the group's CRD is ours; objects of another CRD of the same name are left alone. */
  readonly isServed: () => boolean;
  readonly informers: Informers;
  readonly concurrency: number;
  readonly logger: Logger;
}

/**
 * Creates the controller that makes kubelets refresh mounted ConfigMaps when those change. It runs on every replica: it writes a hash of what is mounted, so
 * that two may write it, and edits are served even while nobody leads.
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
