import { enforcementModes, type EnforcementMode } from '@toolhive-registry/api';
import { Informer, isRecord, type ApiClient, type KubeObject, type Logger } from '@toolhive-registry/reconciler';
import type { ServedKinds, WatchedKind } from '../servers/served.ts';
import { PARAMETERS_LABEL, POLICY_LABEL, type PolicyPart } from './names.ts';
import { guardSpec } from './policy/guard.ts';
import { policySpec } from './policy/policy.ts';

/** Why a mode is not enforced, or the parameters are not guarded. */
export interface PolicyProblem {
  readonly reason: 'PoliciesOff' | 'PolicyMissing' | 'PolicyChanged' | 'PolicyForbidden' | 'Unguarded';
  /** What is wrong and what to do about it, as a sentence. */
  readonly message: string;
}

/** The admission policies of an installation, as they are in the cluster. */
export interface Policies {
  readonly informers: readonly Informer[];
  /** Why a mode does not work; undefined: it does. */
  problem(mode: EnforcementMode): PolicyProblem | undefined;
  /** Why the parameters are not guarded. */
  guardProblem(): PolicyProblem | undefined;
}

/** What watching policies needs. */
export interface PoliciesDeps {
  readonly client: ApiClient;
  /** Name prefix of the installation's policies; undefined: it has none. */
  readonly name: string | undefined;
  /** The namespaces that the installation watches; undefined: all. */
  readonly namespaces: readonly string[] | undefined;
  readonly kinds: ServedKinds;
  readonly logger: Logger;
}

const KIND = { group: 'admissionregistration.k8s.io', versions: ['v1'] } as const;
const POLICY: WatchedKind = { ...KIND, kind: 'ValidatingAdmissionPolicy', plural: 'validatingadmissionpolicies', namespaced: false };
const BINDING: WatchedKind = {
  ...KIND,
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  namespaced: false,
};

/** How often to check whether policies can be watched, in milliseconds. */
const RETRY_MS = 30_000;
const REMEDY = 'upgrade the release of the chart with enforcement.enabled=true to restore it';

/** Watches the policies that the chart installed. */
export function createPolicies({ client, name, namespaces, kinds, logger }: PoliciesDeps): Policies {
  const informer = (kind: WatchedKind): Informer =>
    new Informer({
      client,
      logger,
      kind: { ...kind, version: kind.versions[0], namespaced: false },
      labelSelector: POLICY_LABEL,
      optional: true,
      optionalRetryMs: RETRY_MS,
      gate: kinds.gate(kind),
    });
  const [policies, bindings] = [informer(POLICY), informer(BINDING)];
  const expected = { enforce: policySpec('enforce'), audit: policySpec('audit'), guard: guardSpec() } as const;

  function problem(part: PolicyPart): PolicyProblem | undefined {
    if (name === undefined) {
      return {
        reason: 'PoliciesOff',
        message: 'the admission policies are switched off; set enforcement.enabled=true in the values of the chart',
      };
    }
    const object = `${name}-${part}`;
    for (const [kind, live] of [
      [POLICY, policies],
      [BINDING, bindings],
    ] as const) {
      const served = kinds.last(kind);
      if (served?.is === 'absent')
        return { reason: 'PolicyMissing', message: `this cluster has no ${kind.kind}; it needs Kubernetes 1.30 or later` };
      if (served?.is === 'unseen')
        return {
          reason: 'PolicyForbidden',
          message: `the controller cannot list ${kind.plural} (${served.why}), so it is unknown whether they are in force; grant it the permissions in its chart`,
        };
      const found = live.store.get({ namespace: '', name: object });
      if (found === undefined) return { reason: 'PolicyMissing', message: `${kind.kind} ${object} is missing; ${REMEDY}` };
      const wrong = kind === POLICY ? changedPolicy(found, expected[part]) : changedBinding(found, part, object, namespaces);
      if (wrong !== undefined) return { reason: 'PolicyChanged', message: `${kind.kind} ${object} was changed (${wrong}); ${REMEDY}` };
    }
    return undefined;
  }

  return {
    // Without policies nobody granted the permission to watch them.
    informers: name === undefined ? [] : [policies, bindings],
    problem,
    guardProblem: () => {
      const found = problem('guard');
      return found === undefined
        ? undefined
        : { reason: 'Unguarded', message: `whoever may write ConfigMaps can change what is allowed: ${found.message}` };
    },
  };
}

/** Which part of a policy differs from what is installed, if any. Defaults of the API server do not count, unless they exclude objects. */
function changedPolicy({ spec }: KubeObject & { readonly spec?: unknown }, expected: object): string | undefined {
  if (!isRecord(spec)) return 'spec';
  // Any selector or exclusion that is not ours could let objects pass.
  const constraints = isRecord(spec['matchConstraints']) ? spec['matchConstraints'] : {};
  for (const field of ['namespaceSelector', 'objectSelector', 'excludeResourceRules'] as const)
    if (isSet(constraints[field])) return `matchConstraints.${field}`;
  const wanted: Readonly<Record<string, unknown>> = { matchConditions: [], ...expected };
  // Whoever installs the guard decides who may write, in a list of names.
  const own = isGuard(expected) && !isListOfNames(spec['variables']) ? 'variables' : undefined;
  return own ?? Object.keys(wanted).find((field) => !isAsWanted(spec[field] ?? [], wanted[field]));
}

function isGuard(expected: object): boolean {
  return !('variables' in expected);
}

function isListOfNames(variables: unknown): boolean {
  const [only, ...others]: unknown[] = Array.isArray(variables) ? variables : [];
  if (others.length > 0 || !isRecord(only) || only['name'] !== 'controllers') return false;
  return /^\[("[^"\\\n]+"(, ?)?)+\]$/.test(String(only['expression']));
}

function changedBinding(
  { spec }: KubeObject & { readonly spec?: unknown },
  part: PolicyPart,
  name: string,
  namespaces: readonly string[] | undefined,
): string | undefined {
  if (!isRecord(spec)) return 'spec';
  const actions = Array.isArray(spec['validationActions']) ? spec['validationActions'] : [];
  const needed = part === 'audit' ? ['Warn', 'Audit'] : ['Deny'];
  if (!needed.every((action) => actions.includes(action))) return 'validationActions';
  if (spec['policyName'] !== name) return 'policyName';
  if ((enforcementModes as readonly string[]).includes(part) && !isAsWanted(spec['paramRef'], PARAM_REF)) return 'paramRef';
  const resources = isRecord(spec['matchResources']) ? spec['matchResources'] : {};
  const narrowed = ['objectSelector', 'resourceRules', 'excludeResourceRules'].find((field) => isSet(resources[field]));
  if (narrowed !== undefined) return `matchResources.${narrowed}`;
  const selector = resources['namespaceSelector'];
  // A selector for all namespaces also covers those that are watched.
  const isWanted = !isSet(selector) || (namespaces !== undefined && isAsWanted(selector, namespaceSelector(namespaces)));
  return isWanted ? undefined : 'matchResources.namespaceSelector';
}

/** Which ConfigMaps a mode's binding reads. */
export const PARAM_REF = {
  selector: { matchLabels: { [PARAMETERS_LABEL.key]: PARAMETERS_LABEL.value } },
  parameterNotFoundAction: 'Allow',
} as const;

/** A selector for namespaces by name. */
export function namespaceSelector(namespaces: readonly string[]): object {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces].sort() }] };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && Object.keys(value).length > 0;
}

/** Defaults of the API server (admissionregistration.k8s.io/v1). */
const DEFAULTS: Readonly<Record<string, unknown>> = { scope: '*', matchPolicy: 'Equivalent' };

/** Whether a value is the wanted one and has nothing beyond API server defaults: an extra rule, name or label lets something pass. */
function isAsWanted(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(value) && value.length === wanted.length && wanted.every((one, index) => isAsWanted(value[index], one));
  if (!isRecord(wanted)) return value === wanted;
  if (!isRecord(value)) return false;
  const isMore = Object.entries(value).some(([key, one]) => !(key in wanted) && isSet(one) && DEFAULTS[key] !== one);
  return !isMore && Object.entries(wanted).every(([key, one]) => isAsWanted(value[key], one));
}
