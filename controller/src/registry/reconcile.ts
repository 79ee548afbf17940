import {
  formatKey,
  type EventRecorder,
  type ObjectKey,
  type Reconcile,
  type ReconcileContext,
  type ReconcileResult,
} from '@toolhive-registry/reconciler';
import { polledPod } from '../pods/pod.ts';
import { applyChildren, type ChildrenDeps } from './children.ts';
import { BY_REGISTRY } from './informers.ts';
import { createInstallations, overlapNote, type Overlap } from './installations.ts';
import { isDeleting, type RegistryObject } from './resource.ts';
import { observe, type ObserveDeps } from './observe.ts';
import { createStatusStep, type StatusDeps } from './status/write.ts';
import { validate } from './validate.ts';

/** What a pass needs. */
export interface ReconcileDeps extends Omit<ChildrenDeps, 'installations'>, ObserveDeps, StatusDeps {
  readonly events?: Pick<EventRecorder, 'event' | 'record'>;
  /** Another number each time that this process gains or loses leadership. */
  readonly leadershipTerm?: (() => number) | undefined;
}

/** After a refusal that only a change can end, how soon to look whether there was one that we cannot see. */
const REFUSED_AGAIN_MS = 60_000;

/** Failures in a row before the status tells of a transient one: most are over by then, and each would cost two writes. */
const FAILURES_UNTIL_SAID = 5;

/** The pass over one MCPRegistry: validate it, apply its children, follow its pods, write the status. */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { informers, poller, events } = deps;
  const statuses = createStatusStep(deps);
  const installations = createInstallations(deps);

  return async (key, context) => {
    const object = informers.registries.store.get(key);
    if (object === undefined) return forget(key);

    const validation = validate(object, { registries: informers.registries.store, configMaps: informers.sources.store });
    const { registry } = validation;
    const pods = informers.pods.store.byIndex(BY_REGISTRY, formatKey(key));
    const children =
      registry === undefined || isDeleting(object) ? undefined : await applyChildren(registry, { ...deps, installations }, context.signal);

    poller?.follow(key, pods.flatMap(polledPod));
    if (children?.overlap !== undefined) return leaveAlone(object, children.overlap, context);
    if (children?.namespaceEnds === true) {
      context.logger.debug({}, 'the namespace is being deleted');
      return undefined;
    }

    const isTransient = children?.failure?.transient === true;
    if (isTransient && context.failures < FAILURES_UNTIL_SAID) throw children.error;
    await statuses.write(object, observe(object, { validation, children, pods }, deps), context);
    if (isTransient) throw children.error;

    return children?.failure === undefined ? undefined : { requeueAfterMs: REFUSED_AGAIN_MS };
  };

  /** Children and status are the other installation's to write; a user hears of it once. */
  function leaveAlone(object: RegistryObject, overlap: Overlap, { logger }: ReconcileContext): ReconcileResult {
    if (overlap.isNew) {
      const note = overlapNote(overlap.with, deps.installation);
      logger.warn({ installation: overlap.with }, note);
      events?.event(object, { type: 'Warning', reason: 'OverlappingInstallations', note });
    }
    return { requeueAfterMs: REFUSED_AGAIN_MS };
  }

  /** What there was of a registry that is gone. Its objects go by their owner references. */
  function forget(key: ObjectKey): undefined {
    poller?.follow(key, []);
    statuses.forget(key);
    installations.forget(key);
  }
}
