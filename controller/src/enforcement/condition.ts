import type { Draft } from '../registry/status/sync-conditions.ts';
import type { EnforcementFacts } from './state.ts';

/** The type of the condition. */
export const ENFORCEMENT_ACTIVE = 'EnforcementActive';

/** What a registry's status says of its enforcement. */
export function enforcementCondition(facts: EnforcementFacts): Draft {
  const { mode, problem, failure, allowed } = facts;
  const details = detailsOf(facts);
  if (problem !== undefined && problem.reason !== 'Unguarded') return draft('False', problem.reason, [problem.message, ...details]);
  if (failure !== undefined && failure.reason !== 'ListTooLarge') return draft('False', failure.reason, [failure.message, ...details]);
  const does = mode === 'enforce' ? 'what is not in the catalog is refused' : 'what is not in the catalog is let in with a warning';
  if (failure !== undefined) return draft('True', failure.reason, [failure.message, ...details]);
  if (problem !== undefined) return draft('True', problem.reason, [problem.message, does, ...details]);
  if (allowed === undefined) {
    const verb = mode === 'enforce' ? 'refused' : 'warned of';
    return draft('True', 'NoCatalog', [`the registry has had no catalog yet, so every MCP server is ${verb}`, ...details]);
  }
  return draft('True', mode === 'enforce' ? 'Enforcing' : 'Auditing', [does, ...details]);
}

function draft(status: 'True' | 'False', reason: string, parts: readonly string[]): Draft {
  return { type: ENFORCEMENT_ACTIVE, status, reason, message: parts.join('; ') };
}

function detailsOf({ allowed, unusable, violators, unseen, absent }: EnforcementFacts): string[] {
  return [
    ...(violators.count === 0 ? [] : [violatorsText(violators)]),
    ...(allowed === undefined ? [] : [allowedText(allowed)]),
    ...(unusable === 0
      ? []
      : [
          `${count(unusable, 'reference')} of entries cannot be compared and ${unusable === 1 ? 'admits' : 'admit'} nothing (GET /registry/images)`,
        ]),
    ...(unseen.length === 0 ? [] : [`the controller may not list ${unseen.join(', ')}, so what runs of them is not known`]),
    ...(absent.length === 0 ? [] : [`not installed: ${absent.join(', ')}`]),
  ];
}

function violatorsText({ count: all, first }: EnforcementFacts['violators']): string {
  const more = all > first.length ? ` and ${all - first.length} more` : '';
  return `${count(all, 'server')} that ${all === 1 ? 'runs is' : 'run are'} not in the catalog: ${first.join(', ')}${more}`;
}

function allowedText({ images, urls, packages, templates }: NonNullable<EnforcementFacts['allowed']>): string {
  const parts = [
    count(images, 'image'),
    count(urls, 'URL'),
    ...(templates === 0 ? [] : [count(templates, 'URL template')]),
    count(packages, 'package'),
  ];
  return `allowed are ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
