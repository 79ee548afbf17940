import { isVariableName } from '../formats/client/secret.ts';
import { imageOf } from '../formats/image.ts';
import { own, type JsonObject } from '../json.ts';
import { isPublicIndex } from '../references/public-index.ts';
import { argumentsFrom } from './argument.ts';
import { endpointFrom, isLoopback, problemOfUrl, sampleUrl } from './endpoint.ts';
import { extensionArguments } from './extension.ts';
import { plainText } from './hidden.ts';
import { scalar } from './input.ts';
import { literalOf, readOptions, type Options } from './option.ts';
import { FORMS, OPENING_OPTIONS, packageType, rulesFor } from './package-forms.ts';
import { pairsFrom, type Pair } from './pair.ts';
import { ASK_PUBLISHER, objects, type Reading } from './reading.ts';
import { isSteering } from './steering.ts';
import { inputsOf, type Endpoint, type PackageTarget, type PackageType } from './target.ts';
import type { Text } from './text.ts';

/** A package of a server.json, with current names. Problems are recorded in the reading. Undefined: no command runs packages of its type. */
export function packageTarget(server: JsonObject, raw: JsonObject, id: string, reading: Reading): PackageTarget | undefined {
  const type = packageType(raw);
  if (type === undefined) return undefined;
  const { whose } = FORMS[type];
  const identifier = reading.literal('Its identifier', scalar(own(raw, 'identifier')) ?? '');
  const version = reading.literal('Its version', scalar(own(raw, 'version')) ?? '');
  const name = type === 'oci' ? (imageOf(raw) ?? '') : identifier;
  const full = type === 'oci' || version === '' ? name : `${name}@${version}`;
  if (!FORMS[type].isName(full)) reading.refuse('name', `${JSON.stringify(plainText(full, 120))} is no name in ${whose}`, ASK_PUBLISHER);
  hint(raw, type, reading);
  const index = indexOf(raw, type, reading);
  const listed = pairsFrom(own(raw, 'environmentVariables'), 'variable', reading);
  const ownArguments = argumentsFrom(own(raw, 'packageArguments'), reading);
  const others = ownArguments.length > 0 || type !== 'oci' ? [] : extensionArguments(server, name);
  for (const argument of others) reading.literal('An argument', argument);
  const options = readOptions(argumentsFrom(own(raw, 'runtimeArguments'), reading), rulesFor(type, name), reading);
  const environment = [...listed, ...variablesOf(options, listed, reading)];
  refuseSteering(environment, type, reading);
  warnOfOpen(options, reading);
  const endpoint = listening(raw, reading);
  const texts = {
    options: options.kept,
    arguments: [...options.rest.map((text) => ({ text })), ...ownArguments, ...others.map((argument) => ({ text: [argument] }))],
    environment,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  return {
    kind: 'package',
    id,
    about: `${FORMS[type].about} ${plainText(name, 120)}${endpoint === undefined ? '' : ', over HTTP'}`,
    type,
    name,
    ...(type === 'oci' || version === '' ? {} : { version }),
    ...(index === undefined ? {} : { index }),
    ...texts,
    inputs: inputsOf(reading.inputs, texts),
    warnings: reading.warnings,
  };
}

function hint(raw: JsonObject, type: PackageType, reading: Reading): void {
  const said = scalar(own(raw, 'runtimeHint')) ?? '';
  const { program, hints } = FORMS[type];
  if (said !== '' && !hints.includes(said)) reading.warn(`The entry asks for ${plainText(said, 40)} to run it; ${program} is used.`);
}

function indexOf(raw: JsonObject, type: PackageType, reading: Reading): string | undefined {
  const base = scalar(own(raw, 'registryBaseUrl'));
  if (type === 'oci' || base === undefined || base === '' || isPublicIndex(type, base)) return undefined;
  const problem = problemOfUrl(reading.literal('Its "registryBaseUrl"', base));
  if (problem !== undefined)
    reading.refuse('index', `Its "registryBaseUrl" ${JSON.stringify(plainText(base, 120))} ${problem}`, ASK_PUBLISHER);
  const host = URL.parse(base)?.host ?? '';
  reading.warn(`The package comes from the index at ${host}, not from ${FORMS[type].whose}: whoever runs that index decides what is run.`);
  return base;
}

/** Variables among the options, as `-e NAME=value` or `-e NAME`; those that are listed count as listed. */
function variablesOf({ variables }: Options, listed: readonly Pair[], reading: Reading): Pair[] {
  const found = new Map<string, Pair>();
  for (const text of variables) {
    const [first = ''] = text;
    const equals = typeof first === 'string' ? first.indexOf('=') : -1;
    const name = typeof first === 'string' ? (equals < 0 ? (literalOf(text) ?? '') : first.slice(0, equals)) : '';
    if (!isVariableName(name)) {
      reading.warn('A variable among "runtimeArguments" is left out: its name is not valid for a variable.');
      continue;
    }
    if (found.has(name) || listed.some((pair) => pair.name === name)) continue;
    const value: Text = equals < 0 ? [reading.undeclared(name, name, {})] : behind(text, equals);
    found.set(name, { name, text: value });
  }
  return [...found.values()];
}

function behind([first, ...others]: Text, equals: number): Text {
  const rest = typeof first === 'string' ? first.slice(equals + 1) : '';
  return rest === '' && others.length > 0 ? others : [rest, ...others];
}

/** Users of a server may set such a variable, but its entry may not: something else than the entry names would be run. */
function refuseSteering(environment: readonly Pair[], type: PackageType, reading: Reading): void {
  const isSet = ({ text }: Pair): boolean => text.some((part) => typeof part === 'string' || part.default !== undefined);
  const found = environment.find((pair) => isSteering(pair.name) && isSet(pair));
  if (found === undefined) return;
  const message = `It sets the environment variable ${found.name}, which may change what ${FORMS[type].program} runs`;
  reading.refuse('options', message, 'Read the documentation of the server, and set the variable yourself if you trust it.');
}

function warnOfOpen({ kept }: Options, reading: Reading): void {
  const open = [...new Set(kept.flatMap(({ name }) => (name !== undefined && OPENING_OPTIONS.includes(name) ? [name] : [])))];
  if (open.length > 0)
    reading.warn(`The container is given more than its own file system and network, by ${open.join(', ')}: read these options.`);
}

/** Where a package listens: on the machine that runs it. */
function listening(raw: JsonObject, reading: Reading): Endpoint | undefined {
  const [transport = {}] = objects([own(raw, 'transport') ?? {}]);
  if ((own(transport, 'type') ?? 'stdio') === 'stdio') return undefined;
  const endpoint = endpointFrom(transport, reading, (name) => reading.undeclared(name, 'url', {}));
  if (endpoint !== undefined && reading.refusal === undefined && !isLoopback(sampleUrl(endpoint.url)))
    reading.refuse(
      'url',
      `Its transport has the URL of another machine, ${plainText(sampleUrl(endpoint.url), 120)}, and a package listens on the one that runs it`,
      'Ask the publisher to list that URL under "remotes".',
    );
  return endpoint;
}
