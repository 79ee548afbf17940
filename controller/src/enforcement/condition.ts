import type { Draft } from '../registry/status/sync-conditions.ts';
import type { EnforcementFacts } from './state.ts';

export const ENFORCEMENT_ACTIVE = 'EnforcementActive';

/** The condition EnforcementActive. */
export function enforcementCondition(facts: EnforcementFacts): Draft {
  const { mode, problem, listProblem, allowed, isPublished } = facts;
  const details = detailsOf(facts);
  if (problem !== undefined && problem.reason !== 'Unguarded') return draft('False', problem.reason, [problem.message, ...details]);
  const what = mode === 'enforce' ? 'refused' : 'let in with a warning';
  const nothing = `no list of the registry is in force yet, so every MCP server is ${what}`;
  const stays = allowed === undefined ? nothing : `the previous list stays in force; what is not in it is ${what}`;
  if (listProblem !== undefined)
    return draft(isPublished ? 'True' : 'False', listProblem.reason, [listProblem.message, ...(isPublished ? [stays] : []), ...details]);
  const does = `what is not in the catalog is ${what}`;
  if (problem !== undefined) return draft('True', problem.reason, [problem.message, does, ...details]);
  if (allowed === undefined)
    return draft('True', 'NoCatalog', [`no catalog of the registry is known yet, so every MCP server is ${what}`, ...details]);
  return draft('True', mode === 'enforce' ? 'Enforcing' : 'Auditing', [does, ...details]);
}

function draft(status: 'True' | 'False', reason: string, parts: readonly string[]): Draft {
  return { type: ENFORCEMENT_ACTIVE, status, reason, message: parts.join('; ') };
}

function detailsOf({ allowed, unusable, leftTemplates, violators, unseen, absent }: EnforcementFacts): string[] {
  return [
    ...(violators.count === 0 ? [] : [violatorsText(violators)]),
    ...(allowed === undefined ? [] : [allowedText(allowed)]),
    ...(unusable === 0 ? [] : [`${count(unusable, 'reference')} of entries cannot be compared (GET /registry/images names them)`]),
    ...(leftTemplates === 0 ? [] : [`there is no room for ${count(leftTemplates, 'URL template')}`]),
    ...(unseen.length === 0 ? [] : [`the controller cannot list ${unseen.join(', ')}, so it is unknown which of their servers run`]),
    ...(absent.length === 0 ? [] : [`not installed: ${absent.join(', ')}`]),
  ];
}

function violatorsText({ count: all, first }: EnforcementFacts['violators']): string {
  const more = all > first.length ? ` and ${all - first.length} more` : '';
  return `${count(all, 'running server')} ${all === 1 ? 'is' : 'are'} not in the catalog: ${first.join(', ')}${more}`;
}

function allowedText({ images, urls, packages, templates }: NonNullable<EnforcementFacts['allowed']>): string {
  const parts = [
    count(images, 'image'),
    count(urls, 'URL'),
    ...(templates === 0 ? [] : [count(templates, 'URL template')]),
    count(packages, 'package'),
  ];
  return `allowed: ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
