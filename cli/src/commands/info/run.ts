import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { serverPath } from '../../registry/server-path.ts';
import { openTarget } from '../../registry/target.ts';
import { registryInfo } from './registry.ts';
import { serverInfo } from './server.ts';
import type { flags as flagSpecs } from './command.ts';

/** Flags that only a server has. */
const OF_SERVERS = ['version', 'versions', 'client', 'target'] as const;

/** Shows a registry, or a server. */
export const runInfo: Run<typeof flagSpecs> = async ({ args: [subject], flags }, session) => {
  const { registry, server } = serverPath(subject, flags.url);
  const stray = OF_SERVERS.find((name) => flags[name] !== undefined && flags[name] !== false);
  if (server === undefined && stray !== undefined) throw misuse(`--${stray} is for servers only`, 'write REGISTRY/SERVER');
  await using target = await openTarget(registry, flags, session);
  return await (server === undefined ? registryInfo(target, flags, session) : serverInfo(target, server, flags, session));
};
