import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { annotations } from '@toolhive-registry/api/group';
import { annotate } from '../../cluster/annotate.ts';
import { counted } from '../../output/counted.ts';
import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { documentOf } from '../../registry/client.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import { waitTimeoutMs, until } from '../../terminal/wait.ts';
import type { flags as flagSpecs } from './command.ts';

/** Rolls back, or ends a rollback. */
export const runRollback: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  const { to, end } = flags;
  if ((to === undefined) === !end) throw misuse('say what to serve', 'give --to HASH for an earlier catalog, or --end for the sources');
  if (to !== undefined && !/^[0-9a-f]{8,64}$/i.test(to))
    throw misuse(`--to is "${to}"`, 'give eight digits of the hash or more; history --snapshots lists them');
  const timeoutMs = waitTimeoutMs(flags.timeout);
  await using target = await openTarget(registry, flags, session);
  const { client, inCluster } = target;
  const hash = to === undefined ? undefined : await snapshotOf(target, to);
  if (inCluster === undefined) await client.rollback(hash);
  else await annotate(inCluster, { [annotations.rollbackTo]: hash ?? null }, session);
  const document = !flags.wait
    ? undefined
    : await until(
        { what: `the rollback of ${client.label}`, timeoutMs, interrupted: 'the rollback continues; nothing else was changed' },
        session,
        async () => {
          const now = await documentOf(client);
          return now !== undefined && isServed(now, hash) ? { done: now } : { waiting: 'the registry still serves what it served before' };
        },
      );
  if (!flags.quiet)
    session.say(
      `${client.label}: ${hash === undefined ? 'the rollback ends' : `now serves snapshot ${hash}`}${document === undefined ? '' : `; ${counted(document.serverCount, 'server')}`}`,
    );
  return 0;
};

/** The whole hash of a snapshot that the registry keeps. Throws a failure that names those that there are. */
async function snapshotOf({ client }: Pick<Target, 'client'>, to: string): Promise<string> {
  const { snapshots } = await client.history(1);
  const found = snapshots.filter(({ hash }) => hash.startsWith(to.toLowerCase()));
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only.hash;
  const kept = snapshots.map(({ hash, serverCount }) => `${hash.slice(0, 12)} (${counted(serverCount, 'server')})`).join(', ');
  throw misuse(
    only === undefined ? `${client.label} keeps no snapshot "${to}"` : `"${to}" fits several snapshots of ${client.label}`,
    kept === '' ? 'it keeps none yet' : `it keeps ${kept}`,
  );
}

function isServed({ rolledBackTo }: RegistryStatusDocument, hash: string | undefined): boolean {
  return hash === undefined ? (rolledBackTo ?? null) === null : rolledBackTo === hash;
}
