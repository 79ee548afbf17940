import { compact, type JsonObject } from '../json.ts';
import { filledArgument } from '../launch/argument.ts';
import { upperFirst } from '../launch/choice.ts';
import { plainText } from '../launch/hidden.ts';
import { argsOf } from '../launch/launch.ts';
import { filledPairs, type Pair } from '../launch/pair.ts';
import type { Refusal } from '../launch/reading.ts';
import type { PackageTarget, RemoteTarget, Target } from '../launch/target.ts';
import { fileName, type ClientForm, type Context, type Way } from './form.ts';
import { bundleRefused } from './refusals.ts';
import { storedSecrets, type StoredSecret } from './stored-secrets.ts';
import { commandWay, jsonWay, runWords, startWays, valuesOf } from './ways.ts';

const VOLUMES = ['-v', '--volume'];
const USERS = ['-u', '--user'];
const NETWORKS = ['--network', '--net'];

/**
 * Docker: its MCP gateway, and `docker run`. Sources: docker/mcp-gateway docs/server-entry-spec.md (a server as a file), docs/profiles.md (profiles from
 * `file://`), docs/generator/reference/mcp_secret_set.md; docs.docker.com, docker container run. The gateway replaces `{{…}}` by settings and `${…}` by
 * secrets, and runs images that speak stdio.
 */
export const docker: ClientForm = {
  title: 'Docker (MCP gateway)',
  nameOf: (lastPart) => fileName(lastPart.toLowerCase()),
  replaced: /\{\{|\$\{/,
  refusal,
  ways,
};

function refusal(target: Target): Refusal | undefined {
  if (target.kind !== 'package') return bundleRefused(target);
  if (target.type === 'oci') return undefined;
  return {
    reason: 'registry',
    message: `${upperFirst(target.about)} is not an image, and Docker runs images and connects to remotes`,
    remedy: 'Use a client that starts the package itself, or build an image of it.',
  };
}

function ways(context: Context): Way[] {
  const { target } = context;
  if (target.kind === 'bundle') return [];
  if (target.kind === 'remote') return gatewayWays(context, remoteEntry(context, target), secretsOf(context, target.endpoint.headers));
  if (target.endpoint !== undefined) return startWays(context);
  const about = 'Or run the image itself: a client that starts this command speaks with the server.';
  return [
    ...gatewayWays(context, imageEntry(context, target), secretsOf(context, target.environment)),
    ...commandWay(context, about, runWords(context.launch)),
  ];
}

/** The gateway reads JSON as it reads YAML. Secrets are not written into the file. */
function gatewayWays(context: Context, entry: JsonObject, secrets: readonly StoredSecret[]): Way[] {
  const { name } = context;
  const file = `${name}.json`;
  return [
    jsonWay(file, 'The server for the gateway, in the folder in which you run the commands.', { name, title: name, ...entry }),
    ...secrets.flatMap((secret) =>
      commandWay(context, `Stores the secret ${secret.name}.`, ['docker', 'mcp', 'secret', 'set', `${secret.key}=${secret.value}`]),
    ),
    ...commandWay(context, 'Makes a profile of the file.', [
      'docker',
      'mcp',
      'profile',
      'create',
      '--name',
      name,
      '--server',
      `file://./${file}`,
    ]),
    ...commandWay(context, 'Runs the gateway with it, as clients do.', ['docker', 'mcp', 'gateway', 'run', '--profile', name]),
  ];
}

function secretsOf({ name, fill }: Context, pairs: readonly Pair[]): StoredSecret[] {
  return storedSecrets(pairs, fill, (key) => `${name}.${key}`);
}

function describe({ serverName, target }: Context): string {
  return `${plainText(serverName, 200)}, ${target.about}`;
}

function imageEntry(context: Context, target: PackageTarget): JsonObject {
  const { fill, warn } = context;
  const secrets = secretsOf(context, target.environment);
  const plain = filledPairs(target.environment, fill).filter(({ name }) => !secrets.some((secret) => secret.name === name));
  const options = target.options.map((option) => filledArgument(option, fill));
  const valuesOfFlags = (flags: readonly string[]): string[] =>
    options.flatMap(([flag = '', value]) => (flags.includes(flag) && value !== undefined ? [value] : []));
  const known = [...VOLUMES, ...USERS, ...NETWORKS];
  const others = options.flatMap(([flag]) => (flag === undefined || known.includes(flag) ? [] : [flag]));
  if (others.length > 0) warn(`The gateway has nothing like ${others.join(', ')}, which the entry has; only "docker run" is given them.`);
  const volumes = valuesOfFlags(VOLUMES);
  const command = argsOf(target, fill);
  return compact({
    type: 'server',
    description: describe(context),
    image: target.name,
    secrets: secrets.length === 0 ? undefined : secrets.map(({ key, name }) => ({ name: key, env: name })),
    env: plain.length === 0 ? undefined : plain.map(({ name, value }) => ({ name, value })),
    command: command.length === 0 ? undefined : command,
    volumes: volumes.length === 0 ? undefined : volumes,
    user: valuesOfFlags(USERS)[0],
    disableNetwork: valuesOfFlags(NETWORKS).includes('none') ? true : undefined,
  });
}

function remoteEntry(context: Context, { endpoint }: RemoteTarget): JsonObject {
  const { fill, launch } = context;
  const secrets = secretsOf(context, endpoint.headers);
  const variableOf = (header: string): string => header.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  const headers = filledPairs(endpoint.headers, fill).map(({ name, value }) => ({
    name,
    value: secrets.some((secret) => secret.name === name) ? `\${${variableOf(name)}}` : value,
  }));
  return compact({
    type: 'remote',
    description: describe(context),
    remote: compact({
      url: launch.endpoint?.url,
      transport_type: endpoint.type === 'sse' ? 'sse' : 'streamable-http',
      headers: headers.length === 0 ? undefined : valuesOf(headers),
    }),
    secrets: secrets.length === 0 ? undefined : secrets.map(({ key, name }) => ({ name: key, env: variableOf(name) })),
  });
}
