import { names } from '@toolhive-registry/api';
import { isControlledBy, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { Informers } from './informers.ts';
import type { DeploymentObject } from './render/deployment.ts';
import type { RegistryObject } from './resource.ts';

/** The objects that serve a registry, as far as they are there and its own. What another controls under that name serves nothing of it. */
export interface ServingObjects {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
}

/** What the stores show of the objects that serve a registry. */
export function servingObjects(object: RegistryObject, informers: Pick<Informers, 'deployments' | 'services'>): ServingObjects {
  const { namespace = '', name } = object.metadata;
  const own = <T extends KubeObject>({ store }: { readonly store: { get(key: ObjectKey): T | undefined } }): T | undefined => {
    const live = store.get({ namespace, name: names.api(name) });
    return live !== undefined && isControlledBy(live, object) ? live : undefined;
  };
  return servedBy(own(informers.deployments), own(informers.services));
}

/** Those of the two that are there. */
export function servedBy(deployment: DeploymentObject | undefined, service: KubeObject | undefined): ServingObjects {
  return { ...(deployment === undefined ? {} : { deployment }), ...(service === undefined ? {} : { service }) };
}
