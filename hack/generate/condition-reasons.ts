import { REASONS, type ReasonFacts } from '../../api/src/reasons.ts';
import { markdownTable, withPart } from './markdown.ts';

/** A reason of a condition of an MCPRegistry that is not a failure of a source: api/src/reasons.ts has those. */
export interface ConditionReason {
  /** Conditions that it is in, each with the status that it goes with. */
  readonly conditions: string;
  /** The type of the Event that is recorded when it appears; absent: none. */
  readonly event?: 'Normal' | 'Warning';
  readonly meaning: string;
  /** What to do, as a sentence; absent: nothing. */
  readonly remedy?: string;
}

/** A pod that does not start: it holds up a rollout, or the whole registry. */
const HELD_UP = { conditions: '`Reconciling` True, `Ready` False', event: 'Warning' } as const;
/** The pods cannot even be made. */
const NO_PODS = { conditions: '`Stalled` True, `Ready` False', event: 'Warning' } as const;
/** The API server refuses an object. A temporary refusal is Reconciling; a permanent one, Stalled. */
const REFUSED = '`Stalled` or `Reconciling` True, `Ready` False';
const ENFORCEMENT = '`EnforcementActive`';

/** Every reason that the controller gives, by the words that it takes from the kubelet and the scheduler too. */
export const CONDITION_REASONS: Readonly<Record<string, ConditionReason>> = {
  Ready: { conditions: '`Ready` True', event: 'Normal', meaning: 'At least one replica serves a catalog.' },
  NotReady: {
    conditions: '`Ready` False, `Reconciling` True',
    meaning: 'No replica serves a catalog yet.',
    remedy: 'The message says which one; what the source reports follows.',
  },
  ScaledToZero: {
    conditions: '`Ready` False',
    meaning: 'Somebody scaled the Deployment to zero.',
    remedy: 'Scale it up, or leave it: nothing alerts.',
  },
  RollingOut: { conditions: '`Reconciling` True', meaning: 'The registry is served, and its pods are being replaced.' },
  Terminating: { conditions: '`Ready` False, `Reconciling` True', meaning: 'The registry is being deleted, with its objects.' },
  ValidationFailed: {
    conditions: '`Stalled` True, `Ready` False, `PodTemplateValid` Unknown',
    event: 'Warning',
    meaning: 'The spec has an error that the API server could not detect.',
    remedy: 'Correct the field that the message names. A field of that name that the CRD lacks: upgrade the CRD.',
  },
  ValidPodTemplateSpec: { conditions: '`PodTemplateValid` True', meaning: 'The pod template was accepted.' },
  InvalidPodTemplateSpec: {
    conditions: '`PodTemplateValid` False, with `DeploymentFailed` in `Stalled`',
    meaning: 'The API server refuses the Deployment that `podTemplateSpec` makes; running pods stay.',
    remedy: 'Correct the field that the message names.',
  },
  ...Object.fromEntries(
    ['ConfigMap', 'ServiceAccount', 'Service', 'NetworkPolicy', 'PodDisruptionBudget', 'Deployment', 'Ingress', 'HTTPRoute'].map((kind) => [
      `${kind}Failed`,
      {
        conditions: REFUSED,
        event: 'Warning' as const,
        meaning: `The ${kind} of the registry cannot be created or changed; the message has the API server's words. While it is tried again there is no Event.`,
        remedy: 'Fix what the message names: a quota, a webhook, a permission, or an object of that name that belongs to someone else.',
      },
    ]),
  ),
  WaitingForDeletion: {
    conditions: '`Reconciling` True, `Ready` False',
    meaning: 'An object of a deleted registry of the same name is still there.',
    remedy: 'Wait: after half a minute the registry takes it over. If it stays, look at the finalizers of the object.',
  },
  NameTaken: {
    conditions: '`Stalled` True, `Ready` False',
    event: 'Warning',
    meaning: 'A registry of the same name, of the other API group, has the objects.',
    remedy: 'Delete one of them, or rename one.',
  },
  Forbidden: {
    conditions: '`Stalled` True, `Ready` Unknown or False',
    event: 'Warning',
    meaning: 'The controller may not list and watch in this namespace what a registry is made of. It asks again every half minute.',
    remedy: 'Give it the permissions that the chart grants; the message names what is missing.',
  },
  AnotherWriter: {
    conditions: '`Stalled` True, `Ready` False',
    event: 'Warning',
    meaning:
      "Another program applies the same object under this controller's field manager name: it changed the same field three times within ten minutes, or deleted or made an object five times within a minute. The object is left alone for ten minutes, then longer, up to a day.",
    remedy: 'Stop the other program, such as a second controller without leader election.',
  },
  Unschedulable: {
    ...HELD_UP,
    meaning: "No node takes the pod; the message has the scheduler's words.",
    remedy: 'Make room, or correct resources, node selectors and tolerations.',
  },
  ImagePullBackOff: {
    ...HELD_UP,
    meaning: 'The image cannot be pulled.',
    remedy: 'Correct `registryDefaults.image` of the chart, name a pull Secret, or bring the image to the nodes.',
  },
  ErrImageNeverPull: {
    ...HELD_UP,
    meaning: 'The image is not on the node and must not be pulled.',
    remedy: 'Bring the image to the nodes, or change the pull policy.',
  },
  InvalidImageName: { ...HELD_UP, meaning: 'The name of the image cannot be read.', remedy: 'Correct it.' },
  CreateContainerConfigError: {
    ...HELD_UP,
    meaning: 'The container cannot be set up: a Secret or ConfigMap that `env` names, or a security context.',
    remedy: 'Create what the message names, or correct the security context.',
  },
  CreateContainerError: {
    ...HELD_UP,
    meaning: 'The container cannot be created.',
    remedy: 'Correct what the message names, such as a volume.',
  },
  RunContainerError: { ...HELD_UP, meaning: 'The container cannot be started.', remedy: 'Correct what the message names.' },
  CrashLoopBackOff: {
    ...HELD_UP,
    meaning: 'The container ends again and again; the message has its exit code and last output.',
    remedy: 'Read `kubectl logs POD --previous`. With `OOMKilled` raise the memory limit.',
  },
  PodNotReady: {
    ...HELD_UP,
    meaning: 'The pod runs and has nothing to serve; the message has what its `/readiness` says.',
    remedy: 'Fix the source or the disk that the message names.',
  },
  NodeLost: {
    ...HELD_UP,
    meaning: 'The node of the pod does not answer.',
    remedy: '`kubectl get nodes`; delete the node if it is gone for good.',
  },
  NodeNotReady: { ...HELD_UP, meaning: 'The node of the pod is not ready.', remedy: '`kubectl describe node NODE` says why.' },
  Evicted: {
    ...HELD_UP,
    meaning: 'The node evicted the pod.',
    remedy: 'Make room for what the message says the node was short of.',
  },
  FailedMount: {
    ...HELD_UP,
    meaning:
      'A volume cannot be mounted. As this one, the reason of any last warning Event about a pod is passed on: `FailedAttachVolume`, `Unhealthy` and others.',
    remedy: 'Fix what the message names.',
  },
  RolloutPaused: {
    ...HELD_UP,
    meaning: 'Somebody paused the Deployment.',
    remedy: 'Run the command in the message, `kubectl rollout resume`.',
  },
  QuotaExceeded: {
    ...NO_PODS,
    meaning: 'A ResourceQuota leaves no room for the pods.',
    remedy: 'Raise the quota, or lower the resources.',
  },
  PolicyDenied: {
    ...NO_PODS,
    meaning: 'Pod security, a LimitRange or an admission policy refuses the pods.',
    remedy: 'Correct `podTemplateSpec`, or the policy that the message names.',
  },
  FailedCreate: {
    ...NO_PODS,
    meaning: 'The pods cannot be created for another reason.',
    remedy: 'The message has the words of the API server.',
  },
  ProgressDeadlineExceeded: {
    conditions: '`Stalled` True; `Ready` False where nothing is served',
    event: 'Warning',
    meaning: 'The Deployment has given up a rollout, 10 minutes without progress by default.',
    remedy: 'See why the new pods do not start: the message says what holds them up.',
  },
  SourceFound: { conditions: '`SourceAvailable` True', meaning: 'Every source can be read.' },
  DataValid: { conditions: '`DataValid` True', meaning: 'The data of every source are valid.' },
  SyncSuccessful: { conditions: '`SyncSuccessful` True', meaning: 'The last sync read every source.' },
  Pending: { conditions: '`SourceAvailable`, `DataValid`, `SyncSuccessful` Unknown', meaning: 'A source has not been asked yet.' },
  NotReported: {
    conditions: '`SourceAvailable`, `DataValid`, `SyncSuccessful` Unknown',
    meaning: 'No pod has reported anything yet, or a ready pod has not answered for ten seconds.',
    remedy: 'Let the controller reach port 8081 of the pods: look at NetworkPolicies of the namespace.',
  },
  ReplicasDiffer: {
    conditions: '`SyncSuccessful` Unknown',
    meaning: 'Ready pods have served different catalogs for ten seconds.',
    remedy: 'The message shows how they differ. Ask for a sync; check whether one of them cannot reach a source.',
  },
  Enforcing: { conditions: `${ENFORCEMENT} True`, event: 'Normal', meaning: 'What is not in the catalog is refused.' },
  Auditing: { conditions: `${ENFORCEMENT} True`, event: 'Normal', meaning: 'What is not in the catalog is let in with a warning.' },
  ...Object.fromEntries(
    (
      [
        ['NoCatalog', 'True', 'No catalog of the registry is known yet, so that nothing is allowed.'],
        ['ListTooLarge', 'True or False', 'The list of what is allowed does not fit; an older one is in force, or none.'],
        ['ListUnknown', 'True or False', "The registry's pod did not say what its catalog lists."],
        ['Unguarded', 'True', 'Anyone who may write ConfigMaps can change what is allowed.'],
        ['PoliciesOff', 'False', 'The chart does not install the admission policies.'],
        ['PolicyMissing', 'False', 'A policy or its binding is not there.'],
        ['PolicyChanged', 'False', 'Somebody changed a policy.'],
        ['PolicyForbidden', 'False', 'The controller may not list policies.'],
        ['NotAsked', 'True or False', 'Registries are not asked what they list: `registryDefaults.access` is `none`.'],
        ['WriteFailed', 'True or False', 'The list could not be written.'],
      ] as const
    ).map(([reason, status, meaning]) => [
      reason,
      {
        conditions: `${ENFORCEMENT} ${status}`,
        event: 'Warning' as const,
        meaning,
        remedy: '[Enforcement](../enforcement.md#the-condition-enforcementactive) has the remedy.',
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['AddressAssigned', '`Exposed` True', 'Normal', 'The ingress controller has set an address on the Ingress.'],
        ['Accepted', '`Exposed` True', 'Normal', 'The Gateway accepts the HTTPRoute.'],
        [
          'NotRemoved',
          '`Exposed` True or Unknown',
          'Warning',
          'What exposes the registry could not be deleted; Unknown: it is being deleted.',
        ],
        ['NoAddress', '`Exposed` Unknown', undefined, 'No ingress controller has set an address on the Ingress.'],
        ['NoReport', '`Exposed` Unknown', undefined, 'No controller has reported on the HTTPRoute.'],
        ['SharedAddress', '`Exposed` Unknown', 'Warning', 'Other registries have the same host and path.'],
        ['NotApplied', '`Exposed` Unknown', undefined, 'What exposes the registry is not there yet.'],
        ['NotAllowed', '`Exposed` False, `Stalled` True', 'Warning', 'The installation does not allow what `spec.expose` asks for.'],
        [
          'NotAccepted',
          '`Exposed` False or Unknown',
          'Warning',
          'The Gateway does not serve the HTTPRoute, and names no reason. It may give one of the Gateway API.',
        ],
      ] as const
    ).map(([reason, conditions, event, meaning]) => [
      reason,
      {
        conditions,
        ...(event === undefined ? {} : { event }),
        meaning,
        remedy: '[Exposing a registry](../exposing.md#the-condition-exposed) has the remedy.',
      },
    ]),
  ),
  NotChecked: { conditions: `${ENFORCEMENT} Unknown`, meaning: 'The controller has just started.' },
};

/** The document with the table of all reasons, those of sources among them, in the order of the alphabet. */
export function withConditionReasons(document: string, path: string): string {
  const part = { word: 'condition reasons', from: 'hack/generate/condition-reasons.ts' };
  return withPart(document, path, part, table());
}

function table(): string {
  const own = Object.entries(CONDITION_REASONS).map(([reason, facts]) => [
    `\`${reason}\``,
    facts.conditions,
    eventText(reason, facts),
    `${facts.meaning} ${facts.remedy ?? ''}`.trim(),
  ]);
  const ofSources = Object.entries<ReasonFacts>(REASONS).map(([reason, { condition, event, meaning, remedy }]) => [
    `\`${reason}\``,
    condition === 'SyncSuccessful' ? '`SyncSuccessful` False' : `\`${condition}\` and \`SyncSuccessful\` False`,
    `\`${event}\``,
    `${meaning} ${remedy}`,
  ]);
  const rows = [...own, ...ofSources].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return markdownTable(['reason', 'stands in', 'Event', 'what it means and what to do'], rows);
}

/** Good news of enforcement and exposure have the name of the condition. */
function eventText(reason: string, { event, conditions }: ConditionReason): string {
  if (event === undefined) return '';
  return event === 'Normal' && reason !== 'Ready' ? (conditions.split(' ')[0] ?? '') : `\`${reason}\``;
}
