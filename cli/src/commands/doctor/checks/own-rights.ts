import type { OwnRights } from '../facts.ts';
import { ok, unknown, warning, type Finding } from '../finding.ts';

/** What whoever asks may do, by what needs it. */
export function checkOwnRights(all: readonly OwnRights[], namespace: string | undefined): Finding[] {
  const where = namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`;
  return all.map(({ purpose, rights }) => {
    const names = rights.map(({ right }) => right);
    const [check = ''] = names;
    const allowed = rights.find(({ isAllowed }) => isAllowed.is === 'seen' && isAllowed.value);
    if (allowed !== undefined) return ok(check, `you may ${allowed.right} ${where}`);
    for (const { isAllowed } of rights) if (isAllowed.is === 'unseen') return unknown(check, isAllowed);
    const either = rights.length > 1 ? 'one of these rights' : 'the right';
    return warning(check, `you may not ${names.join(', nor ')} ${where}, which ${purpose} takes`, `ask an administrator for ${either}`);
  });
}
