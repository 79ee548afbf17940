import { generationChanged, watchSource, type KubeObject, type ObjectKey, type WatchedSource } from '@toolhive-registry/reconciler';
import { addressesOf, BY_ADDRESS } from './address.ts';
import { WAYS, type Way } from './exposure-ways.ts';
import type { Informers } from './informers.ts';
import { namedRegistry } from './relations.ts';

type Stores = Pick<Informers, Way['informer']>;

/** The other registries that are exposed at the address of an object. */
export function sharingRegistries(object: KubeObject, informers: Stores): ObjectKey[] {
  const { namespace, name } = object.metadata;
  return atAddress(object, informers)
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined && (metadata.namespace !== namespace || metadata.name !== name))
    .flatMap(namedRegistry);
}

/** Reconciles registries when another one takes their address, or gives it up. */
export function watchAddresses(informers: Stores): WatchedSource[] {
  return WAYS.map(({ informer }) =>
    watchSource(informers[informer], (object) => atAddress(object, informers).flatMap(namedRegistry), generationChanged),
  );
}

function atAddress(object: KubeObject, informers: Stores): KubeObject[] {
  const way = WAYS.find(({ kind }) => kind.kind === object.kind);
  if (way === undefined) return [];
  return addressesOf(object).flatMap((address) => informers[way.informer].store.byIndex(BY_ADDRESS, address));
}
