import { describe, expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { testdata } from '../../testing.ts';
import { converterCases, type ConverterCase } from './converter-cases.ts';
import { toServerJson } from './to-server-json.ts';
import { restoreToolhiveServer } from './write.ts';

/** What ToolHive's own converters make of a case; hack/toolhive-fixtures/run has asked them. */
interface Converted {
  readonly case: string;
  readonly to: ConverterCase['to'];
  readonly output?: JsonObject;
  readonly error?: string;
}

const converted = testdata('toolhive-converters/converted.jsonl')
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Converted);

function ours({ to, from, key = '', input }: ConverterCase): JsonObject {
  if (to === 'server.json') return toServerJson(input, from === 'remote' ? 'remote_server' : 'server', key);
  const server = restoreToolhiveServer(input, to === 'remote' ? 'remote_server' : 'server', '');
  // Theirs always writes it; ours where the key does not stand for it.
  return { ...server, name: input['name'] ?? null };
}

/**
 * A value as both would write it: Go leaves out what is false, empty or zero, or writes it where nobody had said anything. `undefined` where nothing is
 * left.
 */
function settled(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one) => settled(one) ?? null);
  if (isObject(value)) {
    const members = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      const kept = settled(member);
      return kept === undefined ? [] : [[key, kept]];
    });
    return members.length === 0 ? undefined : Object.fromEntries(members);
  }
  return value === null || value === false || value === '' || value === 0 ? undefined : value;
}

/**
 * What theirs leaves out, and ours keeps: `pulls`, the values that a variable may have, and that a variable within a `-e NAME={variable}` must be
 * given.
 */
function withoutKept(value: Json, kept: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((one) => withoutKept(one, kept));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => {
    const isVariables = (key === 'env_vars' || key === 'environmentVariables') && Array.isArray(member);
    if (isVariables) return [key, member.map((one) => ({ ...asObject(one), ...Object.fromEntries(kept.map((name) => [name, null])) }))];
    return [key, withoutKept(key === 'metadata' ? { ...asObject(member), pulls: null } : member, kept)];
  });
  return Object.fromEntries(members);
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** Where ours is another one on purpose, and what theirs would have to be. */
const DELIBERATE: Readonly<Record<string, (theirs: JsonObject) => JsonObject>> = {
  // The image would be another one, in another registry.
  'an image with its version apart': (theirs) => ({ ...theirs, image: 'ghcr.io/a/b:2' }),
  // A remote without a type breaks clients.
  'the least remote': (theirs) => ({ ...theirs, remotes: [{ type: 'streamable-http', url: 'https://example.com/mcp' }] }),
};

/** What theirs refuses to convert. Ours takes the first one of several images, with the others carried along, and no port where there is none. */
const REFUSED = /expected exactly 1|invalid port/;

function expectAgreement(one: ConverterCase, theirs: Converted | undefined): void {
  if (theirs?.output === undefined) {
    expect([theirs?.error, ours(one)]).toEqual([expect.stringMatching(REFUSED), expect.objectContaining({ image: expect.any(String) })]);
    return;
  }
  const wanted = DELIBERATE[one.case]?.(theirs.output) ?? theirs.output;
  const kept = JSON.stringify(one.input).includes('"variables"') ? ['choices', 'required'] : ['choices'];
  const compared = (server: JsonObject): Json | undefined => settled(withoutKept(server, kept));
  expect([one.case, one.to, compared(ours(one))]).toEqual([one.case, one.to, compared(wanted)]);
}

describe('we agree with the converters of ToolHive', () => {
  const cases = [...converterCases()];
  const byHand = (JSON.parse(testdata('toolhive-converters/cases.json').toString()) as unknown[]).length;

  test('the fixture matches these cases', () => {
    expect(converted.map((one) => [one.case, one.to])).toEqual(cases.map((one) => [one.case, one.to]));
  });

  test.each(cases.slice(0, byHand).map((one, index) => [one.case, index] as const))('%s', (_, index) => {
    const one = cases[index];
    if (one !== undefined) expectAgreement(one, converted[index]);
  });

  test.each(['server.json', 'image', 'remote'] as const)('the servers of the real catalogs, as %s', (to) => {
    const found = cases.flatMap((one, index) => (index >= byHand && one.to === to ? [[one, converted[index]] as const] : []));
    expect(found.length).toBeGreaterThan(80);
    for (const [one, theirs] of found) expectAgreement(one, theirs);
  });
});
