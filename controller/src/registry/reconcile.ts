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
import { createInstallations, overlapNote, type Overlap } from './installations.ts';
import { podsOf } from './relations.ts';
import { createReportStep, soonest, type ReportDeps } from './report.ts';
import { isDeleting, type RegistryObject, type ValidRegistry } from './resource.ts';
import { servingObjects } from './serving.ts';
import { validate } from './validate.ts';

/** What a pass needs. */
export interface ReconcileDeps extends Omit<ChildrenDeps, 'installations'>, ReportDeps {
  readonly client: ChildrenDeps['client'] & ReportDeps['client'];
  readonly events?: Pick<EventRecorder, 'event' | 'record'>;
  /** Has the registry looked at again as soon as one of these changes, and forgets what it waited for if there are none. */
  readonly awaitChange: (registry: ObjectKey, blockers: readonly Blocker[]) => void;
  /** Whether the group's CRD is ours; what has another one of the same name is not ours to act upon. */
  readonly isServed: () => boolean;
}

/** After a refusal that only a change can end, how soon to look whether there was one that we cannot see. */
const REFUSED_AGAIN_MS = 60_000;

/** Failures in a row before the status tells of a transient one: most are over by then, and each would cost two writes. */
const FAILURES_UNTIL_SAID = 5;

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

    // Another process may lead by now, and pods are for that one to ask.
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
    if (passing !== undefined && !hasLasting && context.failures < FAILURES_UNTIL_SAID) throw passing.error;
    const againMs = await reports.report(object, { validation, children, pods }, context);
    if (passing !== undefined) throw passing.error;
    return { requeueAfterMs: soonest(againMs, hasLasting ? REFUSED_AGAIN_MS : undefined) };
  };

  async function bringInLine(registry: ValidRegistry, { signal }: ReconcileContext): Promise<AppliedChildren> {
    const failure = accessFailure(registry.namespace, informers);
    if (failure !== undefined) return { ...servingObjects(registry.object, informers), failure };
    return applyChildren(registry, { ...deps, installations }, signal);
  }

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
    deps.awaitChange(key, []);
    reports.forget(key);
    installations.forget(key);
    if (informers.namesakes.store.get(key) === undefined) namesakes.forget(key);
  }
}

/** What a part of a pass has come to. */
type Part = Pick<AppliedChildren, 'failure' | 'error' | 'blockers'> & { readonly isWanted?: boolean };

/** Each may fail by itself: the objects of a registry, what exposes it, and what exposed it before. */
function partsOf(children: AppliedChildren | undefined): readonly Part[] {
  return [children, children?.exposure, children?.exposure?.leftover].filter((part) => part !== undefined);
}

/** What failed in a pass: something that may be over at the next try, and whether something only a change can mend. */
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

/** What is not asked for and may not be seen: as soon as it may be, the registry is looked at anyway. */
function isUnseen({ isWanted, failure }: Part): boolean {
  return isWanted === false && failure?.reason === 'Forbidden';
}
