import { isReady } from '@toolhive-registry/api/pods';
import { ageOf } from '../../../terminal/age.ts';
import type { ControllerFacts, LeaseFacts, MissingPermission } from '../facts.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';
import { versionOf } from './controller-version.ts';
import { firstTrouble, podRemedy } from './pods.ts';

/** What checks of a controller go by besides it. */
export interface ControllerContext {
  readonly ownVersion: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Whether a controller runs, is the one that this program belongs to, leads, and may do what it does. */
export function checkController(facts: ControllerFacts, context: ControllerContext): Finding[] {
  const { deployment, leases, settings } = facts;
  if ((deployment.spec.replicas ?? 1) === 0) return [paused(facts), checkVersions(facts, context), checkPermissions(facts)];
  const led = settings.leaderElectionNamespace === undefined ? [ok('leader', 'there is no leader election: it always works')] : [];
  return [
    checkPods(facts),
    checkVersions(facts, context),
    ...led,
    ...leases.map((lease) => checkLease(lease, facts, context.now)),
    checkPermissions(facts),
  ];
}

function paused({ deployment: { metadata } }: ControllerFacts): Finding {
  return warning(
    'pods',
    'it is paused: replicas is 0; registries keep serving, but changes have no effect',
    `kubectl scale deployment/${metadata.name} --namespace ${metadata.namespace ?? ''} --replicas=1`,
  );
}

function checkPods({ deployment, pods }: ControllerFacts): Finding {
  const { metadata, spec, status } = deployment;
  const { namespace = '', name } = metadata;
  const wanted = spec.replicas ?? 1;
  const ready = status?.readyReplicas ?? 0;
  const counts = `${ready} of ${wanted} pods are ready`;
  if (ready >= wanted) return ok('pods', counts);
  const report = ready === 0 ? problem : warning;
  const failed = status?.conditions?.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
  if (failed !== undefined)
    return report('pods', `${counts}: they cannot be made: ${failed.message ?? ''}`, 'change the quota or policy that the message names');
  if (pods.is === 'unseen')
    return report('pods', `${counts}, and ${pods.why}`, `kubectl describe deployment/${name} --namespace ${namespace}`);
  const trouble = firstTrouble(pods.value.filter((pod) => !isReady(pod)));
  if (trouble === undefined)
    return report('pods', `${counts}, and there is no pod for the others`, `kubectl describe deployment/${name} --namespace ${namespace}`);
  return report('pods', `${counts}: pod ${trouble.pod}: ${trouble.message}`, podRemedy(trouble, namespace));
}

function checkVersions({ deployment }: ControllerFacts, { ownVersion }: ControllerContext): Finding {
  const version = versionOf(deployment);
  const image = deployment.spec.template.spec.containers[0]?.image ?? '';
  if (version === undefined) return unknown('version', { is: 'unseen', why: `neither its labels nor its image ${image} say its version` });
  if (version === ownVersion) return ok('version', `${version}, image ${image}`);
  return warning(
    'version',
    `it is version ${version}, and this program is ${ownVersion}`,
    'upgrade the release of the chart, or use the program of its version',
  );
}

/** A leader renews its Lease every few seconds, and a Lease of 15 s is free afterwards. Clocks of two machines may differ by less than this, in milliseconds. */
const STALE_MS = 60_000;

function checkLease({ namespace, name, lease }: LeaseFacts, { deployment }: ControllerFacts, now: number): Finding {
  const check = namespace === 'kube-system' ? 'leader' : `leader in ${namespace}`;
  if (lease.is === 'unseen') return unknown(check, lease);
  const { holderIdentity = '', renewTime } = lease.value?.spec ?? {};
  const remedy = `see its log: kubectl logs deployment/${deployment.metadata.name} --namespace ${deployment.metadata.namespace ?? ''}`;
  const where = `Lease ${namespace}/${name}`;
  if (lease.value === undefined) return problem(check, `no controller works: ${where} is not there`, remedy);
  if (holderIdentity === '') return problem(check, `no controller works: nobody holds ${where}`, remedy);
  if (now - Date.parse(renewTime ?? '') <= STALE_MS) return ok(check, `${holderIdentity} holds ${where}`);
  return problem(
    check,
    `no controller works: ${holderIdentity} has not renewed ${where} for ${ageOf(renewTime, now)}`,
    `${remedy}; also check the clock of this machine`,
  );
}

/** Maximum number of missing permissions that a sentence names. */
const MAX_NAMED = 6;

function checkPermissions({ deployment, missingPermissions }: ControllerFacts): Finding {
  const account = `ServiceAccount ${deployment.metadata.namespace ?? ''}/${deployment.spec.template.spec.serviceAccountName ?? 'default'}`;
  if (missingPermissions.is === 'unseen') return unknown('permissions', missingPermissions);
  if (missingPermissions.value.length === 0) return ok('permissions', `${account} may do everything that the chart grants`);
  const listed = [...new Set(missingPermissions.value.map(permissionText))];
  const more = listed.length > MAX_NAMED ? `; and ${listed.length - MAX_NAMED} more` : '';
  return problem(
    'permissions',
    `${account} may not ${listed.slice(0, MAX_NAMED).join('; nor ')}${more}`,
    'upgrade the release of the chart with rbac.create=true, or bind the account to what templates/rbac.yaml lists',
  );
}

function permissionText({ permission, verb, namespace }: MissingPermission): string {
  const resource = permission.group === '' ? permission.resource : `${permission.resource}.${permission.group}`;
  return `${verb} ${resource}${namespace === undefined ? '' : ` in namespace ${namespace}`} (${permission.purpose})`;
}
