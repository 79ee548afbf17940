import { ORIGIN_META, CatalogError, type CatalogEntry, type CatalogInfo } from '../../entry/entry.ts';
import type { Finding, FindingSink } from '../../entry/findings.ts';
import { asText, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { escaped } from '../../pointer.ts';
import { checkEntryCount } from '../limits.ts';
import { below, placed, type EntrySink } from '../sink.ts';
import { SERVER_SCHEMA, UNVERSIONED } from '../toolhive/fields.ts';
import { inName } from '../names.ts';
import { noteUnread } from '../unread.ts';
import { packageOfCommand } from './command.ts';
import { remoteOfConfiguration } from './remote.ts';
import { isSecret, isVariableName } from './secret.ts';

/** Namespace for the keys of a client's configuration, which have none and mean something on one machine only. */
export const CLIENT_NAMESPACE = 'local.mcp';

/** The name of the format. */
export const CLIENT_CONFIGURATION = 'client-configuration';
/** Keys of the URL: in most clients, in Windsurf, and in Gemini. */
const URL_KEYS = ['url', 'serverUrl', 'httpUrl'];
/** Other known keys that mean nothing elsewhere: VS Code's inputs. */
const FILE_KEYS = ['inputs'];
/** The keys of a server that are read. */
const SERVER_KEYS = ['command', 'args', 'env', ...URL_KEYS, 'type', 'transport', 'headers', 'description', 'title', 'name', 'disabled'];
/** The key of the servers: in most clients, and in VS Code. */
const SECTIONS = ['mcpServers', 'servers'] as const;

/** Whether a document is the configuration of a client: every key has a command or a URL. */
export function isClientConfiguration(file: JsonObject): boolean {
  if (isObject(own(file, 'mcpServers'))) return true;
  const servers = own(file, 'servers');
  if (!isObject(servers) || own(file, 'remote_servers') !== undefined) return false;
  const list = Object.values(servers);
  // ToolHive's catalog has an image there.
  return (
    list.length > 0 && list.every((one) => isObject(one) && !['image', 'docker'].some((key) => Object.hasOwn(one, key)) && isStarted(one))
  );
}

function isStarted(server: JsonObject): boolean {
  return ['command', ...URL_KEYS].some((key) => asText(own(server, key)) !== undefined);
}

/**
 * Reads the configuration of a client (`mcpServers`, as in Claude Desktop and Cursor; `servers` in VS Code) as a catalog: commands become packages, URLs
 * remotes. Values of variables, headers and arguments are not taken over: they belong to somebody, and many are secrets. Findings never repeat them. Throws
 * {@link CatalogError} when it is not a configuration.
 */
export function readClientConfiguration(file: JsonObject, sink: EntrySink): CatalogInfo {
  const section = SECTIONS.find((key) => isObject(own(file, key)));
  const servers = section === undefined ? undefined : own(file, section);
  if (section === undefined || !isObject(servers)) throw new CatalogError('"mcpServers" must be an object with one server under each key');
  checkEntryCount(Object.keys(servers).length);
  for (const [key, raw] of Object.entries(servers)) {
    const findings = below(sink.findings, `/${section}`, key);
    const entry = readServer(key, raw, `/${section}/${escaped(key)}`, findings);
    if (entry !== undefined) sink.entry(placed(entry, findings));
  }
  noteUnread(file, [section, ...FILE_KEYS], '', sink.findings);
  return { format: CLIENT_CONFIGURATION };
}

function readServer(key: string, raw: Json, place: string, findings: FindingSink): CatalogEntry | undefined {
  const skip = (pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry: key, pointer, rule, message: `${message}; the server was left out`, served: false });
    return undefined;
  };
  if (!isObject(raw)) return skip('', 'not-an-object', 'a server must be an object');
  const command = asText(own(raw, 'command'));
  const url = URL_KEYS.map((name) => asText(own(raw, name))).find((text) => text !== undefined);
  if (command === undefined && url === undefined) return skip('/command', 'missing', 'neither "command" nor "url" is a text');
  const found = url === undefined ? packageOfCommand(command ?? '', own(raw, 'args')) : remoteOfConfiguration(url, raw);
  if ('problem' in found) return skip(url === undefined ? '/command' : '/url', 'invalid', found.problem);
  const variables = own(raw, 'env');
  const all = isObject(variables) ? Object.keys(variables) : [];
  const names = all.filter(isVariableName);
  const dropped = [
    ...(all.length > 0 ? ['the values of "env"'] : []),
    ...(all.length > names.length ? ['variables with invalid names'] : []),
    ...found.dropped,
  ];
  if (dropped.length > 0) {
    const message = `not taken over, since it may be secret or is of one machine: ${dropped.join(', ')}`;
    findings.add({ entry: key, pointer: '', rule: 'repaired', message, served: true });
  }
  noteUnread(raw, SERVER_KEYS, place, findings);
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
    meta: { [ORIGIN_META]: { format: CLIENT_CONFIGURATION, key } },
    alias: key,
  };
}
