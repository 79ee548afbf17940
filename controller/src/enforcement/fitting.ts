import { enforcementModes } from '@toolhive-registry/api';
import { renderParameters, TooManyReferences, type AllowedReferences, type ParameterData, type Parameters } from './parameters.ts';

/** Parameters, reduced until they fit. */
export interface FittedParameters {
  readonly parts: readonly ParameterData[];
  /** The parameters that the parts express. */
  readonly effective: Parameters;
  /** Registries whose list does not fit, and why. */
  readonly tooLarge: ReadonlyMap<string, string>;
}

/**
 * Renders parameters. While the lists are too large together, the largest one stays as stored, or is left out, until the rest fits. Which registries enforce,
 * and in which mode, is always included; a registry without a list admits nothing.
 */
export function fitParameters(
  wanted: Parameters,
  stored: (registry: string) => AllowedReferences | undefined,
  before: readonly ParameterData[],
): FittedParameters {
  if (enforcementModes.every((mode) => wanted.active[mode].length === 0)) return { parts: [], effective: wanted, tooLarge: new Map() };
  const lists = new Map(wanted.lists);
  const tooLarge = new Map<string, string>();
  for (;;) {
    const effective = { ...wanted, lists };
    try {
      return { parts: renderParameters(effective, before), effective, tooLarge };
    } catch (error) {
      const [largest] = [...lists].toSorted(([, one], [, other]) => sizeOf(other) - sizeOf(one));
      if (!(error instanceof TooManyReferences) || largest === undefined) throw error;
      const [registry, list] = largest;
      const older = tooLarge.has(registry) ? undefined : stored(registry);
      if (older !== undefined && sizeOf(older) < sizeOf(list)) lists.set(registry, older);
      else lists.delete(registry);
      tooLarge.set(registry, error.message);
    }
  }
}

function sizeOf({ images, urls, packages }: AllowedReferences): number {
  return images.length + urls.length + packages.length;
}
