import { outputFormat, structured } from '../../output/format.ts';
import type { Run } from '../../program/command.ts';
import { historyLines, snapshotLines } from '../../registry/history-text.ts';
import { openTarget } from '../../registry/target.ts';
import type { flags as flagSpecs } from './command.ts';

/** Shows syncs, or snapshots. */
export const runHistory: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  const format = outputFormat(flags.output);
  await using target = await openTarget(registry, flags, session);
  const history = await target.client.history(flags.limit);
  const shown = { wide: format.wide, terminal: session.terminal, now: session.now() };
  const lines = flags.snapshots ? snapshotLines(history.snapshots, shown) : historyLines(history.syncs, shown);
  if (lines === '') session.say(flags.snapshots ? 'No snapshots are kept yet.' : 'There has been no sync yet.');
  await session.write(structured(format, history, session.terminal) ?? lines);
  return 0;
};
