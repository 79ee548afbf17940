import { reasonFacts, type Condition } from '@toolhive-registry/api';
import { isReady } from '@toolhive-registry/api/pods';
import type { RegistryObject } from '../../../cluster/registries.ts';
import { counted } from '../../../output/counted.ts';
import type { ControllerFacts, RegistryFacts } from '../facts.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';
import { checkConditions } from './conditions.ts';
import { checkInternalPort } from './internal-port.ts';
import { firstTrouble, podRemedy, present } from './pods.ts';
import { checkConfigMaps, checkSecrets, checkSources } from './sources.ts';

/** What is so besides the registry itself. */
export interface RegistryContext {
  /** All controllers; empty where none could be seen. */
  readonly controllers: readonly ControllerFacts[];
  /** The groups in which the namespace has a registry of this name. */
  readonly groups: readonly string[];
}

/** Everything about one registry. */
export function checkRegistry(facts: RegistryFacts, context: RegistryContext): Finding[] {
  return [
    ...checkName(facts.object, context.groups),
    ...checkWatched(facts.object, context.controllers),
    checkServing(facts.object),
    ...checkConditions(facts),
    ...checkPods(facts),
    ...checkSources(facts),
    ...checkConfigMaps(facts),
    ...checkSecrets(facts),
    ...checkInternalPort(facts, context.controllers),
  ];
}

/** Two registries with the same name have the same object names, and one of them is not served. */
function checkName({ metadata, apiVersion }: RegistryObject, groups: readonly string[]): Finding[] {
  const others = groups.filter((group) => !apiVersion.startsWith(`${group}/`));
  if (others.length === 0) return [];
  return [
    problem(
      'name',
      `there is a registry ${metadata.name} of group ${others.join(' and ')} as well; only one of them is served`,
      'delete one of them, or give it another name',
    ),
  ];
}

function checkWatched({ metadata }: RegistryObject, controllers: readonly ControllerFacts[]): Finding[] {
  const { namespace = '' } = metadata;
  const isWatched = controllers.some(({ settings }) => settings.watchNamespaces?.includes(namespace) !== false);
  if (controllers.length === 0 || isWatched) return [];
  return [problem('controller', `no controller watches namespace ${namespace}`, 'add it to rbac.watchNamespaces of the chart')];
}

/** What to do about the reasons of the condition Ready that are not a source's. */
const REMEDIES: Readonly<Record<string, string>> = {
  NameTaken: 'delete the other registry of this name, or give one of them another name',
  ValidationFailed: 'correct what the message names in the manifest',
  Forbidden: 'grant the controller the permissions of its chart in this namespace',
  AnotherWriter: 'stop the other program that writes the same objects: see docs/operations.md, several controllers',
  WaitingForDeletion: 'wait; if it lasts, check the finalizers of the object that the message names',
};

function checkServing(object: RegistryObject): Finding {
  const { metadata, status } = object;
  if (status?.conditions === undefined)
    return problem('serving', 'no controller has looked at it', 'see whether a controller runs, and watches this namespace');
  if (metadata.deletionTimestamp !== undefined) return warning('serving', 'it is being deleted', described(object));
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True') return notServing(object, ready);
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
    return warning('serving', 'it is served, and no controller has seen the last change of its manifest', 'see whether a controller works');
  return ok('serving', `${counted(status.serverCount ?? 0, 'server')} at ${status.url ?? ''}`);
}

function notServing(object: RegistryObject, ready: Condition | undefined): Finding {
  const { phase = 'Pending', message = '' } = object.status ?? {};
  const reason = ready?.reason ?? 'Unknown';
  const remedy = reasonFacts(reason)?.remedy ?? REMEDIES[reason] ?? described(object);
  return problem('serving', `it is ${phase}, and serves nothing (${reason}): ${ready?.message ?? message}`, remedy);
}

function described({ metadata, apiVersion }: RegistryObject): string {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  return `kubectl describe mcpregistries.${group} ${metadata.name} --namespace ${metadata.namespace ?? ''}`;
}

/** Where there is no pod, the registry's conditions say why. */
function checkPods({ object, pods }: RegistryFacts): Finding[] {
  if (pods.is === 'unseen') return [unknown('pods', pods)];
  const { namespace = '' } = object.metadata;
  const all = present(pods.value);
  const ready = all.filter(isReady).length;
  const counts = `${ready} of ${counted(all.length, 'pod')} ready`;
  const trouble = firstTrouble(all);
  if (trouble === undefined) return all.length === 0 ? [] : [ok('pods', counts)];
  const report = ready === 0 ? problem : warning;
  return [report('pods', `${counts}; pod ${trouble.pod}: ${trouble.message}`, podRemedy(trouble, namespace))];
}
