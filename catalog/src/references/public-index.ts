import { normalUrl } from './normal.ts';

/** The domains of the public indexes, by type: commands use them by default. */
const DOMAINS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npmjs.org'],
  ['pypi', 'pypi.org'],
  ['nuget', 'nuget.org'],
]);

/** Whether the registry base URL of a server.json is that of the public index of its type; a missing one is. */
export function isPublicIndex(type: string, base: string | undefined): boolean {
  if (base === undefined) return true;
  const host = /^https:\/\/([^/:]+)/.exec(normalUrl(base) ?? '')?.[1] ?? '';
  return `.${host}`.endsWith(`.${DOMAINS.get(type)}`);
}
