import { renamed } from '../formats/upstream/old-generation.ts';
import { isObject, own, type JsonObject } from '../json.ts';
import { endpointFrom } from './endpoint.ts';
import { plainText } from './hidden.ts';
import { scalar } from './input.ts';
import { packageTarget } from './package.ts';
import { ASK_PUBLISHER, objects, Reading } from './reading.ts';
import { inputsOf, type BundleTarget, type RemoteTarget, type Target, type UnusableTarget } from './target.ts';

/** Packages that are bundles, which clients install from a file. */
const BUNDLE = 'mcpb';
/** The download URL of a bundle. It is shown unchanged, so it must not contain shell syntax; none in the official registry does. */
const BUNDLE_URL = /^https:\/\/[A-Za-z0-9._~:/?#[\]@%+,=-]+$/;

/**
 * The ways to use the server of an entry, a server.json of any generation: remotes, with streamable HTTP first, then packages, in the entry's order. VS Code
 * and ToolHive prefer remotes to packages, too.
 */
export function targetsOf(server: JsonObject): (Target | UnusableTarget)[] {
  const remotes = objects(own(server, 'remotes')).map((raw, index) => ({ raw: inTodaysNames(raw), id: `remotes/${index}` }));
  const packages = objects(own(server, 'packages')).map((raw, index) => ({ raw: inTodaysNames(raw), id: `packages/${index}` }));
  const streams = ({ raw }: { readonly raw: JsonObject }): boolean => own(raw, 'type') !== 'sse';
  return [
    ...[...remotes.filter(streams), ...remotes.filter((one) => !streams(one))].map(({ raw, id }) => usable(raw, id, remoteTarget)),
    ...packages.map(({ raw, id }) => usable(raw, id, (one, place, reading) => readPackage(server, one, place, reading))),
  ];
}

/** Until September 2025 fields were written with underscores: `registry_type`. */
function inTodaysNames(raw: JsonObject): JsonObject {
  const value = renamed(raw);
  return isObject(value) ? value : raw;
}

type Read = (raw: JsonObject, id: string, reading: Reading) => Target | undefined;

function usable(raw: JsonObject, id: string, read: Read): Target | UnusableTarget {
  const reading = new Reading();
  const target = read(raw, id, reading);
  const { refusal } = reading;
  if (target !== undefined && refusal === undefined) return target;
  const name = plainText(scalar(own(raw, 'identifier')) ?? scalar(own(raw, 'url')) ?? id, 120);
  return {
    kind: 'unusable',
    id,
    about: id.startsWith('remotes') ? `the remote ${name}` : `the package ${name}`,
    refusal: refusal ?? {
      reason: 'nothing',
      message: 'It could not be read at all',
      remedy: ASK_PUBLISHER,
    },
  };
}

function remoteTarget(raw: JsonObject, id: string, reading: Reading): RemoteTarget | undefined {
  const variables = own(raw, 'variables');
  const endpoint = endpointFrom(raw, reading, (name) => {
    const declared = isObject(variables) ? own(variables, name) : undefined;
    // A URL is mandatory.
    return isObject(declared) ? reading.input(name, { ...declared, isRequired: true }) : reading.undeclared(name, 'url', {});
  });
  if (endpoint === undefined) return undefined;
  const about = `the remote ${plainText(scalar(own(raw, 'url')) ?? '', 120)}`;
  return { kind: 'remote', id, about, endpoint, inputs: inputsOf(reading.inputs, { endpoint }), warnings: reading.warnings };
}

function readPackage(server: JsonObject, raw: JsonObject, id: string, reading: Reading): Target | undefined {
  const target = packageTarget(server, raw, id, reading);
  if (target !== undefined) return target;
  const named = scalar(own(raw, 'registryType')) ?? '';
  if (named === BUNDLE) return bundleTarget(raw, id, reading);
  reading.refuse(
    'registry',
    `No command is known that runs a package of the type ${JSON.stringify(plainText(named, 40))}`,
    'Read the documentation of the server.',
  );
  return undefined;
}

function bundleTarget(raw: JsonObject, id: string, reading: Reading): BundleTarget {
  const url = reading.literal('Its identifier', scalar(own(raw, 'identifier')) ?? '');
  if (!BUNDLE_URL.test(url) || URL.parse(url) === null)
    reading.refuse(
      'url',
      `Its bundle ${JSON.stringify(plainText(url, 120))} is no https URL without marks that shells act on`,
      ASK_PUBLISHER,
    );
  const sha256 = scalar(own(raw, 'fileSha256')) ?? '';
  return {
    kind: 'bundle',
    id,
    about: `the bundle ${plainText(url, 120)}`,
    url,
    ...(/^[a-f0-9]{64}$/.test(sha256) ? { sha256 } : {}),
    inputs: [],
    warnings: [],
  };
}
