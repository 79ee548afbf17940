import { asText, at, isObject, own, type Json, type JsonObject } from '@toolhive-registry/catalog/entry';
import { filled, objectsIn, scalar } from './values.ts';

/** A setting of a server. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  readonly secret: boolean;
  readonly required: boolean;
  /** Its fixed value. */
  readonly value: string | undefined;
  readonly preset: string | undefined;
  readonly choices: readonly string[];
}

/** A package or remote, with all its settings. */
export interface Runnable {
  /** Its place in the entry: `packages/0`. */
  readonly id: string;
  readonly kind: string;
  readonly identifier: string;
  readonly version: string | undefined;
  readonly transport: string | undefined;
  /** Further facts, each with its name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Lists of settings by kind: environment variables, headers. */
  readonly settings: readonly (readonly [title: string, settings: readonly Setting[]])[];
}

/** The packages of an entry. */
export function packagesOf(server: JsonObject): readonly Runnable[] {
  return objectsIn(own(server, 'packages')).map((one, index) => {
    const text = (key: string): string | undefined => filled(asText(own(one, key)));
    const transport = own(one, 'transport');
    return {
      id: `packages/${index}`,
      kind: text('registryType') ?? text('registry_name') ?? '?',
      identifier: text('identifier') ?? text('name') ?? '?',
      version: text('version'),
      transport: filled(asText(at(transport, 'type'))),
      facts: facts([
        ['Index', text('registryBaseUrl')],
        ['Run by', text('runtimeHint')],
        ['SHA-256', text('fileSha256')],
        ['Listens at', filled(asText(at(transport, 'url')))],
      ]),
      settings: lists([
        ['Environment', settingsIn(own(one, 'environmentVariables'))],
        ['Arguments', settingsIn(own(one, 'packageArguments'))],
        ['Arguments of the runtime', settingsIn(own(one, 'runtimeArguments'))],
        ['Headers', settingsIn(at(transport, 'headers'))],
      ]),
    };
  });
}

/** The remotes of an entry. */
export function remotesOf(server: JsonObject): readonly Runnable[] {
  return objectsIn(own(server, 'remotes')).map((one, index) => ({
    id: `remotes/${index}`,
    kind: 'remote',
    identifier: filled(asText(own(one, 'url'))) ?? '?',
    version: undefined,
    transport: filled(asText(own(one, 'type'))),
    facts: [],
    settings: lists([
      ['Headers', settingsIn(own(one, 'headers'))],
      ['Variables of the URL', namedSettings(own(one, 'variables'))],
    ]),
  }));
}

function facts(all: readonly (readonly [string, string | undefined])[]): (readonly [string, string])[] {
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function lists(all: readonly (readonly [string, readonly Setting[]])[]): (readonly [string, readonly Setting[]])[] {
  return all.filter(([, settings]) => settings.length > 0);
}

function settingsIn(value: Json | undefined): readonly Setting[] {
  return objectsIn(value).map((one) => settingOf(asText(own(one, 'name')) ?? asText(own(one, 'valueHint')) ?? '', one));
}

function namedSettings(value: Json | undefined): readonly Setting[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => (isObject(one) ? [settingOf(name, one)] : []));
}

function settingOf(name: string, one: JsonObject): Setting {
  return {
    name,
    description: asText(own(one, 'description')) ?? '',
    secret: own(one, 'isSecret') === true,
    required: own(one, 'isRequired') === true,
    value: scalar(own(one, 'value')),
    preset: scalar(own(one, 'default')),
    choices: Array.isArray(own(one, 'choices')) ? (own(one, 'choices') as Json[]).flatMap((choice) => scalar(choice) ?? []) : [],
  };
}
