import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { helpText, parseAddress, readFlags, UsageError, type FlagSpecs, type ListenAddress } from '@toolhive-registry/api/flags';
import { isPrefix } from './http/routing/prefix.ts';

const specs = {
  config: {
    type: 'string',
    placeholder: 'FILE|DIR',
    required: true,
    help: 'the MCPRegistry manifest, or a folder that holds it and its ConfigMaps',
  },
  address: {
    type: 'string',
    placeholder: 'HOST:PORT',
    fallback: '127.0.0.1:8080',
    help: 'where the API listens; :8080 for every interface',
  },
  'internal-address': {
    type: 'string',
    placeholder: 'HOST:PORT',
    help: 'a second port for metrics and sync requests, which are then no longer on the first one',
  },
  'base-path': {
    type: 'string',
    placeholder: '/PATH',
    help: 'path prefix under which clients reach the server, for an ingress that routes only part of its paths to it; the server answers at the root as well',
  },
  ui: {
    type: 'boolean',
    fallback: 'true',
    help: 'serve a page that shows the catalog to browsers at /; with --no-ui everyone gets JSON',
  },
  'storage-path': { type: 'string', placeholder: 'DIR', fallback: 'data', help: 'where the last good catalog is kept' },
  'sources-path': {
    type: 'string',
    placeholder: 'DIR',
    fallback: '/sources',
    help: 'where source ConfigMaps are mounted, as DIR/<source>/<key>',
  },
  'secrets-path': {
    type: 'string',
    placeholder: 'DIR',
    fallback: '/secrets',
    help: 'where credentials and certificates of sources are mounted, as DIR/<source>/auth/<key> and DIR/<source>/ca.crt',
  },
  'deployed-path': {
    type: 'string',
    placeholder: 'FILE',
    fallback: '/deployed/servers.json',
    help: 'list of the MCP servers that run in the cluster, written by the controller; it may be absent',
  },
  'temp-path': {
    type: 'string',
    placeholder: 'DIR',
    help: "where Git repositories are fetched to while they are read; absent: the system's folder for temporary files",
  },
  'private-addresses': {
    type: 'string',
    fallback: 'allow',
    choices: ['allow', 'deny'],
    help: 'whether sources may be at private addresses; link-local and metadata addresses are never allowed',
  },
  'seed-from': {
    type: 'string',
    placeholder: 'URL|FILE',
    help: 'what to start from when the storage is empty: the internal port of other replicas, http://HOST:PORT, or the file last-good.seed of an export',
  },
  'drain-time': {
    type: 'string',
    placeholder: 'SECONDS',
    fallback: '0',
    help: 'how long to keep serving after SIGTERM while no longer ready',
  },
  'log-level': {
    type: 'string',
    fallback: 'info',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    help: 'lowest level that is logged',
  },
  'log-format': { type: 'string', fallback: 'json', choices: ['json', 'pretty'], help: 'for programs or for people' },
} as const satisfies FlagSpecs;

/** The options of the server. */
export interface ServerOptions {
  readonly config: string;
  readonly address: ListenAddress;
  readonly internalAddress?: ListenAddress;
  /** Path prefix under which clients reach the server. */
  readonly basePath?: string;
  /** Browsers get a page. */
  readonly ui: boolean;
  readonly storagePath: string;
  readonly sourcesPath: string;
  readonly secretsPath: string;
  /** File with the servers that run in the cluster. */
  readonly deployedPath: string;
  readonly tempPath: string;
  /** Address of other replicas to copy from, or a file. */
  readonly seedFrom?: URL;
  /** Whether sources may be at private addresses. */
  readonly privateAddresses: 'allow' | 'deny';
  /** Milliseconds. */
  readonly drainTimeMs: number;
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** The text of `--help`. */
export function serverHelp(program: string): string {
  return helpText(`Usage: ${program} --config FILE|DIR [flags]`, 'Serves the catalog of one MCPRegistry over HTTP.', specs);
}

/** The file of an export. */
function seedFile(path: string): URL {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return pathToFileURL(path);
  throw new UsageError(`--seed-from is "${path}", and there is no such file; use the last-good.seed of an export, or http://HOST:PORT`);
}

function seedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined && !text.includes('://') && !/:\d+$/.test(text)) return seedFile(text);
  if (url?.protocol === 'http:' && url.pathname === '/' && url.username === '' && url.password === '') return url;
  throw new UsageError(`--seed-from is "${text}"; use http://HOST:PORT, the internal port of the other replicas, or a file`);
}

function basePath(text: string): string {
  if (isPrefix(text)) return text;
  throw new UsageError(`--base-path is "${text}"; use a path such as /mcp, of letters, digits and . _ ~ -, without a slash at its end`);
}

/** Reads the command line. Throws UsageError for a wrong one. */
export function readServerOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { kind: 'help' } | { kind: 'version' } | { kind: 'run'; options: ServerOptions } {
  const invocation = readFlags(specs, args, env);
  if (invocation.kind !== 'run') return invocation;
  const { flags } = invocation;
  const drainSeconds = Number(flags['drain-time']);
  if (!(drainSeconds >= 0 && drainSeconds <= 300))
    throw new UsageError(`--drain-time is "${flags['drain-time']}"; use seconds from 0 to 300`);
  return {
    kind: 'run',
    options: {
      config: flags.config,
      address: parseAddress('address', flags.address),
      ...(flags['internal-address'] === undefined ? {} : { internalAddress: parseAddress('internal-address', flags['internal-address']) }),
      ...(flags['base-path'] === undefined || flags['base-path'] === '/' ? {} : { basePath: basePath(flags['base-path']) }),
      ui: flags.ui,
      storagePath: flags['storage-path'],
      sourcesPath: flags['sources-path'],
      secretsPath: flags['secrets-path'],
      deployedPath: flags['deployed-path'],
      tempPath: flags['temp-path'] ?? tmpdir(),
      ...(flags['seed-from'] === undefined ? {} : { seedFrom: seedUrl(flags['seed-from']) }),
      privateAddresses: flags['private-addresses'] === 'deny' ? 'deny' : 'allow',
      drainTimeMs: drainSeconds * 1000,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'] === 'pretty' ? 'pretty' : 'json',
    },
  };
}
