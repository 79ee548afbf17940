import type { RegistryStatusDocument } from '@toolhive-registry/api';

/** The report of one pod. */
export interface PodFacts {
  readonly pod: string;
  readonly document: RegistryStatusDocument;
}

/**
 * The facts that a registry's status is made of. If a ready pod has reported, only ready pods count, since they serve. Otherwise those count that are not ready
 * and say what is wrong; a pod that is still reading says so and reports again as soon as it is ready.
 */
export function chosenFacts<T extends { readonly uid: string; readonly document: RegistryStatusDocument }>(
  facts: readonly T[],
  isReady: (uid: string) => boolean,
): readonly T[] {
  const ready = facts.filter(({ uid }) => isReady(uid));
  return ready.length > 0 ? ready : facts.filter(({ document }) => document.conditions.some(({ status }) => status === 'False'));
}

/** Whether a server has not read all of its files yet, so that missing reports mean nothing. */
export function isReading({ syncing, conditions }: RegistryStatusDocument): boolean {
  return syncing || conditions.some(({ type, status }) => type === 'SyncSuccessful' && status === 'Unknown');
}

/** Why a server has nothing to serve, in the words of its `/readiness`; undefined: it has, or it is still starting. */
export function notReadyBecause({ ready, sources, conditions }: RegistryStatusDocument): string | undefined {
  if (ready || !conditions.some(({ status }) => status === 'False')) return undefined;
  const failures = sources.flatMap(({ name, message }) => (message === undefined ? [] : [`${name}: ${message}`]));
  return failures.length > 0 ? failures.join('; ') : conditions.find(({ status }) => status === 'False')?.message;
}
