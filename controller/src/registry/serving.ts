import { names, type Expose } from '@toolhive-registry/api';
import {
  DEPLOYMENTS,
  HTTP_ROUTES,
  INGRESSES,
  isControlledBy,
  SERVICES,
  type KubeObject,
  type ObjectKey,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import type { Informers } from './informers.ts';
import type { DeploymentObject } from './render/deployment.ts';
import type { RegistryObject } from './resource.ts';

/** The objects that serve a registry, as far as they are there and its own. What another controls under that name serves nothing of it. */
export interface ServingObjects {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
  readonly ingress?: KubeObject;
  readonly httpRoute?: KubeObject;
}

/** What of a registry's objects serves it, by kind. */
const SERVING = [
  ['deployment', DEPLOYMENTS, 'deployments'],
  ['service', SERVICES, 'services'],
  ['ingress', INGRESSES, 'ingresses'],
  ['httpRoute', HTTP_ROUTES, 'httpRoutes'],
] as const;

/** Where the objects that serve registries are found. */
export type ServingInformers = Pick<Informers, (typeof SERVING)[number][2]>;

/** What the stores show of the objects that serve a registry. */
export function servingObjects(object: RegistryObject, informers: ServingInformers): ServingObjects {
  const { namespace = '', name } = object.metadata;
  return servedBy((kind) => {
    const entry = SERVING.find(([, one]) => one === kind);
    const store: { get(key: ObjectKey): KubeObject | undefined } | undefined = entry && informers[entry[2]].store;
    const live = store?.get({ namespace, name: names.api(name) });
    return live !== undefined && isControlledBy(live, object) ? live : undefined;
  });
}

/** Those of them that are found. */
export function servedBy(find: (kind: ResourceKind) => KubeObject | undefined): ServingObjects {
  return Object.fromEntries(
    SERVING.flatMap(([name, kind]) => {
      const object = find(kind);
      return object === undefined ? [] : [[name, object]];
    }),
  );
}

/** Of the objects that open a registry to the world the one that its spec asks for; while the spec cannot be read, the one that is there. */
export function exposedBy(
  { ingress, httpRoute }: ServingObjects,
  spec: { readonly expose?: Expose | undefined } | undefined,
): KubeObject | undefined {
  if (spec === undefined) return ingress ?? httpRoute;
  if (spec.expose === undefined) return undefined;
  return spec.expose.gateway === undefined ? ingress : httpRoute;
}
