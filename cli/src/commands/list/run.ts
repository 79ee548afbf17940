import { misuse } from '../../program/failure.ts';
import type { Run } from '../../program/command.ts';
import type { flags as flagSpecs } from './command.ts';
import { listServers } from './servers.ts';

/** Flags that only a list of servers has. */
const OF_SERVERS = ['search', 'sort', 'limit'] as const;
const OF_SERVERS_TOO = ['tag', 'tier', 'transport', 'type'] as const;

/** Lists registries, or the servers of one. */
export const runList: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  if (registry !== undefined || flags.url !== undefined) {
    if (flags['all-namespaces']) throw misuse('--all-namespaces is for the list of registries', 'leave it out, or leave out the registry');
    await listServers(registry, flags, session);
    return 0;
  }
  const stray = [...OF_SERVERS.filter((name) => flags[name] !== undefined), ...OF_SERVERS_TOO.filter((name) => flags[name].length > 0)][0];
  if (stray !== undefined) throw misuse(`--${stray} is for the servers of one registry`, 'name the registry: list REGISTRY');
  // The client of a cluster is not loaded for a registry that has a URL.
  const { listRegistriesOf } = await import('./registries.ts');
  await listRegistriesOf(flags, session);
  return 0;
};
