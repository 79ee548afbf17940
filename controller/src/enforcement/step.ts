import { serverKindName, type RegistryGroup } from '@toolhive-registry/api';
import { isConflict, type Informer, type ObjectKey, type ReconcileContext } from '@toolhive-registry/reconciler';
import type { ConfigMapObject } from '../registry/render/config-map.ts';
import type { Servers } from '../servers/informers.ts';
import { createJudge } from './judge.ts';
import type { Lists, RegistryList } from './lists.ts';
import { MODES, type Mode } from './names.ts';
import { parametersIn, writeParameters, type ParameterWriter } from './parameter-objects.ts';
import {
  listedIn,
  NO_REFERENCES,
  renderParameters,
  TooManyReferences,
  type AllowedReferences,
  type ParameterData,
  type Parameters,
} from './parameters.ts';
import type { Policies } from './policies.ts';
import { registriesIn, registryId, type GroupOfRegistries, type NamespaceRegistry } from './registries.ts';
import type { EnforcementFacts, Violator } from './state.ts';
import type { Telling } from './telling.ts';
import { violatorsIn, violatorsOf } from './violators.ts';

/** What the step needs. */
export interface EnforcementDeps extends ParameterWriter {
  readonly groups: readonly GroupOfRegistries[];
  /** The parameter ConfigMaps. */
  readonly configMaps: Informer;
  readonly servers: readonly Servers[];
  readonly policies: Policies;
  /** Undefined: pods are not asked anything. */
  readonly lists: Lists | undefined;
  readonly telling: Telling;
}

/** Brings what a namespace allows in line with its registries, and knows what came of it. */
export interface EnforcementStep {
  /** Answers after how many milliseconds to look again. */
  enforce(namespace: string, context: ReconcileContext): Promise<number | undefined>;
  /** What a registry's status is to say; undefined: nothing is known yet, or it enforces nothing. */
  facts(group: RegistryGroup, registry: ObjectKey): EnforcementFacts | undefined;
  /** What is known of all registries that enforce, for metrics. */
  all(): Iterable<readonly [ObjectKey, EnforcementFacts]>;
}

interface Known {
  readonly group: GroupOfRegistries;
  readonly key: ObjectKey;
  readonly facts: EnforcementFacts;
}

/** After a pod that could not be asked. */
const ASK_AGAIN_MS = 5_000;

/** Creates the step. */
export function createEnforcementStep(deps: EnforcementDeps): EnforcementStep {
  const { groups, configMaps, servers, policies, lists, telling } = deps;
  const namespaces = new Map<string, ReadonlyMap<string, Known>>();

  /** Notes what is so now, and has the statuses of the registries looked at of which something else is so than before. */
  function note(namespace: string, now: ReadonlyMap<string, Known>): void {
    const before = namespaces.get(namespace) ?? new Map<string, Known>();
    if (now.size === 0) namespaces.delete(namespace);
    else namespaces.set(namespace, now);
    for (const [id, known] of new Map([...before, ...now]))
      if (JSON.stringify(before.get(id)?.facts) !== JSON.stringify(now.get(id)?.facts)) known.group.enqueue(known.key);
  }

  return {
    enforce: async (namespace, context) => {
      const registries = registriesIn(namespace, groups);
      const enforcing = registries.filter(({ mode }) => mode !== undefined);
      const live = parametersIn(namespace, configMaps);
      if (enforcing.length === 0 && live.length === 0) {
        note(namespace, new Map());
        return undefined;
      }
      const data = live.map((object) => object.data ?? {});
      const listed = await listsOf(enforcing, data, context.signal);
      const parameters = parametersOf(registries, listed);
      const failure = lists === undefined ? NOT_ASKED : await write(namespace, parameters, { live, registries, enforcing }, context);
      // What is in force: the last good list, where the new one does not fit.
      const inForce = failure === undefined ? parameters : parametersSaid(data);
      const violators = violatorsIn(namespace, servers, createJudge(inForce));
      note(
        namespace,
        new Map(
          enforcing.map((registry) => [
            registryId(registry.group.group, registry.key),
            { ...registry, facts: factsOf(registry, { listed, failure, violators }) },
          ]),
        ),
      );
      // Without a catalog nothing is allowed, which says nothing about what runs.
      const isKnown = [...listed.values()].every(({ references }) => references !== undefined);
      if (isKnown) await telling.tell(namespace, violators, registries, context.signal);
      return [...listed.values()].every(({ isCurrent }) => isCurrent) ? undefined : ASK_AGAIN_MS;
    },
    facts: (group, registry) => namespaces.get(registry.namespace)?.get(registryId(group, registry))?.facts,
    all: function* () {
      for (const known of namespaces.values()) for (const { key, facts } of known.values()) yield [key, facts] as const;
    },
  };

  async function listsOf(
    enforcing: readonly NamespaceRegistry[],
    data: readonly ParameterData[],
    signal: AbortSignal,
  ): Promise<Map<NamespaceRegistry, RegistryList>> {
    const listed = await Promise.all(
      enforcing.map(async (registry) => {
        const stored = listedIn(data, registry.key.name);
        const list =
          lists === undefined
            ? { references: stored, isCurrent: true, unusable: 0 }
            : await lists.refresh(
                { ...registry.key, name: `${registry.group.group} ${registry.key.name}` },
                registry.group.pods(registry.object),
                stored,
                signal,
              );
        return [registry, list] as const;
      }),
    );
    return new Map(listed);
  }

  async function write(
    namespace: string,
    parameters: Parameters,
    {
      live,
      registries,
      enforcing,
    }: { live: readonly ConfigMapObject[]; registries: readonly NamespaceRegistry[]; enforcing: readonly NamespaceRegistry[] },
    { signal, logger }: ReconcileContext,
  ): Promise<EnforcementFacts['failure']> {
    try {
      const shards = renderParameters(
        parameters,
        live.map((object) => object.data ?? {}),
      );
      const owners = enforcing.length > 0 ? enforcing : registries;
      await writeParameters(shards, { namespace, live, owners }, deps, signal);
      return undefined;
    } catch (error) {
      if (error instanceof TooManyReferences)
        return {
          reason: 'ListTooLarge',
          message: `what the registries allow is too much (${error.message}); the last list that fitted stays: filter the catalog`,
        };
      signal.throwIfAborted();
      // Somebody changed one of them meanwhile, which starts another pass.
      if (isConflict(error)) throw error;
      logger.warn({ err: error }, 'what is allowed could not be written');
      note(
        namespace,
        new Map(
          enforcing.map((registry) => [
            registryId(registry.group.group, registry.key),
            { ...registry, facts: failedFacts(registry, error) },
          ]),
        ),
      );
      throw error;
    }
  }

  function failedFacts({ mode = 'enforce' }: NamespaceRegistry, error: unknown): EnforcementFacts {
    const message = `what is allowed could not be written: ${error instanceof Error ? error.message : String(error)}`;
    return { mode, failure: { reason: 'WriteFailed', message }, unusable: 0, violators: { count: 0, first: [] }, ...kindsNow() };
  }

  function factsOf(
    registry: NamespaceRegistry,
    {
      listed,
      failure,
      violators,
    }: { listed: ReadonlyMap<NamespaceRegistry, RegistryList>; failure: EnforcementFacts['failure']; violators: readonly Violator[] },
  ): EnforcementFacts {
    const { mode = 'enforce' } = registry;
    const { references, unusable = 0 } = listed.get(registry) ?? {};
    const problem = policies.problem(mode) ?? policies.guardProblem();
    return {
      mode,
      ...(problem === undefined ? {} : { problem }),
      ...(failure === undefined ? {} : { failure }),
      ...(references === undefined ? {} : { allowed: countsOf(references) }),
      unusable,
      violators: references === undefined ? { count: 0, first: [] } : violatorsOf(registry.key.name, violators),
      ...kindsNow(),
    };
  }

  function kindsNow(): Pick<EnforcementFacts, 'unseen' | 'absent'> {
    const named = (is: string): string[] => servers.filter(({ served }) => served()?.is === is).map(({ kind }) => serverKindName(kind));
    return { unseen: named('forbidden'), absent: named('absent') };
  }
}

const NOT_ASKED = {
  reason: 'NotAsked',
  message: 'the controller does not ask registries what they list; set registries.access of the chart to direct or apiserver-proxy',
} as const;

function countsOf({ images, urls, packages, templates }: AllowedReferences): NonNullable<EnforcementFacts['allowed']> {
  return { images: images.length, urls: urls.length, packages: packages.length, templates: templates.length };
}

/** Two registries of one name, one of each group, are one to the policies: labels and messages cannot tell them apart. */
function parametersOf(registries: readonly NamespaceRegistry[], listed: ReadonlyMap<NamespaceRegistry, RegistryList>): Parameters {
  const active = (wanted: Mode): string[] => [...new Set(registries.filter(({ mode }) => mode === wanted).map(({ key }) => key.name))];
  const lists = new Map<string, AllowedReferences>();
  for (const [{ key }, { references }] of listed)
    if (references !== undefined) lists.set(key.name, merged(lists.get(key.name) ?? NO_REFERENCES, references));
  const enforce = active('enforce');
  const audit = active('audit').filter((name) => !enforce.includes(name));
  return { registries: [...new Set(registries.map(({ key }) => key.name))], active: { enforce, audit }, lists };
}

function merged(one: AllowedReferences, other: AllowedReferences): AllowedReferences {
  return {
    images: [...one.images, ...other.images],
    urls: [...one.urls, ...other.urls],
    packages: [...one.packages, ...other.packages],
    templates: [...one.templates, ...other.templates],
  };
}

/** What ConfigMaps say that are there. */
function parametersSaid(data: readonly ParameterData[]): Parameters {
  const [first = {}] = data;
  const names = (key: string): string[] => (first[key] ?? '').split(' ').filter((name) => name !== '');
  const lists = new Map(MODES.flatMap((mode) => names(mode)).map((name) => [name, listedIn(data, name) ?? NO_REFERENCES]));
  return { registries: names('registries'), active: { enforce: names('enforce'), audit: names('audit') }, lists };
}
