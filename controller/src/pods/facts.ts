import type { RegistryStatusDocument } from '@toolhive-registry/api';

/** What one pod reports of itself. */
export interface PodFacts {
  readonly pod: string;
  readonly document: RegistryStatusDocument;
}

/**
 * The facts that a registry's status is made of. Where a ready pod has reported, only ready pods count: they serve. Otherwise those that are
 * not ready and say what is wrong; that one is still reading is no news, and it tells as soon as it is ready.
 */
export function chosenFacts<T extends { readonly uid: string; readonly document: RegistryStatusDocument }>(
  facts: readonly T[],
  isReady: (uid: string) => boolean,
): readonly T[] {
  const ready = facts.filter(({ uid }) => isReady(uid));
  return ready.length > 0 ? ready : facts.filter(({ document }) => document.conditions.some(({ status }) => status === 'False'));
}

/** Whether a server has not read all of its files yet, so that what it does not report says nothing. */
export function isReading({ syncing, conditions }: RegistryStatusDocument): boolean {
  return syncing || conditions.some(({ type, status }) => type === 'SyncSuccessful' && status === 'Unknown');
}

/** Why a server has nothing to serve, in the words of its `/readiness`; undefined: it has, or is still reading for the first time. */
export function notReadyBecause({ ready, sources, conditions }: RegistryStatusDocument): string | undefined {
  if (ready || !conditions.some(({ status }) => status === 'False')) return undefined;
  const told = sources.flatMap(({ name, message }) => (message === undefined ? [] : [`${name}: ${message}`]));
  return told.length > 0 ? told.join('; ') : conditions.find(({ status }) => status === 'False')?.message;
}
