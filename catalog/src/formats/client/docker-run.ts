import type { JsonObject } from '../../json.ts';
import { argumentsOf } from './arguments.ts';
import type { Found, Problem } from './found.ts';
import { isSecret } from './secret.ts';

/** Flags of `docker run` without a value; every other one takes the argument behind it, unless it has a `=` (docs.docker.com, docker container run). */
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
]);
/** Those of one letter, which may stand together: `-it`. */
const SHORT_SWITCHES = /^-[itdqP]+$/;

/** Flags that say what the server needs of its host. */
const KEPT: ReadonlySet<string> = new Set(['-v', '--volume', '--mount', '-p', '--publish', '--network', '-u', '--user']);

/** The image that `docker run` starts. Values of variables are asked for instead. */
export function imageOfRun(list: readonly string[]): Found | Problem {
  const start = list[0] === 'run' ? 1 : list[0] === 'container' && list[1] === 'run' ? 2 : undefined;
  if (start === undefined) return { problem: 'the command is not "docker run"' };
  const { flags, end } = flagsOf(list, start);
  const image = list[end];
  if (image === undefined) return { problem: 'there is no image behind "docker run"' };
  const variables = flags.filter(({ name }) => name === '-e' || name === '--env');
  const runtime = [
    ...variables.map(({ value }) => variableOf(value.split('=')[0] ?? '')),
    ...flags.filter(({ name }) => KEPT.has(name)).map(({ name, value }) => ({ type: 'named', name, value })),
  ];
  const given = argumentsOf(list.slice(end + 1));
  return {
    package: {
      registryType: 'oci',
      identifier: image,
      transport: { type: 'stdio' },
      ...(runtime.length === 0 ? {} : { runtimeArguments: runtime }),
      ...given.arguments,
    },
    what: `the container image ${image}`,
    dropped: [...(variables.some(({ value }) => value.includes('=')) ? ['the values of "-e"'] : []), ...given.dropped],
  };
}

/** The flags before the image, and where they end. */
function flagsOf(list: readonly string[], start: number): { readonly flags: { name: string; value: string }[]; readonly end: number } {
  const flags: { name: string; value: string }[] = [];
  let end = start;
  for (let flag = list[end]; flag?.startsWith('-') === true; flag = list[end]) {
    end += 1;
    if (SWITCHES.has(flag) || SHORT_SWITCHES.test(flag)) continue;
    const equals = flag.indexOf('=');
    flags.push(equals < 0 ? { name: flag, value: list[end] ?? '' } : { name: flag.slice(0, equals), value: flag.slice(equals + 1) });
    if (equals < 0) end += 1;
  }
  return { flags, end };
}

function variableOf(name: string): JsonObject {
  return {
    type: 'named',
    name: '-e',
    value: `${name}={${name}}`,
    variables: { [name]: { isRequired: true, ...(isSecret(name) ? { isSecret: true } : {}) } },
  };
}
