import { compact } from '../../json.ts';
import { argumentsOf, splitFlag } from './arguments.ts';
import type { Found, Problem } from './found.ts';

/** How a runner such as npx specifies what to start. */
export interface Runner {
  readonly registryType: string;
  /** The portable command that starts the package. */
  readonly runtimeHint: string;
  /** Flags that take the next argument. */
  readonly withValue: RegExp;
  /** Flags whose value is the package, while the first word after the flags is the command in it. */
  readonly naming?: RegExp;
  /** A package with an optional version: `name`, `version`. What does not match may be anything: a path, a URL with a password. */
  readonly pattern: RegExp;
}

/** Flags that do not affect what is started. */
const USUAL = /^(?:-y|--yes|-q|--quiet|--silent|--no-cache|--prefer-offline|--isolated)$/;

/** The package that a runner starts. */
export function registryPackage(runner: Runner, list: readonly string[]): Found | Problem {
  const { named, end, others, unknown } = packageFlag(runner, list);
  // What follows may be its value instead of a package.
  if (unknown !== undefined) return { problem: `the flag ${unknown} before the package is unknown; leave it out, or write it with a "="` };
  const text = named ?? list[end];
  if (text === undefined || text === '') return { problem: 'no package is named' };
  const { registryType, runtimeHint, pattern } = runner;
  const { name: identifier, version = '' } = pattern.exec(text)?.groups ?? {};
  if (identifier === undefined)
    return {
      problem: `what is in the place of the package is not a name in ${registryType}; a path or a URL is known on that machine only`,
    };
  const given = argumentsOf(list.slice(end + 1));
  const pinned = version === '' || version === 'latest' ? undefined : version;
  return {
    package: compact({
      registryType,
      identifier,
      version: pinned,
      runtimeHint,
      transport: { type: 'stdio' },
      packageArguments: given.inputs.length === 0 ? undefined : given.inputs,
    }),
    version: pinned !== undefined && /^\d/.test(pinned) ? pinned : undefined,
    what: `the ${registryType} package ${identifier}`,
    dropped: [...(given.isAsked ? ['values in "args"'] : []), ...others.map((name) => `the flag ${name}`)],
  };
}

interface PackageFlags {
  /** The package that a flag names. */
  readonly named: string | undefined;
  /** Where the flags end. */
  readonly end: number;
  /** Flags that are not taken over, but reported. An invalid name becomes `-?`. */
  readonly others: readonly string[];
  /** A flag that may or may not take the next argument. */
  readonly unknown: string | undefined;
}

function packageFlag({ withValue, naming }: Runner, list: readonly string[]): PackageFlags {
  const others: string[] = [];
  let named: string | undefined;
  let unknown: string | undefined;
  let end = 0;
  for (let flag = list[end]; flag?.startsWith('-') === true; flag = list[end]) {
    end += 1;
    const { name = '-?', value } = splitFlag(flag);
    if (naming?.test(name) === true) named ??= value ?? list[end];
    else if (!USUAL.test(name)) others.push(name);
    if (value !== undefined || USUAL.test(name)) continue;
    if (withValue.test(name)) end += 1;
    else unknown ??= name;
  }
  return { named, end, others, unknown };
}
