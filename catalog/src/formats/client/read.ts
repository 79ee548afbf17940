import { ORIGIN_META, CatalogError, type CatalogEntry, type CatalogInfo } from '../../entry/entry.ts';
import type { Finding, FindingList } from '../../entry/findings.ts';
import { asText, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { checkEntryCount } from '../limits.ts';
import type { EntrySink } from '../sink.ts';
import { SERVER_SCHEMA, UNVERSIONED } from '../toolhive/fields.ts';
import { inName } from '../names.ts';
import { noteUnread } from '../unread.ts';
import { packageOfCommand } from './command.ts';
import { remoteOfConfiguration } from './remote.ts';
import { isSecret } from './secret.ts';

/** Namespace of the keys of a client's configuration: they have none, and mean something on one machine. */
export const CLIENT_NAMESPACE = 'local.mcp';

/** What of a server is read. */
const SERVER_KEYS = ['command', 'args', 'env', 'url', 'type', 'transport', 'headers', 'description', 'title', 'name', 'disabled'];

/**
 * Reads the configuration of a client (`mcpServers`, as Claude Desktop and Cursor have it) as a catalog: what each command runs becomes a package,
 * each URL a remote. Values of variables and headers are not taken over: they are somebody's, and most are secrets. Throws {@link CatalogError} when
 * it is none.
 */
export function readClientConfiguration(file: JsonObject, sink: EntrySink): CatalogInfo {
  const servers = own(file, 'mcpServers');
  if (!isObject(servers)) throw new CatalogError('"mcpServers" must be an object with one server under each key');
  checkEntryCount(Object.keys(servers).length);
  for (const [key, raw] of Object.entries(servers)) {
    const entry = readServer(key, raw, sink.findings);
    if (entry !== undefined) sink.entry(entry);
  }
  noteUnread(file, ['mcpServers'], '', sink.findings);
  return { format: 'client-configuration' };
}

function readServer(key: string, raw: Json, findings: Pick<FindingList, 'add'>): CatalogEntry | undefined {
  const skip = (pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry: key, pointer, rule, message: `${message}; the server was left out`, served: false });
    return undefined;
  };
  if (!isObject(raw)) return skip('', 'not-an-object', 'a server must be an object');
  const command = asText(own(raw, 'command'));
  const url = asText(own(raw, 'url'));
  if (command === undefined && url === undefined) return skip('/command', 'missing', 'neither "command" nor "url" is a text');
  const found = url === undefined ? packageOfCommand(command ?? '', own(raw, 'args')) : remoteOfConfiguration(url, raw);
  if ('problem' in found) return skip(url === undefined ? '/command' : '/url', 'invalid', found.problem);
  const variables = own(raw, 'env');
  const names = isObject(variables) ? Object.keys(variables) : [];
  if (names.length > 0 || found.dropped.length > 0) {
    const what = [...(names.length > 0 ? ['the values of "env"'] : []), ...found.dropped].join(' and ');
    findings.add({ entry: key, pointer: '', rule: 'repaired', message: `${what} were not taken over: they may be secrets`, served: true });
  }
  noteUnread(raw, SERVER_KEYS, `/mcpServers/${key}`, findings);
  const name = `${CLIENT_NAMESPACE}/${inName(key)}`;
  const environmentVariables =
    names.length === 0
      ? undefined
      : names.map((one) => compact({ name: one, isRequired: true, isSecret: isSecret(one) ? true : undefined }));
  const server = compact({
    $schema: SERVER_SCHEMA,
    name,
    title: own(raw, 'title') ?? key,
    description: own(raw, 'description') ?? `Runs ${found.what}`,
    version: found.version ?? UNVERSIONED,
    packages: found.package === undefined ? undefined : [compact({ ...found.package, environmentVariables })],
    remotes: found.remote === undefined ? undefined : [found.remote],
  });
  return {
    kind: 'server',
    name,
    version: found.version ?? UNVERSIONED,
    server,
    meta: { [ORIGIN_META]: { format: 'client-configuration', key } },
    alias: key,
  };
}
