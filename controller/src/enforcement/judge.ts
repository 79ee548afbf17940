import { judgeObject, type EnforcementMode, type Verdict as VerdictOn } from '@toolhive-registry/api';
import { templateAdmits, type NamedReference } from '@toolhive-registry/catalog/references';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { AllowedReferences, Parameters } from './parameters.ts';

/** Why an object is not admitted, as the admission policy of a mode sees it. */
export type Verdict = VerdictOn<NamedReference>;

/** Lookups over a namespace's registries, computed once. */
export interface Judge {
  /** The verdict on an object as if it were created now; undefined: no registry enforces in this mode, or the object is admitted. */
  judge(mode: EnforcementMode, object: Pick<KubeObject, 'metadata'>, references: readonly NamedReference[]): Verdict | undefined;
}

/** Creates a judge that agrees with the admission policies for these parameters. */
export function createJudge({ lists, ...registries }: Parameters): Judge {
  const listing = new Map([...lists].map(([registry, list]) => [registry, lookup(list)]));
  const isListed = (registry: string, reference: NamedReference): boolean => listing.get(registry)?.(reference) === true;
  return { judge: (mode, { metadata }, references) => judgeObject(mode, { metadata, references }, registries, isListed) };
}

function lookup(list: AllowedReferences): (reference: NamedReference) => boolean {
  const sets = { images: new Set(list.images), urls: new Set(list.urls), packages: new Set(list.packages) };
  const templates = list.templates.map((pattern) => new RegExp(pattern));
  return ({ kind, compared }) => {
    if (compared === undefined || compared === '' || kind === 'commands' || kind === 'fields' || kind === 'nothing') return false;
    return sets[kind].has(compared) || (kind === 'urls' && templates.some((pattern) => templateAdmits(pattern, compared)));
  };
}
