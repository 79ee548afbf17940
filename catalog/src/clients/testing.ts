import { spawnSync } from 'node:child_process';
import type { JsonObject } from '../json.ts';
import { serverJson } from '../testing.ts';
import { clientSetup, type Answers, type Client, type ClientSetup, type SetupUnavailable, type Way } from './index.ts';

/** For tests: an entry with one npm package that has these fields. */
export function npmServer(fields: JsonObject = {}, name = 'io.example/weather'): JsonObject {
  return packageServer({ registryType: 'npm', identifier: '@example/weather', version: '1.2.3', ...fields }, name);
}

/** For tests: an entry with one image that has these fields. */
export function imageServer(fields: JsonObject = {}, name = 'io.example/weather'): JsonObject {
  return packageServer({ registryType: 'oci', identifier: 'ghcr.io/example/weather:1.2.3', ...fields }, name);
}

/** For tests: an entry with one package. */
export function packageServer(fields: JsonObject, name = 'io.example/weather'): JsonObject {
  return serverJson(name, { packages: [{ transport: { type: 'stdio' }, ...fields }] });
}

/** For tests: an entry with one remote. */
export function remoteServer(fields: JsonObject = {}, name = 'io.example/weather'): JsonObject {
  return serverJson(name, { remotes: [{ type: 'streamable-http', url: 'https://example.com/mcp', ...fields }] });
}

/** For tests: a package with a secret, a variable with a default, and an argument. */
export const stdioServer: JsonObject = npmServer({
  environmentVariables: [
    { name: 'API_KEY', description: 'Key of the weather', isRequired: true, isSecret: true },
    { name: 'LEVEL', default: 'info' },
  ],
  packageArguments: [{ type: 'named', name: '--units', value: 'metric' }],
});
/** For tests: a remote with a secret in a header. */
export const secretRemote: JsonObject = remoteServer({
  headers: [{ name: 'Authorization', value: 'Bearer {token}', isRequired: true, isSecret: true }],
});
/** For tests: a remote of server-sent events. */
export const sseRemote: JsonObject = remoteServer({ type: 'sse', url: 'https://example.com/sse' });
/** For tests: a bundle. */
export const bundleServer: JsonObject = packageServer({
  registryType: 'mcpb',
  identifier: 'https://example.com/x.mcpb',
  fileSha256: '0'.repeat(64),
});

/** For tests: the setup of a client; throws if there is none. */
export function setupOf(client: Client, server: JsonObject, answers: Answers = {}): ClientSetup {
  const found = clientSetup(server, client, { answers });
  if (!found.available) throw new Error(found.message);
  return found;
}

/** For tests: why a client cannot be configured; throws if it can. */
export function refusalOf(client: Client, server: JsonObject): SetupUnavailable {
  const found = clientSetup(server, client);
  if (found.available) throw new Error('it is available');
  return found;
}

/** For tests: the ways of a client, each as its kind, its path and its text. */
export function waysOf(client: Client, server: JsonObject, answers: Answers = {}): string[] {
  return setupOf(client, server, answers).ways.map(({ kind, path, text }) => [kind, ...(path === undefined ? [] : [path]), text].join(' '));
}

/** For tests: JSON for a file. */
export function fileText(value: JsonObject): string {
  return JSON.stringify(value, null, 2);
}

/** For tests: the words of each command, as a POSIX shell splits them. */
export function shellWords(commands: readonly string[]): string[][] {
  // Every command is on its own line, after one that prints its words; a command that breaks out prints something else, or nothing.
  const script = commands.map((command) => `printf '%s\\0' ${command}; printf '\\1'`).join('\n');
  const { stdout, stderr, status } = spawnSync('sh', ['-s'], { input: script, maxBuffer: 1 << 28, encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`sh: ${status} ${stderr}`);
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

/** For tests: the settings that a way gives to a client, in a common form. */
export interface ClientSettings {
  readonly name?: string;
  /** Program and arguments. */
  readonly command?: readonly string[];
  readonly url?: string;
  /** Variables or headers. */
  readonly values: Readonly<Record<string, string>>;
}

interface Configured {
  readonly name?: string;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly url?: string;
  readonly httpUrl?: string;
  readonly headers?: Record<string, string>;
  readonly http_headers?: Record<string, string>;
}

function fromConfiguration(configured: Configured, name = configured.name): ClientSettings {
  const { command, args = [], env, url = configured.httpUrl, headers = configured.http_headers } = configured;
  return {
    ...(name === undefined ? {} : { name }),
    ...(command === undefined ? {} : { command: [command, ...args] }),
    ...(url === undefined ? {} : { url }),
    values: env ?? headers ?? {},
  };
}

function fromFile(servers: Record<string, Configured>): ClientSettings {
  const [[name, configured] = ['', {}]] = Object.entries(servers);
  return fromConfiguration(configured, name);
}

/** The settings in the words of `claude`, `codex`, `gemini` or `code`. */
function fromWords(words: readonly string[]): ClientSettings {
  if (words[0] === 'code') return fromConfiguration(JSON.parse(words[2] ?? '') as Configured);
  if (words[2] === 'add-json') return fromConfiguration(JSON.parse(words[4] ?? '') as Configured, words[3]);
  const separator = words.indexOf('--');
  const { values, rest, url: named } = optionsIn(words.slice(3, separator < 0 ? undefined : separator));
  const [name = '', ...others] = rest;
  const url = named ?? (separator < 0 ? others.find((word) => word.startsWith('http')) : undefined);
  const behind = separator < 0 ? [] : words.slice(separator + 1);
  return { name, ...(url === undefined ? { command: [...others, ...behind] } : { url }), values: Object.fromEntries(values) };
}

/** Options, each followed by a value, and the other words. */
function optionsIn(words: readonly string[]): {
  readonly values: [string, string][];
  readonly rest: string[];
  readonly url: string | undefined;
} {
  const values: [string, string][] = [];
  const rest: string[] = [];
  let url: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    at += 1;
    const value = words[at] ?? '';
    const separator = word === '--env' ? '=' : ': ';
    const end = value.indexOf(separator);
    if (word === '--url') url = value;
    if (word === '--env' || word === '--header') values.push([value.slice(0, end), value.slice(end + separator.length)]);
  }
  return { values, rest, url };
}

/** The tables that are written for Codex: strings and lists of strings, which JSON reads as TOML does. */
export function readToml(text: string): Record<string, Record<string, unknown>> {
  const tables: Record<string, Record<string, unknown>> = {};
  let table: Record<string, unknown> = {};
  for (const line of text.split('\n')) {
    const [, header] = /^\[([A-Za-z0-9_.-]+)\]$/.exec(line) ?? [];
    const [, key = '', value = ''] = /^("(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+) = (.*)$/.exec(line) ?? [];
    if (header !== undefined) table = tables[header] = {};
    else if (key !== '') table[key.startsWith('"') ? (JSON.parse(key) as string) : key] = JSON.parse(value);
    else if (line !== '') throw new Error(`no TOML: ${line}`);
  }
  return tables;
}

function fromToml(text: string): ClientSettings {
  const tables = readToml(text);
  const [[path, main] = ['', {}]] = Object.entries(tables);
  const [env, headers] = [tables[`${path}.env`], tables[`${path}.http_headers`]];
  return fromConfiguration(
    { ...main, ...(env === undefined ? {} : { env }), ...(headers === undefined ? {} : { headers }) } as Configured,
    path.slice('mcp_servers.'.length),
  );
}

function fromLink(text: string): ClientSettings {
  const query = text.slice(text.indexOf('?') + 1);
  if (text.startsWith('vscode:')) return fromConfiguration(JSON.parse(decodeURIComponent(query)) as Configured);
  const parameters = new URLSearchParams(query);
  const configured = Buffer.from(parameters.get('config') ?? '', 'base64').toString();
  return fromConfiguration(JSON.parse(configured) as Configured, parameters.get('name') ?? '');
}

/** For tests: clients for which every way contains all settings. */
export const CONFIGURED_CLIENTS: readonly Client[] = ['vscode', 'claude', 'claude-desktop', 'cursor', 'codex', 'gemini', 'json'];

/** For tests: the settings in the ways of some setups, without commands that only start a server. */
export function configurationsIn(setups: readonly ClientSetup[]): ClientSettings[][] {
  const tells = ({ kind, about }: Way): boolean => kind !== 'command' || !about.startsWith('Starts ');
  const commands = setups.flatMap(({ ways }) => ways.filter((way) => way.kind === 'command' && tells(way)));
  const words = new Map(shellWords(commands.map(({ text }) => text)).map((list, index) => [commands[index], list]));
  return setups.map(({ ways }) =>
    ways.filter(tells).map((way) => {
      if (way.kind === 'link') return fromLink(way.text);
      if (way.kind === 'command') return fromWords(words.get(way) ?? []);
      if (way.path?.endsWith('.toml') === true) return fromToml(way.text);
      const { servers, mcpServers } = JSON.parse(way.text) as Record<string, Record<string, Configured> | undefined>;
      return fromFile(servers ?? mcpServers ?? {});
    }),
  );
}

/** For tests: the command line, preceded by the variables; or the URL, followed by the headers. */
export function commandLine(server: JsonObject, answers: Answers = {}): string {
  const [[one] = []] = configurationsIn([setupOf('json', server, answers)]);
  const values = Object.entries(one?.values ?? {}).map(([name, value]) => `${name}=${value}`);
  return [...(one?.url === undefined ? values : []), ...(one?.command ?? []), ...(one?.url === undefined ? [] : [one.url, ...values])].join(
    ' ',
  );
}

/** For tests: a positional argument. */
export function positional(fields: JsonObject): JsonObject {
  return { type: 'positional', ...fields };
}

/** For tests: a named argument. */
export function named(name: string, fields: JsonObject = {}): JsonObject {
  return { type: 'named', name, ...fields };
}
