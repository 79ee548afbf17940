import { compact, type JsonObject } from '../../json.ts';
import { argumentsOf, namedInput, splitFlag } from './arguments.ts';
import type { Found, Problem } from './found.ts';
import { isSecret, isVariableName } from './secret.ts';

/** Flags of `docker run` without a value; every other one takes the next argument, unless it contains a `=` (docs.docker.com, docker container run). */
const SWITCHES: ReadonlySet<string> = new Set([
  '--rm',
  '--init',
  '--privileged',
  '--read-only',
  '--interactive',
  '--tty',
  '--detach',
  '--no-healthcheck',
  '--oom-kill-disable',
  '--publish-all',
  '--quiet',
  '--sig-proxy',
  '--disable-content-trust',
  '--use-api-socket',
  '--replace',
  '--no-hosts',
  '--help',
]);
/** Single-letter flags, which may be combined: `-it`. */
const SHORT_SWITCHES = /^-[itdqP]+$/;

/** Switches that a client needs for talking to a container, or that affect the output: they say nothing about the server. */
const USUAL: ReadonlySet<string> = new Set(['--rm', '--init', '--interactive', '--tty', '--quiet', '--sig-proxy', '--name', '--pull']);
/** Flags that show what the server needs from its host. */
const KEPT: ReadonlySet<string> = new Set(['-v', '--volume', '--mount', '-p', '--publish', '--network', '-u', '--user']);
/** An image reference. It contains neither credentials nor a local path. */
const IMAGE = /^[A-Za-z0-9][\w.-]{0,127}(?::\d{1,5})?(?:\/[a-z0-9][\w.-]{0,127}){0,8}(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** Whether a text is an image reference. */
export function isImage(text: string): boolean {
  return IMAGE.test(text);
}

interface Flag {
  readonly name: string;
  readonly value?: string;
}

/** The image that `docker run` starts. Values become inputs. */
export function imageOfRun(list: readonly string[]): Found | Problem {
  const start = list[0] === 'run' ? 1 : list[0] === 'container' && list[1] === 'run' ? 2 : undefined;
  if (start === undefined) return { problem: 'the command is not "docker run"' };
  const { flags, end } = flagsOf(list, start);
  const image = list[end];
  if (image === undefined) return { problem: 'there is no image after "docker run"' };
  if (!isImage(image)) return { problem: 'what is in the place of the image is not an image reference' };
  if (flags.some(({ name }) => name === '--entrypoint'))
    return { problem: '"--entrypoint" starts another program than the image is made for; leave it out, or build an image' };
  const variables = flags.filter(({ name }) => name === '-e' || name === '--env');
  const names = variables.map(({ value = '' }) => value.split('=')[0] ?? '').filter(isVariableName);
  const kept = flags.filter(({ name }) => KEPT.has(name));
  const runtimeArguments = [...names.map(variableInput), ...kept.map(({ name, value }) => namedInput(name, value))];
  const others = flags.filter((flag) => !variables.includes(flag) && !kept.includes(flag) && !USUAL.has(flag.name));
  const given = argumentsOf(list.slice(end + 1));
  const isAsked = given.isAsked || kept.some(({ name, value }) => namedInput(name, value)['value'] === undefined);
  return {
    package: compact({
      registryType: 'oci',
      identifier: image,
      transport: { type: 'stdio' },
      runtimeArguments: runtimeArguments.length === 0 ? undefined : runtimeArguments,
      packageArguments: given.inputs.length === 0 ? undefined : given.inputs,
    }),
    what: `the container image ${image}`,
    dropped: [
      ...(variables.some(({ value = '' }) => value.includes('=')) ? ['the values of "-e"'] : []),
      ...(isAsked ? ['values in "args"'] : []),
      ...others.map(({ name }) => `the flag ${name}`),
    ],
  };
}

/** The flags before the image, and where they end. An invalid name becomes `-?`. */
function flagsOf(list: readonly string[], start: number): { readonly flags: Flag[]; readonly end: number } {
  const flags: Flag[] = [];
  let end = start;
  for (let text = list[end]; text?.startsWith('-') === true; text = list[end]) {
    end += 1;
    if (SHORT_SWITCHES.test(text)) continue;
    const { name, value } = splitFlag(text);
    if (name === undefined) flags.push({ name: '-?' });
    else if (SWITCHES.has(name)) flags.push({ name });
    else {
      flags.push({ name, value: value ?? list[end] ?? '' });
      if (value === undefined) end += 1;
    }
  }
  return { flags, end };
}

function variableInput(name: string): JsonObject {
  return {
    type: 'named',
    name: '-e',
    value: `${name}={${name}}`,
    variables: { [name]: { isRequired: true, ...(isSecret(name) ? { isSecret: true } : {}) } },
  };
}
