import { names } from '@toolhive-registry/api';
import { isControlledBy, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { Informers } from './informers.ts';
import type { DeploymentObject } from './render/deployment.ts';
import type { RegistryObject } from './resource.ts';

/** The objects that serve a registry, if they exist and are its own. An object of that name with another controller does not serve it. */
export interface ServingObjects {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
}

/** The serving objects in the stores. */
export function servingObjects(object: RegistryObject, informers: Pick<Informers, 'deployments' | 'services'>): ServingObjects {
  const { namespace = '', name } = object.metadata;
  const own = <T extends KubeObject>({ store }: { readonly store: { get(key: ObjectKey): T | undefined } }): T | undefined => {
    const live = store.get({ namespace, name: names.api(name) });
    return live !== undefined && isControlledBy(live, object) ? live : undefined;
  };
  return servedBy(own(informers.deployments), own(informers.services));
}

/** The existing ones of the two. */
export function servedBy(deployment: DeploymentObject | undefined, service: KubeObject | undefined): ServingObjects {
  return { ...(deployment === undefined ? {} : { deployment }), ...(service === undefined ? {} : { service }) };
}
