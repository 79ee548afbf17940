import { misuse } from '../../program/failure.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';
import type { Flags } from './command.ts';
import type { Enforcer, EnforcerSource } from './enforcers.ts';

/** What is not a reference is recognized without a search, and the answer says whose registry it is and how it enforces. */
const NO_URL = '-';

/** Registries that are asked at their addresses. No cluster is. */
export async function urlEnforcers(flags: Flags, session: Session): Promise<EnforcerSource> {
  await using opened = new AsyncDisposableStack();
  const found: { readonly enforcer: Enforcer; readonly namespace: string; readonly url: string }[] = [];
  for (const url of new Set(flags.url)) {
    // --namespace is for objects that name none.
    const { client } = opened.use<Target>(await openTarget(undefined, { ...flags, url, namespace: undefined }, session));
    const { registry, enforcement } = await client.explain({ url: NO_URL });
    const { name, namespace } = registry;
    const same = found.find((one) => one.enforcer.name === name);
    if (same !== undefined)
      throw misuse(`${same.url} and ${url} are both registry "${name}", and labels could not tell them apart`, 'ask one of them at a time');
    const mode = enforcement === 'off' ? undefined : enforcement;
    found.push({ enforcer: { name, label: client.label, mode, client }, namespace, url });
  }
  const all = found.map(({ enforcer }) => enforcer);
  const namespace = flags.namespace ?? found[0]?.namespace ?? '';
  const kept = opened.move();
  return {
    of: async (server) => ({ namespace: server.namespace ?? namespace, all, isComplete: false }),
    running: async () => undefined,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
