import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { openTarget } from '../../registry/target.ts';
import { registryInfo } from './registry.ts';
import { serverInfo } from './server.ts';
import type { flags as flagSpecs } from './command.ts';

/** Shows a registry, or a server. */
export const runInfo: Run<typeof flagSpecs> = async ({ args: [subject], flags }, session) => {
  const { registry, server } = partsOf(subject, flags.url);
  if (server === undefined && flags.version !== undefined) throw misuse('--version is for a server', 'write REGISTRY/SERVER');
  await using target = await openTarget(registry, flags, session);
  return await (server === undefined ? registryInfo(target, flags, session) : serverInfo(target, server, flags, session));
};

/** What stands before the first slash is the registry; with a URL there is only a server. */
export function partsOf(subject: string | undefined, url: string | undefined): { registry?: string; server?: string } {
  if (url !== undefined) return subject === undefined ? {} : { server: subject };
  if (subject === undefined || /^https?:\/\//.test(subject)) return subject === undefined ? {} : { registry: subject };
  const slash = subject.indexOf('/');
  return slash < 0 ? { registry: subject } : { registry: subject.slice(0, slash), server: subject.slice(slash + 1) };
}
