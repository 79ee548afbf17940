import { closest } from '@toolhive-registry/api/closest';
import { misuse } from '../program/failure.ts';

/** Throws a failure for a source that a registry does not have. `label` names the registry. */
export function checkSources(known: readonly string[], wanted: readonly string[], label: string): void {
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = closest(unknown, known);
  throw misuse(`${label} has no source "${unknown}"`, meant === undefined ? `it has ${known.join(', ')}` : `did you mean ${meant}?`);
}
