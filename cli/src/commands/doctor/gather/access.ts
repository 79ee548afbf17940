import type { Cluster } from '../../../cluster/connect.ts';

/** Something that someone may do, or not. */
export interface Access {
  readonly verb: string;
  readonly group: string;
  /** With the subresource after a slash. */
  readonly resource: string;
  /** Undefined: everywhere. */
  readonly namespace: string | undefined;
  readonly name?: string;
}

/** Asks the API server whether the user may do something. Every authenticated user may ask this. */
export function canI(cluster: Cluster, access: Access, signal: AbortSignal): Promise<boolean> {
  return review(cluster, 'SelfSubjectAccessReview', { resourceAttributes: attributesOf(access) }, signal);
}

/** Asks whether a ServiceAccount may do something. This needs permission to create subjectaccessreviews. */
export function canServiceAccount(
  cluster: Cluster,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  access: Access,
  signal: AbortSignal,
): Promise<boolean> {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const spec = { user: `system:serviceaccount:${namespace}:${name}`, groups, resourceAttributes: attributesOf(access) };
  return review(cluster, 'SubjectAccessReview', spec, signal);
}

async function review(cluster: Cluster, kind: string, spec: object, signal: AbortSignal): Promise<boolean> {
  const answer = await cluster.client.request({
    method: 'POST',
    path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
    body: { apiVersion: 'authorization.k8s.io/v1', kind, spec },
    signal,
  });
  return (answer as { readonly status?: { readonly allowed?: boolean } } | undefined)?.status?.allowed === true;
}

function attributesOf({ verb, group, resource: path, namespace, name }: Access): object {
  const [resource, subresource] = path.split('/');
  return { verb, group, resource, subresource, namespace, name };
}
