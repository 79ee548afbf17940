export { AnotherWriter } from './apply/another-writer.ts';
export { Applier, statusOf } from './apply/applier.ts';
export type {
  ApplierOptions,
  ApplyIfNeededOptions,
  ApplyObserver,
  ApplyResult,
  ApplyStatusOptions,
  DeleteIfOursOptions,
} from './apply/applier.ts';
export { applySet } from './apply/apply-set.ts';
export type { AppliedObject, ApplySetFailure, ApplySetOptions, ApplySetResult, Desired, LiveObjects } from './apply/apply-set.ts';
export type { Fight } from './apply/fights.ts';
export { addFinalizer, hasFinalizer, removeFinalizer } from './apply/finalizers.ts';
export { forgetDeleted } from './apply/forget.ts';
export type { DeletionSource } from './apply/forget.ts';
export { hashOf, sameJson, withoutNulls } from './apply/json.ts';
export { needsApply } from './apply/needs-apply.ts';
export type { ApplyDecision } from './apply/needs-apply.ts';
export { controllerOf, isControlledBy, isLeftoverOf, NotOurs, ownedBy, refuseForeign } from './apply/ownership.ts';
export type { Owner } from './apply/ownership.ts';
export { backoffMs } from './backoff.ts';
export type { BackoffOptions } from './backoff.ts';
export { ControllerBuilder } from './builder/controller-builder.ts';
export type { BuilderHost, BuilderOptions, FollowOptions, InformerSelection, ReconcileObject } from './builder/controller-builder.ts';
export type { DesiredObject, ReconcileRequest } from './builder/request.ts';
export { Blockers } from './changes/blockers.ts';
export type { Blocker, BlockersOptions } from './changes/blockers.ts';
export { waitForChange } from './changes/wait-for-change.ts';
export type { ChangeSelection, WaitOptions } from './changes/wait-for-change.ts';
export { kubeConfigAccess, loadKubeConfig } from './client/access.ts';
export type { ClusterAccess, Credentials, LoadKubeConfigOptions } from './client/access.ts';
export type {
  ApiClient,
  ApplyOptions,
  CallOptions,
  CreateOptions,
  DeleteOptions,
  GetOptions,
  ListOptions,
  ListResult,
  ObjectRef,
  PatchOptions,
  WatchOptions,
  WriteOptions,
} from './client/api-client.ts';
export { KubeClient } from './client/client.ts';
export type { KubeClientOptions } from './client/client.ts';
export type { ApiErrorInit } from './client/errors.ts';
export {
  isConflict,
  isForbidden,
  isGone,
  isInvalid,
  isNotFound,
  isOutage,
  isResourceVersionTooLarge,
  KubeApiError,
  KubeConnectionError,
  KubeDecodeError,
} from './client/errors.ts';
export { intercept } from './client/intercept.ts';
export type { ApiCall, Interceptor } from './client/intercept.ts';
export {
  apiVersionOf,
  CONFIG_MAPS,
  CUSTOM_RESOURCE_DEFINITIONS,
  DEPLOYMENTS,
  ENDPOINT_SLICES,
  EVENTS,
  groupOf,
  HTTP_ROUTES,
  INGRESSES,
  NAMESPACES,
  NETWORK_POLICIES,
  POD_DISRUPTION_BUDGETS,
  PODS,
  REPLICA_SETS,
  RESOURCE_QUOTAS,
  resourcePath,
  SERVICE_ACCOUNTS,
  SERVICES,
} from './client/kinds.ts';
export type { ResourceKind, ResourceTarget } from './client/kinds.ts';
export { Reachability } from './client/reachability.ts';
export type { RecoveryListener } from './client/reachability.ts';
export type { HttpMethod, RawRequest, RequestObserver } from './client/transport.ts';
export { isInitialEventsEnd, WatchSilenceError } from './client/watch.ts';
export type { WatchEvent } from './client/watch.ts';
export { sleep, systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { Controller, createController, ownerKeys } from './controller/controller.ts';
export type { ControllerOptions, Leads } from './controller/controller.ts';
export { RequeueAfter, TerminalError } from './controller/errors.ts';
export {
  and,
  annotationsChanged,
  deletionStarted,
  finalizersChanged,
  generationChanged,
  ignoreStatusChanges,
  labelsChanged,
  not,
  ofType,
  or,
} from './controller/predicates.ts';
export { watchSource } from './controller/types.ts';
export type {
  ControllerObserver,
  EventSource,
  OwnedSource,
  Predicate,
  Reconcile,
  ReconcileContext,
  ReconcileOutcome,
  ReconcileResult,
  WatchedSource,
} from './controller/types.ts';
export { microTime } from './events/micro-time.ts';
export { EventRecorder } from './events/recorder.ts';
export type { EventInput, Reporter } from './events/event-body.ts';
export type { EventRecorderOptions } from './events/recorder.ts';
export type { InformerEvent, InformerListener } from './informer/events.ts';
export { Informer } from './informer/informer.ts';
export type { InformerOptions } from './informer/informer.ts';
export type { AccessListener } from './informer/namespace-access.ts';
export type { Gate, InformerStats, ReflectorTimes } from './informer/reflector-options.ts';
export { Store } from './informer/store.ts';
export type { IndexFunction, ReadableStore } from './informer/store.ts';
export { guardWrites, NotLeading } from './leadership/guard.ts';
export { LEASES } from './leadership/lease.ts';
export type { Lease, LeaseSpec } from './leadership/lease.ts';
export type { LeaseTimes } from './leadership/lease-elector.ts';
export { LeaseLeadership } from './leadership/lease-leadership.ts';
export type { LeaseLeadershipOptions, LeaseScope } from './leadership/lease-leadership.ts';
export type { Leadership, LeadershipChange } from './leadership/types.ts';
export { silentLogger, stderrLogger, withFields } from './logger.ts';
export type { Logger } from './logger.ts';
export { parseAddress } from './manager/address.ts';
export type { ListenAddress } from './manager/address.ts';
export type { TlsFiles } from './manager/certificate.ts';
export type { Check } from './manager/checks.ts';
export { Manager } from './manager/manager.ts';
export type { ManagerOptions, RunnableInformer } from './manager/manager.ts';
export { createFrameworkMetrics } from './manager/metrics.ts';
export type { FrameworkMetrics } from './manager/metrics.ts';
export { formatKey, isRecord, keyOf, parseKey } from './objects.ts';
export type { KubeObject, ManagedFieldsEntry, ObjectKey, ObjectMeta, OwnerReference } from './objects.ts';
export type { Runnable } from './runnable.ts';
export { Sharing } from './sharing.ts';
export { signalOf } from './signals.ts';
export { dateCondition, findCondition, isConditionTrue, setCondition } from './status/conditions.ts';
export type { Condition, ConditionDraft } from './status/conditions.ts';
export { WrittenStatuses } from './status/written-statuses.ts';
export { PRIORITY, WorkQueue } from './queue/work-queue.ts';
export type { QueueObserver, WorkQueueOptions } from './queue/work-queue.ts';
export { inSpan, traceCalls } from './trace.ts';
export type { Tracer, TraceSpan } from './trace.ts';
