import type { Argument } from './argument.ts';
import type { Input } from './input.ts';
import type { Pair } from './pair.ts';
import type { Refusal } from './reading.ts';
import { inputsIn, type Text } from './text.ts';

/** One way to use the server of an entry: a package, or a remote. */
export type Target = PackageTarget | BundleTarget | RemoteTarget;

interface Common {
  /** Its place in the entry: `packages/0`, `remotes/1`. */
  readonly id: string;
  /** A description: `the npm package @example/server`. */
  readonly about: string;
  /** Its inputs. */
  readonly inputs: readonly Input[];
  readonly warnings: readonly string[];
}

/** The HTTP endpoint of a server. */
export interface Endpoint {
  readonly type: 'http' | 'sse';
  readonly url: Text;
  readonly headers: readonly Pair[];
}

/** Types of packages that a command runs. */
export type PackageType = 'npm' | 'pypi' | 'oci' | 'nuget';

/** A package that runs on the user's machine. */
export interface PackageTarget extends Common {
  readonly kind: 'package';
  readonly type: PackageType;
  /** Its name; for an image the whole reference. */
  readonly name: string;
  readonly version?: string;
  /** The base URL of its index, unless it is the public one. */
  readonly index?: string;
  /** Options of the program that runs it. */
  readonly options: readonly Argument[];
  readonly arguments: readonly Argument[];
  readonly environment: readonly Pair[];
  /** Where it listens; absent: it uses stdio. */
  readonly endpoint?: Endpoint;
}

/** A bundle (`mcpb`) that some clients install from a file. */
export interface BundleTarget extends Common {
  readonly kind: 'bundle';
  readonly url: string;
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256?: string;
}

/** A remote server. */
export interface RemoteTarget extends Common {
  readonly kind: 'remote';
  readonly endpoint: Endpoint;
}

/** A package or remote without known usage. */
export interface UnusableTarget {
  readonly kind: 'unusable';
  readonly id: string;
  readonly about: string;
  readonly refusal: Refusal;
}

/** The inputs that a target uses, in order. */
export function inputsOf(all: readonly Input[], { endpoint, ...others }: UsedTexts): Input[] {
  const pairs = [...(others.environment ?? []), ...(endpoint?.headers ?? [])];
  const args = [...(others.options ?? []), ...(others.arguments ?? [])];
  const texts = [...pairs.map(({ text }) => text), ...args.map(({ text = [] }) => text), endpoint?.url ?? []];
  const used = new Set(texts.flatMap(inputsIn));
  return all.filter((input) => used.has(input));
}

interface UsedTexts {
  readonly environment?: readonly Pair[];
  readonly options?: readonly Argument[];
  readonly arguments?: readonly Argument[];
  readonly endpoint?: Endpoint | undefined;
}
