import { type EnforcementMode, type RegistryGroup, serverKindName } from '@toolhive-registry/api';
import { isConflict, type Informer, type ObjectKey, type ReconcileContext } from '@toolhive-registry/reconciler';
import type { PodObject } from '../pods/pod.ts';
import type { ConfigMapObject } from '../registry/render/config-map.ts';
import type { Servers } from '../servers/informers.ts';
import { fitParameters, type FittedParameters } from './fitting.ts';
import { createJudge } from './judge.ts';
import type { Lists, RegistryList } from './lists.ts';
import { parameterKeys } from './names.ts';
import { parametersIn, writeParameters, type ParameterWriter } from './parameter-objects.ts';
import { listedIn, NO_REFERENCES, wordsOf, type ParameterData, type Parameters } from './parameters.ts';
import type { Policies } from './policies.ts';
import { registriesIn, type GroupOfRegistries, type NamespaceRegistry } from './registries.ts';
import type { EnforcementFacts, ListProblem, Violator } from './state.ts';
import type { ViolationEvents } from './violation-events.ts';
import { fitTemplates } from './templates.ts';
import { violatorsIn, violatorsOf } from './violators.ts';

export interface EnforcementDeps extends ParameterWriter {
  readonly groups: readonly GroupOfRegistries[];
  /** The parameter ConfigMaps. */
  readonly configMaps: Informer;
  readonly servers: readonly Servers[];
  /** Of registries. */
  readonly pods: Informer<PodObject>;
  readonly policies: Policies;
  /** Undefined: pods are not asked anything. */
  readonly lists: Lists | undefined;
  readonly violationEvents: ViolationEvents;
}

/** Reconciles what a namespace allows with its registries, and keeps the outcome. */
export interface EnforcementStep {
  /** Returns the milliseconds until the next check. */
  enforce(namespace: string, context: ReconcileContext): Promise<number | undefined>;
  /** The facts for a registry's status; undefined: not known yet, or it enforces nothing. */
  facts(group: RegistryGroup, registry: ObjectKey): EnforcementFacts | undefined;
  /** The facts of all enforcing registries, for metrics. */
  all(): Iterable<readonly [ObjectKey, EnforcementFacts]>;
  /** Forgets namespaces that another process now looks after. */
  forget(isOthers: (namespace: string) => boolean): void;
}

/** An enforcing registry with its list. */
interface Enforcing {
  readonly registry: NamespaceRegistry;
  readonly mode: EnforcementMode;
  readonly list: RegistryList;
  readonly leftTemplates: number;
}

interface Known {
  readonly group: GroupOfRegistries;
  readonly key: ObjectKey;
  readonly facts: EnforcementFacts;
}

/** Delay after a pod that could not be asked. */
const ASK_AGAIN_MS = 5_000;
/** Failures in a row before a failed write is reported: most are over by then. */
const FAILURES_UNTIL_REPORTED = 5;
const NOT_ASKED: ListProblem = {
  reason: 'NotAsked',
  message:
    'the controller does not ask registries for their references; set registryDefaults.access of the chart to direct or apiserver-proxy',
};

/** Creates the step. */
export function createEnforcementStep(deps: EnforcementDeps): EnforcementStep {
  const { groups, configMaps, servers, policies, lists, violationEvents } = deps;
  /** By namespace, then by group and name. */
  const namespaces = new Map<string, ReadonlyMap<string, Known>>();

  /** Keeps the new facts, and enqueues registries whose facts changed. */
  function note(namespace: string, known: readonly Known[]): void {
    const before = namespaces.get(namespace) ?? new Map<string, Known>();
    const now = new Map(known.map((one) => [idOf(one.group.group, one.key), one]));
    if (now.size === 0) namespaces.delete(namespace);
    else namespaces.set(namespace, now);
    for (const [id, { group, key }] of new Map([...before, ...now]))
      if (JSON.stringify(before.get(id)?.facts) !== JSON.stringify(now.get(id)?.facts)) group.enqueue(key);
  }

  async function enforce(namespace: string, context: ReconcileContext): Promise<number | undefined> {
    // If the registries cannot be listed, their wishes are unknown: what is in force stays.
    if (groups.some(({ registries }) => registries.accessError(namespace) !== undefined)) return undefined;
    const registries = registriesIn(namespace, groups);
    const live = parametersIn(namespace, configMaps);
    const data = live.map((object) => object.data ?? {});
    const enforcing = await listsOf(registries, data, context.signal);
    lists?.keep(
      namespace,
      enforcing.map(({ registry }) => registry.object),
    );
    if (enforcing.length === 0 && live.length === 0) {
      note(namespace, []);
      violationEvents.report(namespace, [], registries);
      return undefined;
    }
    const wanted = parametersOf(registries, enforcing);
    const isAsked = lists !== undefined || enforcing.length === 0;
    const fitted = isAsked ? await write(wanted, { namespace, live, registries }, context) : undefined;
    const inForce = fitted?.effective ?? parametersInForce(data);
    const problemOf = (registry: string): ListProblem | undefined => (isAsked ? tooLarge(fitted?.tooLarge.get(registry)) : NOT_ASKED);
    const violators = violatorsIn(namespace, servers, createJudge(inForce));
    note(
      namespace,
      enforcing.map((one) => ({ ...one.registry, facts: factsOf(one, { problem: problemOf(one.registry.key.name), inForce, violators }) })),
    );
    // A registry without a catalog allows nothing, which says nothing about running servers.
    const listed = new Set(enforcing.flatMap(({ registry, list }) => (list.references === undefined ? [] : [registry.key.name])));
    violationEvents.report(
      namespace,
      violators.filter(({ verdict }) => verdict.required.every((name) => listed.has(name))),
      registries,
    );
    return enforcing.some(({ list }) => list.problem !== undefined) ? ASK_AGAIN_MS : undefined;
  }

  async function listsOf(
    registries: readonly NamespaceRegistry[],
    data: readonly ParameterData[],
    signal: AbortSignal,
  ): Promise<Enforcing[]> {
    const active = registries.flatMap((registry) => (registry.mode === undefined ? [] : [{ registry, mode: registry.mode }]));
    return Promise.all(
      active.map(async ({ registry, mode }) => {
        const stored = listedIn(data, registry.key.name);
        const list = await lists?.refresh(registry.object, registry.group.pods(registry.object), stored, signal);
        const { references, ...rest } = list ?? { references: stored, unusable: 0 };
        const fitted = references === undefined ? undefined : fitTemplates(references, active.length);
        return { registry, mode, list: { ...rest, references: fitted?.references }, leftTemplates: fitted?.left ?? 0 };
      }),
    );
  }

  /** Writes as much as fits. */
  async function write(
    wanted: Parameters,
    { namespace, live, registries }: { namespace: string; live: readonly ConfigMapObject[]; registries: readonly NamespaceRegistry[] },
    { signal, logger, failures }: ReconcileContext,
  ): Promise<FittedParameters> {
    try {
      const data = live.map((object) => object.data ?? {});
      const fitted = fitParameters(wanted, (registry) => listedIn(data, registry), data);
      const enforcing = registries.filter(({ mode }) => mode !== undefined);
      const owners = enforcing.length > 0 ? enforcing : registries;
      await writeParameters(fitted.parts, { namespace, live, owners }, deps, signal);
      return fitted;
    } catch (error) {
      signal.throwIfAborted();
      // A conflict triggers another pass anyway, and most failures are over soon.
      if (isConflict(error) || failures < FAILURES_UNTIL_REPORTED) throw error;
      logger.warn({ err: error }, 'could not write the allowed references');
      reportWriteFailure(namespace, error);
      throw error;
    }
  }

  /** All other facts stay as they were. */
  function reportWriteFailure(namespace: string, error: unknown): void {
    const message = `could not write the allowed references: ${error instanceof Error ? error.message : String(error)}`;
    const known = registriesIn(namespace, groups).flatMap((registry): Known[] => {
      if (registry.mode === undefined) return [];
      const before = namespaces.get(namespace)?.get(idOf(registry.group.group, registry.key))?.facts;
      const nothing = { isPublished: false, unusable: 0, leftTemplates: 0, violators: { count: 0, first: [] }, ...kindsIn(namespace) };
      return [{ ...registry, facts: { ...(before ?? nothing), mode: registry.mode, listProblem: { reason: 'WriteFailed', message } } }];
    });
    note(namespace, known);
  }

  function factsOf(
    { registry: { key }, mode, list, leftTemplates }: Enforcing,
    { problem, inForce, violators }: { problem: ListProblem | undefined; inForce: Parameters; violators: readonly Violator[] },
  ): EnforcementFacts {
    const allowed = inForce.lists.get(key.name);
    const listFailure = list.problem === undefined ? undefined : ({ reason: 'ListUnknown', message: list.problem } as const);
    return {
      mode,
      problem: policies.problem(mode) ?? policies.guardProblem(),
      listProblem: problem ?? listFailure,
      isPublished: inForce.active[mode].includes(key.name),
      allowed:
        allowed === undefined
          ? undefined
          : {
              images: allowed.images.length,
              urls: allowed.urls.length,
              packages: allowed.packages.length,
              templates: allowed.templates.length,
            },
      unusable: list.unusable,
      leftTemplates,
      violators: allowed === undefined ? { count: 0, first: [] } : violatorsOf(key.name, mode, violators),
      ...kindsIn(key.namespace),
    };
  }

  function kindsIn(namespace: string): Pick<EnforcementFacts, 'unseen' | 'absent'> {
    const unseen = servers.filter(({ isSeen }) => !isSeen(namespace));
    const absent = servers.filter((one) => one.served()?.is === 'absent');
    return { unseen: unseen.map(({ kind }) => serverKindName(kind)), absent: absent.map(({ kind }) => serverKindName(kind)) };
  }

  return {
    enforce,
    facts: (group, registry) => namespaces.get(registry.namespace)?.get(idOf(group, registry))?.facts,
    all: function* () {
      for (const known of namespaces.values()) for (const { key, facts } of known.values()) yield [key, facts] as const;
    },
    forget: (isOthers) => {
      for (const namespace of namespaces.keys()) {
        if (!isOthers(namespace)) continue;
        namespaces.delete(namespace);
        lists?.keep(namespace, []);
      }
    },
  };
}

function idOf(group: RegistryGroup, { name }: ObjectKey): string {
  return `${group} ${name}`;
}

function tooLarge(why: string | undefined): ListProblem | undefined {
  if (why === undefined) return undefined;
  return { reason: 'ListTooLarge', message: `the registries of this namespace list too many references (${why}); filter the catalogs` };
}

function parametersOf(registries: readonly NamespaceRegistry[], enforcing: readonly Enforcing[]): Parameters {
  const active = (wanted: EnforcementMode): string[] =>
    enforcing.filter(({ mode }) => mode === wanted).map(({ registry }) => registry.key.name);
  const lists = enforcing.flatMap(({ registry, list }) =>
    list.references === undefined ? [] : [[registry.key.name, list.references] as const],
  );
  return {
    registries: registries.map(({ key }) => key.name),
    active: { enforce: active('enforce'), audit: active('audit') },
    lists: new Map(lists),
  };
}

/** The parameters in existing ConfigMaps. */
function parametersInForce(data: readonly ParameterData[]): Parameters {
  const names = (key: string): string[] => [...new Set(data.flatMap((one) => wordsOf(one[key])))];
  const lists = names(parameterKeys.listed).map((name) => [name, listedIn(data, name) ?? NO_REFERENCES] as const);
  return {
    registries: names(parameterKeys.registries),
    active: { enforce: names('enforce'), audit: names('audit') },
    lists: new Map(lists),
  };
}
