import { enforcementModes } from '@toolhive-registry/api';
import { renderParameters, TooManyReferences, type AllowedReferences, type ParameterData, type Parameters } from './parameters.ts';

/** Parameters of which as much is said as there is room for. */
export interface FittedParameters {
  readonly parts: readonly ParameterData[];
  /** What they say. */
  readonly said: Parameters;
  /** Registries whose list has no room, and why. */
  readonly tooLarge: ReadonlyMap<string, string>;
}

/**
 * Renders parameters. Where all lists together are too large, the largest stays as it is stored, or is left out, until the rest fits: which registries enforce, and in
 * which mode, is said in any case, and a registry without a list lets nothing in.
 */
export function fitParameters(
  wanted: Parameters,
  stored: (registry: string) => AllowedReferences | undefined,
  before: readonly ParameterData[],
): FittedParameters {
  if (enforcementModes.every((mode) => wanted.active[mode].length === 0)) return { parts: [], said: wanted, tooLarge: new Map() };
  const lists = new Map(wanted.lists);
  const tooLarge = new Map<string, string>();
  for (;;) {
    const said = { ...wanted, lists };
    try {
      return { parts: renderParameters(said, before), said, tooLarge };
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
