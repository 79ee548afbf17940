import { filledArgument, type Argument } from './argument.ts';
import { portOf } from './endpoint.ts';
import { filledPairs, type FilledPair } from './pair.ts';
import type { Endpoint, PackageTarget, RemoteTarget } from './target.ts';
import { textOf, type Fill } from './text.ts';

/** A program with its arguments and environment variables. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: readonly FilledPair[];
}

/** The URL and headers of a connection. */
export interface FilledEndpoint {
  readonly type: Endpoint['type'];
  readonly url: string;
  readonly headers: readonly FilledPair[];
}

/** How to use a server, with everything filled in. */
export interface Launch {
  /** The command that runs it. With an endpoint it has to be started before a client connects; otherwise the client starts it. */
  readonly command?: Command;
  readonly endpoint?: FilledEndpoint;
}

/** Fills the inputs of a package or a remote. */
export function launchOf(target: PackageTarget | RemoteTarget, fill: Fill): Launch {
  if (target.kind === 'remote') return { endpoint: filledEndpoint(target.endpoint, fill) };
  const endpoint = target.endpoint === undefined ? undefined : filledEndpoint(target.endpoint, fill);
  const command = commandOf(target, endpoint, fill);
  return endpoint === undefined ? { command } : { command, endpoint };
}

/** The URL of an endpoint is mandatory, so its inputs are required. */
function filledEndpoint({ type, url, headers }: Endpoint, fill: Fill): FilledEndpoint {
  return { type, url: textOf(url, fill) ?? '', headers: filledPairs(headers, fill) };
}

function commandOf(target: PackageTarget, endpoint: FilledEndpoint | undefined, fill: Fill): Command {
  const { type, name, version, index } = target;
  const full = version === undefined ? name : `${name}@${version}`;
  const args = argsOf(target, fill);
  const env = filledPairs(target.environment, fill);
  if (type === 'oci') return { program: 'docker', args: [...dockerOptions(target, endpoint, env, fill), name, ...args], env };
  if (type === 'npm') return { program: 'npx', args: ['-y', ...(index === undefined ? [] : [`--registry=${index}`]), full, ...args], env };
  if (type === 'pypi') return { program: 'uvx', args: [...(index === undefined ? [] : ['--default-index', index]), full, ...args], env };
  // `--` ends the options of dnx itself (learn.microsoft.com, dotnet tool exec).
  const behind = args.length === 0 ? [] : ['--', ...args];
  return { program: 'dnx', args: [full, '--yes', ...(index === undefined ? [] : ['--source', index]), ...behind], env };
}

/** The server's own arguments, filled in. */
export function argsOf(target: PackageTarget, fill: Fill): string[] {
  return target.arguments.flatMap((argument) => filledArgument(argument, fill));
}

/** Values of variables stay in the environment of `docker`, out of the process list. A server that listens is reachable from this machine only. */
function dockerOptions(target: PackageTarget, endpoint: FilledEndpoint | undefined, env: readonly FilledPair[], fill: Fill): string[] {
  const options = target.options.flatMap((argument) => filledArgument(argument, fill));
  const isPublished = target.options.some(isPublishing);
  const port = endpoint === undefined ? '' : (portOf(endpoint.url) ?? (/^https:/i.test(endpoint.url) ? '443' : '80'));
  return [
    'run',
    '-i',
    '--rm',
    ...(endpoint === undefined || isPublished ? [] : ['-p', `127.0.0.1:${port}:${port}`]),
    ...options,
    ...env.flatMap(({ name }) => ['-e', name]),
  ];
}

/** The port on which a container listens: the one that an option publishes, else that of its URL. A number, or a placeholder. Undefined: unknown. */
export function containerPort({ options, endpoint }: PackageTarget, fill: Fill): string | undefined {
  const published = options.find(isPublishing);
  const [, mapping = ''] = published === undefined ? [] : filledArgument(published, fill);
  const port = /([^:/]+)(?:\/tcp)?$/.exec(mapping)?.[1];
  return port ?? portOf(endpoint === undefined ? '' : (textOf(endpoint.url, fill) ?? ''));
}

function isPublishing({ name }: Argument): boolean {
  return name === '-p' || name === '--publish';
}

/** Every text of a launch. */
export function textsOfLaunch({ command, endpoint }: Launch): string[] {
  const values = (pairs: readonly FilledPair[]): string[] => pairs.flatMap(({ name, value }) => [name, value]);
  return [
    ...(command === undefined ? [] : [command.program, ...command.args, ...values(command.env)]),
    ...(endpoint === undefined ? [] : [endpoint.url, ...values(endpoint.headers)]),
  ];
}
