import type { OwnPermissions } from '../facts.ts';
import { ok, unknown, warning, type Finding } from '../finding.ts';

/** What the user may do, by what needs it. */
export function checkOwnPermissions(all: readonly OwnPermissions[], namespace: string | undefined): Finding[] {
  const where = namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`;
  return all.map(({ purpose, permissions }) => {
    const names = permissions.map(({ permission }) => permission);
    const [check = ''] = names;
    const allowed = permissions.find(({ isAllowed }) => isAllowed.is === 'seen' && isAllowed.value);
    if (allowed !== undefined) return ok(check, `you may ${allowed.permission} ${where}`);
    for (const { isAllowed } of permissions) if (isAllowed.is === 'unseen') return unknown(check, isAllowed);
    const either = permissions.length > 1 ? 'one of these permissions' : 'the permission';
    return warning(check, `you may not ${names.join(', nor ')} ${where}, which ${purpose} takes`, `ask an administrator for ${either}`);
  });
}
