import { enforcementModeOf } from '@toolhive-registry/api';
import { counted } from '../../../output/counted.ts';
import type { ControllerFacts, PolicyFacts, RegistryFacts } from '../facts.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';

const REMEDY = 'upgrade the release of the chart with enforcement.enabled=true';

/** Whether the admission policies are there that registries ask for by enforceServers. Nothing where none does. */
export function checkEnforcement(
  policies: readonly PolicyFacts[],
  controllers: readonly ControllerFacts[],
  registries: readonly RegistryFacts[],
): Finding[] {
  const count = registries.filter(({ object }) => enforcementModeOf(object) !== undefined).length;
  if (count === 0) return [];
  const off = controllers.filter(({ settings }) => settings.policies === undefined);
  return [
    ...off.map(({ deployment: { metadata } }) =>
      problem(
        'policies',
        `the admission policies of ${metadata.namespace ?? ''}/${metadata.name} are switched off, and ${counted(count, 'registry has', 'registries have')} enforceServers set`,
        REMEDY,
      ),
    ),
    ...policies.map(checkPolicy),
  ];
}

function checkPolicy({ kind, name, part, isThere }: PolicyFacts): Finding {
  const check = `${kind} ${name}`;
  if (isThere.is === 'unseen') return unknown(check, isThere);
  if (isThere.value) return ok(check, 'it is there');
  return part === 'guard'
    ? warning(check, 'it is missing: anyone who may write ConfigMaps can change what is allowed', REMEDY)
    : problem(check, `it is missing: nothing is ${part === 'audit' ? 'warned of' : 'refused'}`, REMEDY);
}
