import type { RegistryObject } from './registries.ts';

/** Whether a registry is served as its spec is now: Ready, with nothing that is still on its way, and nothing that gets no further. */
export function isSettled({ status, metadata }: Pick<RegistryObject, 'status' | 'metadata'>): boolean {
  const holds = (wanted: string): boolean => status?.conditions?.some(({ type, status: is }) => type === wanted && is === 'True') === true;
  const isSeen = status?.observedGeneration === metadata.generation;
  return isSeen && status?.phase === 'Running' && holds('Ready') && !holds('Reconciling') && !holds('Stalled');
}
