import { asText, at, own, type JsonObject } from '../json.ts';
import { downloadSource, imageRepository, originOf } from './references.ts';

/** One way to recognise an element of a list. */
export interface Identity {
  /** Equal for elements that are the same one; undefined for an element that cannot be recognised by this. */
  readonly of: (element: JsonObject) => string | undefined;
  /** It counts only where one element on each side has it: of several nobody knows which became which. */
  readonly isVague?: true;
}

/** How the elements of a list are recognised and called. */
export interface ListRules {
  /** The sure ones first. */
  readonly identities: readonly Identity[];
  /** What an element is called. */
  readonly nameOf: (element: JsonObject) => string | undefined;
}

/** The rules of the list that stands under a key. Elements of a list that is not known are recognised by their `name`. */
export function listRules(key: string): ListRules {
  return LISTS.get(key) ?? NAMED;
}

/** The type of a package, by what it is called. */
export function registryTypeOf(name: string): string {
  return name.split(' ', 1)[0] ?? '';
}

/** What an element is recognised by under the first of its names that it has; server.json of summer 2025 has words with underscores. */
function field(...names: readonly string[]): (element: JsonObject) => string | undefined {
  return (element) => names.map((name) => asText(own(element, name))).find((text) => text !== undefined);
}

const byName: Identity = { of: field('name') };
const NAMED: ListRules = { identities: [byName], nameOf: field('name') };

const packageType = field('registryType', 'registry_type');
/** Skills have packages of the type `git`, with a `url`. */
const packageIdentifier = field('identifier', 'url');

/** What a package is, whatever its version: of an image the repository, of a download whose it is. */
export function packageSource(type: string, identifier: string): string {
  if (type === 'oci') return imageRepository(identifier);
  return originOf(identifier) === undefined ? identifier : downloadSource(identifier);
}

function packageIdentity(one: JsonObject): string | undefined {
  const [type = '', identifier] = [packageType(one), packageIdentifier(one)];
  return identifier === undefined ? undefined : `${type} ${packageSource(type, identifier)} ${asText(own(one, 'subfolder')) ?? ''}`;
}

function packageName(one: JsonObject): string | undefined {
  const identifier = packageIdentifier(one);
  return identifier === undefined ? undefined : `${packageType(one) ?? 'package'} ${identifier}`;
}

/** The same package may be offered by several transports. */
function packageByTransport(one: JsonObject): string | undefined {
  const identity = packageIdentity(one);
  return identity === undefined ? undefined : `${identity} ${asText(at(one, 'transport', 'type')) ?? ''}`;
}

const PACKAGES: ListRules = {
  identities: [{ of: packageByTransport }, { of: packageIdentity }, { of: packageType, isVague: true }],
  nameOf: packageName,
};

const remoteType = field('type', 'transport_type');
const remoteUrl = field('url');

function remoteIdentity(one: JsonObject): string | undefined {
  const url = remoteUrl(one);
  return url === undefined ? undefined : `${remoteType(one) ?? ''} ${url}`;
}

const REMOTES: ListRules = {
  identities: [{ of: remoteIdentity }, { of: remoteUrl }, { of: remoteType, isVague: true }, { of: () => '', isVague: true }],
  nameOf: remoteUrl,
};

/** An argument without a name is recognised by the hint of what it stands for. */
const argumentName = field('name', 'valueHint', 'value_hint');
const ARGUMENTS: ListRules = {
  identities: [{ of: argumentName }],
  nameOf: (one) => argumentName(one) ?? asText(own(one, 'value')),
};

const ICONS: ListRules = { identities: [{ of: field('src') }], nameOf: field('src') };

const LISTS: ReadonlyMap<string, ListRules> = new Map([
  ['packages', PACKAGES],
  ['remotes', REMOTES],
  ['packageArguments', ARGUMENTS],
  ['package_arguments', ARGUMENTS],
  ['runtimeArguments', ARGUMENTS],
  ['runtime_arguments', ARGUMENTS],
  ['icons', ICONS],
]);

/** How the key of ToolHive's extension of an image or a URL is recognised, whatever the version of the image. */
export const SUBJECTS: readonly Identity[] = [
  { of: (member) => packageSource('oci', asText(own(member, 'key')) ?? '') },
  { of: () => '', isVague: true },
];
