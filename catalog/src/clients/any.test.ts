import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { JsonObject } from '../json.ts';
import { hasHidden } from '../launch/hidden.ts';
import { kubernetesManifest, MANIFEST_KINDS } from '../manifests/index.ts';
import { CLIENTS, clientSetup } from './index.ts';
import { shellWords } from './testing.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '-e',
    '--rm',
    '-v',
    'run',
    'A={b}',
    '{b}',
    'ghcr.io/example/weather:1',
    'weather',
    'https://example.com/{b}',
    '__proto__',
    "'",
    '\\',
    '\n',
  ),
);
const value = fc.oneof<[fc.WeightedArbitrary<unknown>, fc.WeightedArbitrary<unknown>]>(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const flags = { isRequired: fc.boolean(), isSecret: fc.boolean(), isRepeated: fc.boolean() };
const field = { description: value, default: value, value, valueHint: value, name: value, choices: fc.array(value, { maxLength: 2 }) };
const variables = fc.dictionary(text, fc.record({ default: value, ...flags }, { requiredKeys: [] }), { maxKeys: 2 });
const kind = { type: fc.constantFrom('named', 'positional', ''), format: fc.constantFrom('boolean', 'string') };
const inputs = fc.array(fc.record({ ...field, ...flags, ...kind, variables }, { requiredKeys: [] }), { maxLength: 3 });
const transport = fc.record(
  {
    type: fc.constantFrom('stdio', 'sse', 'streamable-http'),
    url: fc.constantFrom('http://localhost:{b}/x', 'http://localhost:1', 'https://e.com'),
    headers: inputs,
  },
  { requiredKeys: ['type'] },
);
const packages = fc.record(
  {
    registryType: fc.constantFrom('npm', 'pypi', 'oci', 'nuget', 'mcpb'),
    identifier: fc.oneof(fc.constantFrom('weather', 'ghcr.io/example/weather:1', 'https://example.com/x.mcpb'), value),
    version: value,
    registryBaseUrl: fc.constantFrom('https://index.example.com', 'x'),
    transport,
    environmentVariables: inputs,
    packageArguments: inputs,
    runtimeArguments: inputs,
  },
  { requiredKeys: ['registryType', 'identifier', 'transport'] },
);
const remotes = fc.record(
  {
    type: fc.constantFrom('sse', 'streamable-http'),
    url: fc.oneof(fc.constantFrom('https://e.com', 'https://{b}.e.com/x', '{b}/x'), text),
    headers: inputs,
    variables,
  },
  { requiredKeys: ['type', 'url'] },
);
const servers = fc.record(
  {
    name: value,
    packages: fc.array(packages, { maxLength: 2 }),
    remotes: fc.array(remotes, { maxLength: 1 }),
    _meta: fc.jsonValue({ maxDepth: 3 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const answers = fc.dictionary(fc.oneof(text, fc.constantFrom('b', 'argument', 'A')), fc.oneof(text, fc.array(text, { maxLength: 2 })));
const labels = { registryName: 'r', registryNamespace: 'n', serverName: 's' };

test('any entry with any answers: nothing throws, all commands are complete, and nothing invisible is in the output', () => {
  const commands: string[] = [];
  const shown: string[] = [];
  fc.assert(
    fc.property(servers, answers, (server, given) => {
      for (const client of CLIENTS) {
        const setup = clientSetup(server, client, { answers: given });
        if (!setup.available) shown.push(setup.message, setup.remedy);
        for (const way of setup.available ? setup.ways : []) {
          shown.push(way.about, ...(way.kind === 'file' ? [] : [way.text]));
          if (way.kind === 'command') commands.push(way.text);
        }
        if (setup.available) shown.push(...setup.warnings, ...setup.inputs.flatMap((input) => [input.key, input.label, input.description]));
      }
      for (const kind of MANIFEST_KINDS) {
        const made = kubernetesManifest(server, { kind, registry: { name: 'a', namespace: 'b' }, labels, answers: given });
        if (made.available) commands.push(...made.preparations.map((one) => one.text));
        shown.push(...(made.available ? [...made.warnings, ...made.preparations.flatMap((one) => [one.about, one.text])] : [made.message]));
      }
    }),
    { numRuns: 150 },
  );
  expect(shown.filter(hasHidden)).toEqual([]);
  expect(shellWords(commands).length).toBe(commands.length);
  expect(commands.length).toBeGreaterThan(30);
});
