import type { RegistryObject } from './registries.ts';

/** Whether a registry is served as its current spec says: Ready, with nothing in progress and nothing stalled. */
export function isSettled({ status, metadata }: Pick<RegistryObject, 'status' | 'metadata'>): boolean {
  const holds = (wanted: string): boolean => status?.conditions?.some(({ type, status: is }) => type === wanted && is === 'True') === true;
  const isSeen = status?.observedGeneration === metadata.generation;
  return isSeen && status?.phase === 'Running' && holds('Ready') && !holds('Reconciling') && !holds('Stalled');
}
