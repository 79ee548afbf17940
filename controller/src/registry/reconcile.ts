import {
  type Blocker,
  type EventRecorder,
  type ObjectKey,
  type Reconcile,
  type ReconcileContext,
  type ReconcileResult,
} from '@toolhive-registry/reconciler';
import { polledPod } from '../pods/pod.ts';
import { accessFailure } from './access.ts';
import { applyChildren, type AppliedChildren, type ChildrenDeps } from './children.ts';
import { createInstallations, overlapMessage, type Overlap } from './installations.ts';
import { podsOf } from './relations.ts';
import { createReportStep, soonest, type ReportDeps } from './report.ts';
import { isDeleting, type RegistryObject, type ValidRegistry } from './resource.ts';
import { servingObjects } from './serving.ts';
import { validate } from './validate.ts';

/** What a pass needs. */
export interface ReconcileDeps extends Omit<ChildrenDeps, 'installations'>, ReportDeps {
  readonly client: ChildrenDeps['client'] & ReportDeps['client'];
  readonly events?: Pick<EventRecorder, 'event' | 'record'>;
  /** Enqueues the registry as soon as one of these changes; an empty list cancels the wait. */
  readonly awaitChange: (registry: ObjectKey, blockers: readonly Blocker[]) => void;
  /** Whether the group's CRD is ours; objects of another CRD of the same name are left alone. */
  readonly isServed: () => boolean;
}

/** After a refusal that only a change can end: when to look for a change that we cannot watch. */
const REFUSED_AGAIN_MS = 60_000;

/** Failures in a row before the status reports a transient one: most are over by then, and each report would cost two writes. */
const FAILURES_UNTIL_REPORTED = 5;

/** The pass over one MCPRegistry: validate it, apply its children, follow its pods, write the status. */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { informers, poller, events, namesakes, isServed } = deps;
  const installations = createInstallations(deps);
  const reports = createReportStep(deps);

  return async (key, context) => {
    const object = informers.registries.store.get(key);
    if (object === undefined) return forget(key);
    if (!isServed()) return undefined;

    const validation = validate(object, informers);
    const { registry } = validation;
    const pods = podsOf(object, informers);
    const children = registry === undefined || isDeleting(object) ? undefined : await bringInLine(registry, context);

    // Another process may lead by now, and asking pods is up to that one.
    context.signal.throwIfAborted();
    poller?.follow(key, pods.flatMap(polledPod));
    deps.awaitChange(
      key,
      partsOf(children).flatMap(({ blockers = [] }) => blockers),
    );
    if (children?.overlap !== undefined) return leaveAlone(object, children.overlap, context);
    if (children?.namespaceEnds === true) {
      context.logger.debug({}, 'the namespace is being deleted');
      return undefined;
    }

    const { passing, hasLasting } = faultsOf(children);
    if (passing !== undefined && !hasLasting && context.failures < FAILURES_UNTIL_REPORTED) throw passing.error;
    const againMs = await reports.report(object, { validation, children, pods }, context);
    if (passing !== undefined) throw passing.error;
    return { requeueAfterMs: soonest(againMs, hasLasting ? REFUSED_AGAIN_MS : undefined) };
  };

  async function bringInLine(registry: ValidRegistry, { signal }: ReconcileContext): Promise<AppliedChildren> {
    const failure = accessFailure(registry.namespace, informers);
    if (failure !== undefined) return { ...servingObjects(registry.object, informers), failure };
    return applyChildren(registry, { ...deps, installations }, signal);
  }

  /** Children and status are the other installation's to write; users get one Event. */
  function leaveAlone(object: RegistryObject, overlap: Overlap, { logger }: ReconcileContext): ReconcileResult {
    if (overlap.isNew) {
      const note = overlapMessage(overlap.with, deps.installation);
      logger.warn({ installation: overlap.with }, note);
      events?.event(object, { type: 'Warning', reason: 'OverlappingInstallations', note });
    }
    return { requeueAfterMs: REFUSED_AGAIN_MS };
  }

  /** Forgets a deleted registry. Its objects are deleted through their owner references. */
  function forget(key: ObjectKey): undefined {
    poller?.follow(key, []);
    deps.awaitChange(key, []);
    reports.forget(key);
    installations.forget(key);
    if (informers.namesakes.store.get(key) === undefined) namesakes.forget(key);
  }
}

/** The outcome of one part of a pass. */
type Part = Pick<AppliedChildren, 'failure' | 'error' | 'blockers'> & { readonly isWanted?: boolean };

/** These may fail independently: the objects of a registry, what exposes it, and what exposed it before. */
function partsOf(children: AppliedChildren | undefined): readonly Part[] {
  return [children, children?.exposure, children?.exposure?.leftover].filter((part) => part !== undefined);
}

/** The failures of a pass: one that a retry may fix, and whether there is one that only a change can fix. */
function faultsOf(children: AppliedChildren | undefined): {
  readonly passing: { readonly error?: unknown } | undefined;
  readonly hasLasting: boolean;
} {
  const failed = partsOf(children);
  return {
    passing: failed.find(({ failure }) => failure?.transient),
    hasLasting: failed.some((part) => part.failure?.transient === false && !isUnseen(part)),
  };
}

/** Something that is neither wanted nor visible: the registry is reconciled anyway as soon as it becomes visible. */
function isUnseen({ isWanted, failure }: Part): boolean {
  return isWanted === false && failure?.reason === 'Forbidden';
}
