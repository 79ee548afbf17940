import { closest } from '@toolhive-registry/api/closest';
import { Failure, misuse } from '../program/failure.ts';
import type { RegistryClient, ServerItem } from './client.ts';
import { rowOf } from './server-row.ts';

/** Maximum number of servers that are searched for suggestions, and for whether a short name is unique. */
const MAX_LOOKED_AT = 1_000;
const MAX_SHORT = 100_000;
/** Maximum number of names that a message lists. */
const MAX_NAMED = 5;

/**
 * All versions of a server, the last published first: by its full name, or by what is after the slash where no other server has that. Throws a
 * {@link Failure} that names what was probably meant.
 */
export async function findServer(client: RegistryClient, name: string): Promise<readonly ServerItem[]> {
  const found = await client.versions(name);
  if (found !== undefined && found.length > 0) return found;
  const names = await namesLike(client, name, MAX_SHORT);
  const ending = names.filter((one) => one.slice(one.lastIndexOf('/') + 1) === name);
  const [only, other] = ending;
  if (names.length >= MAX_SHORT)
    throw misuse(`${client.label} has too many servers like "${name}" to tell which is meant`, 'use its full name');
  if (other !== undefined)
    throw misuse(`several servers of ${client.label} are called "${name}"`, `use one of ${ending.slice(0, MAX_NAMED).join(', ')}`);
  const versions = only === undefined ? undefined : await client.versions(only);
  if (versions !== undefined && versions.length > 0) return versions;
  throw unknownServer(client, name, names.length > 0 ? names : await namesLike(client, undefined, MAX_LOOKED_AT));
}

function unknownServer({ label }: RegistryClient, name: string, names: readonly string[]): Failure {
  const short = new Map(names.map((one) => [one.slice(one.lastIndexOf('/') + 1), one]));
  const near = closest(name, names) ?? short.get(closest(name, short.keys()) ?? '');
  return new Failure(`${label} has no server "${name}"`, {
    remedy: near === undefined ? 'list shows all servers' : `did you mean ${near}?`,
  });
}

/** Names of the latest versions with a text in them; without a text the first of all. */
async function namesLike(client: RegistryClient, text: string | undefined, most: number): Promise<string[]> {
  const names: string[] = [];
  for await (const items of client.named(text)) {
    names.push(...items.map((item) => rowOf(item).name));
    if (names.length >= most) break;
  }
  return names;
}

/** The version that is meant. Throws a failure that names those that there are. */
export function versionOf(versions: readonly ServerItem[], wanted: string | undefined, { label }: RegistryClient): ServerItem {
  const rows = versions.map((item) => ({ item, version: rowOf(item).version }));
  const found =
    wanted === undefined || wanted === 'latest'
      ? (rows.find(({ item }) => isLatest(item)) ?? rows[0])
      : rows.find(({ version }) => version === wanted);
  if (found !== undefined) return found.item;
  const name = rows[0] === undefined ? '' : rowOf(rows[0].item).name;
  throw new Failure(`${label} has no version ${wanted ?? ''} of ${name}`, {
    remedy: `it has ${rows.map(({ version }) => version).join(', ')}`,
  });
}

function isLatest({ _meta }: ServerItem): boolean {
  return Object.values(_meta ?? {}).some((one) => (one as { readonly isLatest?: unknown } | null)?.isLatest === true);
}
