import type { IngressRule, LabelSelector, NetworkPolicyObject, Peer } from '../facts.ts';

/** A pod as NetworkPolicies see it. */
export interface PodIdentity {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

type Labels = Readonly<Record<string, string>>;

/** The policies of a namespace that say who may reach a pod with these labels. */
export function selecting(policies: readonly NetworkPolicyObject[], labels: Labels): NetworkPolicyObject[] {
  return policies.filter(
    ({ spec: { podSelector = {}, policyTypes = ['Ingress'] } }) => policyTypes.includes('Ingress') && matches(podSelector, labels),
  );
}

/**
 * Whether policies that select a pod let someone reach a port of it (networking.k8s.io/v1): each of them that allows it suffices, and without any everyone
 * may. An address may be anyone's, so a rule with an ipBlock counts as one that lets in. `undefined` is someone who is not a pod.
 */
export function admits(policies: readonly NetworkPolicyObject[], port: number, caller: PodIdentity | undefined): boolean {
  return (
    policies.length === 0 ||
    policies.some(({ spec, metadata }) => (spec.ingress ?? []).some((rule) => allows(rule, port, caller, metadata.namespace)))
  );
}

function allows(
  { from = [], ports = [] }: IngressRule,
  port: number,
  caller: PodIdentity | undefined,
  namespace: string | undefined,
): boolean {
  const isOpen = ports.length === 0 || ports.some((one) => isPort(one, port));
  return isOpen && (from.length === 0 || from.some((peer) => isPeer(peer, caller, namespace)));
}

/** A port by name may be any. */
function isPort({ protocol = 'TCP', port, endPort }: NonNullable<IngressRule['ports']>[number], wanted: number): boolean {
  if (protocol !== 'TCP') return false;
  if (port === undefined || typeof port === 'string') return true;
  return wanted >= port && wanted <= (endPort ?? port);
}

function isPeer(
  { ipBlock, podSelector, namespaceSelector }: Peer,
  caller: PodIdentity | undefined,
  namespace: string | undefined,
): boolean {
  if (ipBlock !== undefined) return true;
  if (caller === undefined) return false;
  const isThere = namespaceSelector === undefined ? caller.namespace === namespace : mayMatchNamespace(namespaceSelector, caller.namespace);
  return isThere && (podSelector === undefined || matches(podSelector, caller.labels));
}

/** The label that the API server sets on every namespace. Other labels of a namespace are unknown here, so they may match. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

function mayMatchNamespace({ matchLabels = {}, matchExpressions = [] }: LabelSelector, namespace: string): boolean {
  const own = { [NAME_LABEL]: namespace };
  const name = matchLabels[NAME_LABEL];
  const known = matchExpressions.filter(({ key }) => key === NAME_LABEL);
  return matches({ matchLabels: name === undefined ? {} : { [NAME_LABEL]: name }, matchExpressions: known }, own);
}

/** Whether labels are what a selector asks for (apimachinery, meta/v1 LabelSelector). */
export function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const has = (key: string): boolean => Object.hasOwn(labels, key);
  return (
    Object.entries(matchLabels).every(([key, value]) => has(key) && labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return has(key);
      if (operator === 'DoesNotExist') return !has(key);
      const isIn = has(key) && values.includes(labels[key] ?? '');
      return operator === 'In' ? isIn : !isIn;
    })
  );
}
