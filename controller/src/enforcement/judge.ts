import { labels } from '@toolhive-registry/api';
import { templateAdmits } from '@toolhive-registry/catalog/references';
import type { KubeObject } from '@toolhive-registry/reconciler';
import { MODES, type Mode } from './names.ts';
import type { AllowedReferences, Parameters } from './parameters.ts';
import type { NamedReference } from '../servers/references.ts';

/** What keeps an object from being let in, as the admission policy of a mode sees it. */
export interface Verdict {
  /** A registry that its label names and that does not exist. */
  readonly unknownRegistry?: string;
  /** What it names and may not. */
  readonly refused: readonly NamedReference[];
  /** The registries of which one has to list what it names. */
  readonly required: readonly string[];
}

/** What is looked up again and again of a namespace's registries. */
export interface Judge {
  /** The verdict on an object that would be made now; undefined: nobody enforces in this mode, or nothing is wrong with it. */
  judge(mode: Mode, object: Pick<KubeObject, 'metadata'>, references: readonly NamedReference[]): Verdict | undefined;
}

/** Creates a judge that says the same as the admission policies with these parameters. */
export function createJudge({ registries, active, lists }: Parameters): Judge {
  const known = new Set(registries);
  const listing = new Map([...lists].map(([registry, list]) => [registry, lookup(list)]));
  return {
    judge: (mode, { metadata }, references) => {
      const names = mode === 'audit' ? MODES.flatMap((one) => active[one]) : active[mode];
      if (active[mode].length === 0) return undefined;
      const registry = registryOf(metadata);
      const required = registry !== undefined && names.includes(registry) ? [registry] : names;
      const refused = references.filter((reference) => !required.some((one) => listing.get(one)?.(reference) === true));
      const unknownRegistry = registry !== undefined && !known.has(registry) && references.length > 0 ? registry : undefined;
      if (refused.length === 0 && unknownRegistry === undefined) return undefined;
      return { refused, required, ...(unknownRegistry === undefined ? {} : { unknownRegistry }) };
    },
  };
}

/** The registry that an object's labels name in its own namespace. */
export function registryOf({ labels: own = {}, namespace = '' }: KubeObject['metadata']): string | undefined {
  const of = own[labels.registryNamespace] ?? '';
  const name = own[labels.registryName] ?? '';
  return name !== '' && (of === '' || of === namespace) ? name : undefined;
}

function lookup(list: AllowedReferences): (reference: NamedReference) => boolean {
  const sets = { images: new Set(list.images), urls: new Set(list.urls), packages: new Set(list.packages) };
  const templates = list.templates.map((pattern) => new RegExp(pattern));
  return ({ kind, compared }) => {
    if (compared === undefined || compared === '' || kind === 'commands' || kind === 'fields' || kind === 'nothing') return false;
    return sets[kind].has(compared) || (kind === 'urls' && templates.some((pattern) => templateAdmits(pattern, compared)));
  };
}
