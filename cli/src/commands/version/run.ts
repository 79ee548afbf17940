import { outputFormat, structured } from '../../output/format.ts';
import { lineOf } from '../../output/scalar.ts';
import type { Run } from '../../program/command.ts';
import { checkTarget, openTarget } from '../../registry/target.ts';
import { commit, VERSION, versionLine } from '../../version.ts';
import type { flags as flagSpecs } from './command.ts';

/** Prints versions. */
export const runVersion: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  const format = outputFormat(flags.output);
  checkTarget(registry, flags);
  const client = { version: VERSION, commit: commit(), node: process.version, platform: `${process.platform}/${process.arch}` };
  const value: { client: typeof client; server?: Readonly<Record<string, unknown>> } = { client };
  if (!flags.client && (registry !== undefined || flags.url !== undefined)) {
    await using target = await openTarget(registry, flags, session);
    value.server = await target.client.version();
  }
  const text = structured(format, value, session.terminal);
  if (text !== undefined) await session.write(text);
  else {
    await session.write(`${versionLine()}\n`);
    const { server } = value;
    if (server !== undefined)
      await session.write(`Server: ${lineOf(server['version'] ?? 'unknown')} (commit ${lineOf(server['commit'] ?? 'unknown')})\n`);
  }
  return 0;
};
