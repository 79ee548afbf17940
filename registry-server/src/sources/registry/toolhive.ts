import type { HttpSession } from '../../outbound/client.ts';
import { HttpStatusError } from '../../outbound/failures.ts';
import { placeOf } from '../../outbound/place.ts';
import { SourceError } from '../source-error.ts';
import type { Endpoint } from './endpoint.ts';
import { field } from './entry.ts';
import { readJson } from './page.ts';
import { MAX_ENTRIES } from './pages.ts';

/** What the API says of the registry as a whole. */
export interface ToolhiveInfo {
  readonly version: string;
  readonly lastUpdated: string;
  readonly total: number;
}

/** Servers that are asked for at once, as ToolHive's own client does it. */
const AT_ONCE = 10;
/** Remote servers come after the others in the file, and are kept until then. */
const MAX_REMOTE_BYTES = 32 * 1024 * 1024;

/**
 * Asks for `/v0/info`, by which ToolHive's registry API before November 2025 is known. Undefined: it is another API. Throws
 * {@link SourceError} if this cannot be determined.
 */
export async function toolhiveInfo(session: HttpSession, endpoint: Endpoint, signal: AbortSignal): Promise<ToolhiveInfo | undefined> {
  let info: unknown;
  try {
    info = (await readJson(session, endpoint.url('toolhive', 'info'), signal)).value;
  } catch (error) {
    if (error instanceof SourceError && (error.reason === 'SourceNotFound' || error.reason === 'SourceUnreadable')) return undefined;
    throw error;
  }
  const [version, lastUpdated, total] = [field(info, 'version'), field(info, 'last_updated'), field(info, 'total_servers')];
  if (typeof total !== 'number' || typeof version !== 'string' || version === '') return undefined;
  return { version, lastUpdated: typeof lastUpdated === 'string' ? lastUpdated : '', total };
}

/** All servers of such a registry, as a catalog in ToolHive's own format. The content throws {@link SourceError}. */
export async function* toolhiveCatalog(
  session: HttpSession,
  endpoint: Endpoint,
  info: ToolhiveInfo,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const names = await namesOf(session, endpoint, signal);
  const remote: string[] = [];
  let remoteBytes = 0;
  let separator = '\n';
  const head = { version: info.version, last_updated: info.lastUpdated };
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"servers":{`);
  for (let index = 0; index < names.length; index += AT_ONCE) {
    const wanted = names.slice(index, index + AT_ONCE);
    const found = await Promise.all(wanted.map((name) => serverOf(session, endpoint, name, signal)));
    for (const [offset, server] of found.entries()) {
      if (server === undefined) continue;
      const member = `${JSON.stringify(wanted[offset])}:${JSON.stringify(server)}`;
      if (Object.hasOwn(server, 'image') || !Object.hasOwn(server, 'url')) {
        yield Buffer.from(separator + member);
        separator = ',\n';
        continue;
      }
      remoteBytes += member.length;
      if (remoteBytes > MAX_REMOTE_BYTES)
        throw new SourceError(
          'SourceTooLarge',
          `${placeOf(endpoint.url('toolhive', 'servers'))} lists too many remote servers; filter them there`,
        );
      remote.push(member);
    }
  }
  yield Buffer.from(`\n},"remote_servers":{\n${remote.join(',\n')}\n}}\n`);
}

async function namesOf(session: HttpSession, endpoint: Endpoint, signal: AbortSignal): Promise<string[]> {
  const url = endpoint.url('toolhive', 'servers', { format: 'toolhive' });
  const servers = field((await readJson(session, url, signal)).value, 'servers');
  if (!Array.isArray(servers)) throw new SourceError('SourceUnreadable', `${placeOf(url)} returned JSON without a "servers" list`);
  if (servers.length > MAX_ENTRIES)
    throw new SourceError('SourceTooLarge', `${placeOf(url)} lists more than ${MAX_ENTRIES} entries; use a filtered registry`);
  return servers.map((server: unknown) => {
    const name = field(server, 'name');
    if (typeof name === 'string' && name !== '') return name;
    throw new SourceError('SourceUnreadable', `${placeOf(url)} lists a server without a name`);
  });
}

/** A server as ToolHive's catalogs have it. Undefined: it has been removed meanwhile. */
async function serverOf(
  session: HttpSession,
  endpoint: Endpoint,
  name: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const url = endpoint.url('toolhive', `servers/${encodeURIComponent(name)}`);
    return catalogEntry((await readJson(session, url, signal)).value);
  } catch (error) {
    if (error instanceof HttpStatusError && error.status === 404) return undefined;
    throw error;
  }
}

/** The API puts the port, the tags of the image, and the URL of a remote server among the metadata. */
function catalogEntry(detail: unknown): Readonly<Record<string, unknown>> {
  if (typeof detail !== 'object' || detail === null) return {};
  const moved = ['target_port', 'docker_tags', 'url'].flatMap((name): [string, unknown][] => {
    const value = field(field(detail, 'metadata'), name);
    return value === undefined || Object.hasOwn(detail, name) ? [] : [[name, value]];
  });
  return { ...detail, ...Object.fromEntries(moved) };
}
