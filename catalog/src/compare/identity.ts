import { asText, at, own, type JsonObject } from '../json.ts';
import { downloadSource, imageRepository, originOf } from './references.ts';

/** One way to identify an element of a list. */
export interface Identity {
  /** Equal for the same element; undefined for an element without this identity. */
  readonly of: (element: JsonObject) => string | undefined;
  /** It counts only if one element on each side has it: with several it is unknown which became which. */
  readonly isVague?: true;
}

/** How the elements of a list are identified and named. */
export interface ListRules {
  /** The most reliable ones first. */
  readonly identities: readonly Identity[];
  /** The display name of an element. */
  readonly nameOf: (element: JsonObject) => string | undefined;
}

/** The rules for the list under a key. Elements of an unknown list are identified by their `name`. */
export function listRules(key: string): ListRules {
  return LISTS.get(key) ?? NAMED;
}

/** The type of a package, under either spelling. */
export function registryTypeOf(name: string): string {
  return name.split(' ', 1)[0] ?? '';
}

/** Identifies an element by the first of these names that it has; server.json of summer 2025 uses underscores. */
function field(...names: readonly string[]): (element: JsonObject) => string | undefined {
  return (element) => names.map((name) => asText(own(element, name))).find((text) => text !== undefined);
}

const byName: Identity = { of: field('name') };
const NAMED: ListRules = { identities: [byName], nameOf: field('name') };

const packageType = field('registryType', 'registry_type');
/** Skills have packages of the type `git`, with a `url`. */
const packageIdentifier = field('identifier', 'url');

/** The identity of a package regardless of its version: for an image the repository, for a download its owner. */
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

/** An argument without a name is identified by its value hint. */
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

/** Identifies the key of ToolHive's extension of an image or a URL, regardless of the image's version. */
export const SUBJECTS: readonly Identity[] = [
  { of: (member) => packageSource('oci', asText(own(member, 'key')) ?? '') },
  { of: () => '', isVague: true },
];
