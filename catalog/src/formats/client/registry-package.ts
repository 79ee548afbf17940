import { argumentsOf } from './arguments.ts';
import type { Found, Problem } from './found.ts';

/** How a runner such as npx is told what to start. */
export interface Runner {
  readonly registryType: string;
  /** What starts the package anywhere. */
  readonly runtimeHint: string;
  /** Flags that take the argument behind them. */
  readonly withValue: RegExp;
  /** Those whose value is the package, where what stands behind the flags is the command in it. */
  readonly naming?: RegExp;
}

/** The package that a runner starts. */
export function registryPackage(runner: Runner, list: readonly string[]): Found | Problem {
  const { named, end } = packageFlag(runner, list);
  const text = named ?? list[end];
  if (text === undefined || text === '') return { problem: 'no package is named' };
  // What can be anything is on the machine of whoever wrote it, or anywhere.
  if (/^(?:\.|\/|~|[a-z+]+:|[A-Za-z]:\\)/.test(text))
    return { problem: `"${text.slice(0, 100)}" is a path or a URL and no package of a registry` };
  const { registryType, runtimeHint } = runner;
  const { identifier, version } = parsed(registryType, text);
  const given = argumentsOf(list.slice(end + 1));
  const pinned = version === undefined ? {} : { version };
  return {
    package: { registryType, identifier, ...pinned, runtimeHint, transport: { type: 'stdio' }, ...given.arguments },
    version: version !== undefined && /^\d/.test(version) ? version : undefined,
    what: `the ${registryType} package ${identifier}`,
    dropped: given.dropped,
  };
}

/** The package that a flag names, and where the flags end. */
function packageFlag({ withValue, naming }: Runner, list: readonly string[]): { readonly named: string | undefined; readonly end: number } {
  let named: string | undefined;
  let end = 0;
  for (let flag = list[end]; flag?.startsWith('-') === true; flag = list[end]) {
    end += 1;
    const [name = '', value] = flag.split('=', 2);
    if (!withValue.test(name)) continue;
    if (naming?.test(name) === true) named ??= value ?? list[end];
    if (value === undefined) end += 1;
  }
  return { named, end };
}

/** `name@1.0.0`, in PyPI also `name==1.0.0`; what is not one version is none. */
function parsed(registryType: string, text: string): { readonly identifier: string; readonly version: string | undefined } {
  const pattern = registryType === 'pypi' ? /^([^@=<>~!\s]+)(?:@|==)?([^\s]*)$/ : /^(@?[^@]+)(?:@(.*))?$/;
  const [, identifier = text, version = ''] = pattern.exec(text) ?? [];
  return { identifier, version: version === '' || version === 'latest' ? undefined : version };
}
