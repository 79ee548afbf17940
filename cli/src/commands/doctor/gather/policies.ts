import { isNotFound, type ResourceKind } from '@toolhive-registry/reconciler/client';
import type { EnforcementMode } from '@toolhive-registry/api';
import type { Cluster } from '../../../cluster/connect.ts';
import type { PolicyFacts } from '../facts.ts';
import { look } from './look.ts';

const API = { group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false } as const;
const KINDS: readonly ResourceKind[] = [
  { ...API, kind: 'ValidatingAdmissionPolicy', plural: 'validatingadmissionpolicies' },
  { ...API, kind: 'ValidatingAdmissionPolicyBinding', plural: 'validatingadmissionpolicybindings' },
];

/** Looks for the admission policies of an installation that these modes take, and for the one that guards their lists. */
export function gatherPolicies(
  cluster: Cluster,
  installation: string,
  modes: readonly EnforcementMode[],
  signal: AbortSignal,
): Promise<PolicyFacts[]> {
  const wanted = [...modes, 'guard' as const].flatMap((part) => KINDS.map((kind) => ({ part, kind, name: `${installation}-${part}` })));
  return Promise.all(
    wanted.map(async ({ part, kind, name }): Promise<PolicyFacts> => {
      const isThere = await look(cluster, `get ${kind.plural}.${kind.group}`, signal, async () => {
        try {
          await cluster.client.get(kind, { name }, { signal });
          return true;
        } catch (error) {
          if (isNotFound(error)) return false;
          throw error;
        }
      });
      return { kind: kind.kind, name, part, isThere };
    }),
  );
}
