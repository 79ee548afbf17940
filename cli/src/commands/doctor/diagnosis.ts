import { checkVersion } from './checks/cluster.ts';
import { versionOf } from './checks/controller-version.ts';
import { checkController } from './checks/controllers.ts';
import { checkCrds } from './checks/crds.ts';
import { checkEnforcement } from './checks/enforcement.ts';
import { checkOwnPermissions } from './checks/own-permissions.ts';
import { checkRegistry } from './checks/registry.ts';
import type { ControllerFacts, Facts, RegistryFacts } from './facts.ts';
import { ok, problem, unknown, type Finding, type Section } from './finding.ts';

/** All checks, grouped by subject. */
export function diagnose(facts: Facts): Section[] {
  const controllers = facts.controllers.is === 'seen' ? facts.controllers.value : [];
  const registries = facts.registries.is === 'seen' ? facts.registries.value : [];
  const isReleased = controllers.some(({ deployment }) => versionOf(deployment) === facts.ownVersion);
  return [
    { about: 'API server', findings: [checkVersion(facts)] },
    { about: 'CRDs', findings: checkCrds(facts.crds, isReleased) },
    ...controllerSections(facts),
    { about: 'Your permissions', findings: checkOwnPermissions(facts.ownPermissions, facts.namespace) },
    { about: 'Enforcement', findings: checkEnforcement(facts.policies, controllers, registries) },
    { about: 'Registries', findings: [checkList(facts)] },
    ...registries.map((registry) => registrySection(registry, registries, controllers)),
  ].filter(({ findings }) => findings.length > 0);
}

function controllerSections({ controllers, ownVersion, now }: Facts): Section[] {
  if (controllers.is === 'unseen') return [{ about: 'Controller', findings: [unknown('controller', controllers)] }];
  if (controllers.value.length === 0) {
    const none = problem(
      'controller',
      'there is none: no Deployment has the labels of the chart',
      'helm install toolhive-registry charts/toolhive-registry --namespace toolhive-system --create-namespace',
    );
    return [{ about: 'Controller', findings: [none] }];
  }
  return controllers.value.map((controller) => {
    const { namespace = '', name } = controller.deployment.metadata;
    return { about: `Controller ${namespace}/${name}`, findings: checkController(controller, { ownVersion, now }) };
  });
}

function checkList({ registries, namespace }: Facts): Finding {
  if (registries.is === 'unseen') return unknown('list', registries);
  const where = namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`;
  return ok('list', `${registries.value.length} ${where}`);
}

function registrySection(facts: RegistryFacts, all: readonly RegistryFacts[], controllers: readonly ControllerFacts[]): Section {
  const { metadata, apiVersion } = facts.object;
  const namesakes = all.filter(({ object }) => object.metadata.name === metadata.name && object.metadata.namespace === metadata.namespace);
  const groups = namesakes.map(({ object }) => groupIn(object.apiVersion));
  const group = groups.length > 1 ? ` (${groupIn(apiVersion)})` : '';
  return {
    about: `Registry ${metadata.namespace ?? ''}/${metadata.name}${group}`,
    findings: checkRegistry(facts, { controllers, groups }),
  };
}

function groupIn(apiVersion: string): string {
  return apiVersion.slice(0, apiVersion.indexOf('/'));
}
