import { filledArgument } from '../launch/argument.ts';
import { upperFirst } from '../launch/choice.ts';
import { argsOf, containerPort } from '../launch/launch.ts';
import { filledPairs } from '../launch/pair.ts';
import type { Refusal } from '../launch/reading.ts';
import type { PackageTarget, RemoteTarget, Target } from '../launch/target.ts';
import type { ClientForm, Context, Way } from './form.ts';
import { quotedText } from './quote.ts';
import { bundleRefused } from './refusals.ts';
import { isAnswered, storedSecrets, type StoredSecret } from './stored-secrets.ts';
import { commandWay } from './ways.ts';

/** ToolHive's prefixes for the packages from which it builds a container. */
const SCHEMES = { npm: 'npx://', pypi: 'uvx://', oci: '' } as const;
const VOLUMES = ['-v', '--volume'];
const NETWORKS = ['--network', '--net'];
/** ToolHive itself chooses the host port. */
const PORTS = ['-p', '--publish'];

/**
 * ToolHive's command line. Sources: stacklok/toolhive docs/thv_run.md (`thv run [flags] SERVER_OR_IMAGE_OR_PROTOCOL [-- ARGS...]`), cmd/thv/app/run_flags.go
 * (`--remote-forward-headers`, `--remote-forward-headers-secret`), docs.stacklok.com/toolhive/guides-cli (remote servers, `thv secret set`, which asks for the
 * value). Unanswered secrets go through its store.
 */
export const thv: ClientForm = { title: 'ToolHive (thv)', refusal, ways };

function refusal(target: Target): Refusal | undefined {
  if (target.kind !== 'package') return bundleRefused(target);
  if (target.type === 'nuget')
    return {
      reason: 'registry',
      message: `${upperFirst(target.about)} is one of NuGet, and ToolHive runs images and packages of npm and PyPI`,
      remedy: 'Use a client that starts dnx itself.',
    };
  if (target.index === undefined) return undefined;
  return {
    reason: 'index',
    message: `${upperFirst(target.about)} is in the index ${target.index}, and ToolHive takes packages from the public ones`,
    remedy: 'Use a client that starts the package itself.',
  };
}

function ways(context: Context): Way[] {
  const { target } = context;
  if (target.kind === 'bundle') return [];
  return target.kind === 'remote' ? remoteWays(context, target) : packageWays(context, target);
}

function remoteWays(context: Context, { endpoint }: RemoteTarget): Way[] {
  const { name, fill, launch } = context;
  const stored = unanswered(context, endpoint.headers);
  const headers = filledPairs(endpoint.headers, fill).flatMap((header) => {
    const secret = stored.find((one) => one.name === header.name);
    if (secret !== undefined) return ['--remote-forward-headers-secret', `${header.name}=${secret.key}`];
    return ['--remote-forward-headers', `${header.name}=${header.value}`];
  });
  const transport = endpoint.type === 'sse' ? 'sse' : 'streamable-http';
  const words = ['thv', 'run', '--name', name, '--transport', transport, ...headers, launch.endpoint?.url ?? ''];
  return withSecrets(context, stored, 'Runs a proxy to the server, and adds it to the clients that ToolHive knows.', words);
}

function packageWays(context: Context, target: PackageTarget): Way[] {
  const { name, fill } = context;
  const { type, endpoint } = target;
  if (type === 'nuget') return [];
  const stored = unanswered(context, target.environment);
  const variables = filledPairs(target.environment, fill).flatMap((variable) => {
    const secret = stored.find((one) => one.name === variable.name);
    return secret === undefined ? ['--env', `${variable.name}=${variable.value}`] : ['--secret', `${secret.key},target=${variable.name}`];
  });
  const transport = endpoint === undefined ? 'stdio' : endpoint.type === 'sse' ? 'sse' : 'streamable-http';
  const listening = endpoint === undefined ? undefined : containerPort(target, fill);
  const port = listening === undefined ? [] : ['--target-port', listening];
  const subject = `${SCHEMES[type]}${target.version === undefined ? target.name : `${target.name}@${target.version}`}`;
  const args = argsOf(target, fill);
  const behind = args.length === 0 ? [] : ['--', ...args];
  const options = ['--name', name, '--transport', transport, ...port, ...variables, ...optionsFor(context, target)];
  return withSecrets(context, stored, 'Runs the server in a container, and adds it to the clients that ToolHive knows.', [
    'thv',
    'run',
    ...options,
    subject,
    ...behind,
  ]);
}

/** Of the options of `docker run` ToolHive supports those for volumes and the network. */
function optionsFor({ fill, warn }: Context, { options }: PackageTarget): string[] {
  return options.flatMap((option) => {
    const [flag = '', value = ''] = filledArgument(option, fill);
    if (flag === '' || PORTS.includes(flag)) return [];
    if (VOLUMES.includes(flag)) return ['--volume', value];
    if (NETWORKS.includes(flag)) return ['--network', value];
    warn(`The option ${flag} of the entry is left out: ToolHive has none like it.`);
    return [];
  });
}

function unanswered({ name, fill, answers }: Context, pairs: PackageTarget['environment']): StoredSecret[] {
  return storedSecrets(
    pairs.filter((pair) => !isAnswered(pair, answers)),
    fill,
    (key) => `${name}-${key}`,
  );
}

function withSecrets(context: Context, stored: readonly StoredSecret[], about: string, words: readonly string[]): Way[] {
  const run = commandWay(context, about, words);
  if (run.length === 0) return [];
  const secrets = stored.flatMap(({ name, key, value, isPlain }) => {
    const notes = isPlain ? [] : [`Answer with the whole text: ${quotedText(value)}.`];
    return commandWay(context, `Asks for the secret ${name}. Do this first.`, ['thv', 'secret', 'set', key], notes);
  });
  return [...secrets, ...run];
}
