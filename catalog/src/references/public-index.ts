import { normalUrl } from './normal.ts';

/** The domains of the public indexes, by the type of registry: a command takes packages from there where nothing else is said. */
const DOMAINS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npmjs.org'],
  ['pypi', 'pypi.org'],
  ['nuget', 'nuget.org'],
]);

/** Whether the base URL of a registry, as server.json has it, is that of the public index of its type; without a base URL it is. */
export function isPublicIndex(type: string, base: string | undefined): boolean {
  if (base === undefined) return true;
  const host = /^https:\/\/([^/:]+)/.exec(normalUrl(base) ?? '')?.[1] ?? '';
  return `.${host}`.endsWith(`.${DOMAINS.get(type)}`);
}
