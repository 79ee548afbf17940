import type { z } from 'zod';
import { names } from '../group.ts';
import type { Rule } from './rule.ts';
import type { specSchema } from './spec.ts';

/** The parts of an MCPRegistry that these rules check. */
interface Named {
  readonly metadata: { readonly name: string };
  readonly spec: z.output<typeof specSchema>;
}

type Source = NonNullable<Named['spec']['source']>;

/** The fields of a source that name a ConfigMap, in CEL and here. */
const references = [
  {
    field: 'configmap.name',
    cel: (source: string) => ({ isSet: `has(${source}.configmap)`, name: `${source}.configmap.name` }),
    nameOf: (source: Source) => source.configmap?.name,
  },
  {
    field: 'tls.caConfigMapRef.name',
    cel: (source: string) => ({
      isSet: `has(${source}.tls) && has(${source}.tls.caConfigMapRef)`,
      name: `${source}.tls.caConfigMapRef.name`,
    }),
    nameOf: (source: Source) => source.tls?.caConfigMapRef?.name,
  },
] as const;

const remedy = 'these name the ConfigMaps of the registry itself, which are deleted with it; give your ConfigMap another name';

/**
 * No source may name a ConfigMap of the registry itself: if `kubectl apply` created it later, it would be merged into the controller's object, and be deleted
 * with the registry.
 */
export const ownNameRules: readonly Rule<Named>[] = references.flatMap(({ field, cel, nameOf }): Rule<Named>[] => [
  {
    cel: `!has(self.spec.source) || ${isUnchanged('source')} || ${forOwnNames(differs('self.spec.source', cel))}`,
    optionalOldSelf: true,
    message: `must not be NAME-config or NAME-deployed: ${remedy}`,
    holds: ({ metadata, spec }) => spec.source === undefined || !isOwn(nameOf(spec.source), metadata.name),
    field: `spec.source.${field}`,
  },
  {
    cel: `!has(self.spec.sources) || ${isUnchanged('sources')} || ${forOwnNames(`self.spec.sources.all(s, ${differs('s', cel)})`)}`,
    optionalOldSelf: true,
    message: `${field} of a source must not be NAME-config or NAME-deployed: ${remedy}`,
    holds: ({ metadata, spec }) => (spec.sources ?? []).every((source) => !isOwn(nameOf(source), metadata.name)),
    // A fieldPath cannot address an item of a list.
    field: 'spec.sources',
  },
]);

/**
 * A registry that is older than these rules can still get this message in its status, and be deleted: the API server validates the whole object at every write
 * of its status or finalizers.
 */
function isUnchanged(field: 'source' | 'sources'): string {
  const before = 'oldSelf.value().spec';
  return `(oldSelf.hasValue() && has(${before}.${field}) && ${before}.${field} == self.spec.${field})`;
}

/** The names are computed first: computing them once per source would exceed a rule's cost limit. */
function forOwnNames(rule: string): string {
  const own = [names.config(''), names.deployed('')].map((suffix) => `self.metadata.name + '${suffix}'`);
  return `[${own.join(', ')}].all(own, ${rule})`;
}

function differs(source: string, cel: (typeof references)[number]['cel']): string {
  const { isSet, name } = cel(source);
  return `!(${isSet}) || ${name} != own`;
}

function isOwn(configMap: string | undefined, registry: string): boolean {
  return configMap === names.config(registry) || configMap === names.deployed(registry);
}
