import { describe, expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { json, testdata } from '../../testing.ts';
import { readCatalog } from '../read.ts';

const OLD: JsonObject = {
  id: '4e9cf4cf',
  name: 'io.github.example/a',
  description: 'What a does',
  status: 'active',
  repository: { url: 'https://github.com/example/a', source: 'github', id: '7' },
  version_detail: { version: '1.0.2', release_date: '2025-05-16T18:56:49Z', is_latest: true },
  packages: [
    {
      registry_name: 'docker',
      name: 'example/a',
      version: '',
      runtime_hint: 'docker',
      package_arguments: [
        { type: 'named', name: '--x_y', value_hint: 'a_b', is_required: true, variables: { my_var: { is_secret: true } } },
      ],
      environment_variables: [{ name: 'API_KEY', is_secret: true }],
    },
  ],
  remotes: [{ transport_type: 'sse', url: 'https://example.com/sse' }],
};

const SERVER = {
  name: 'io.github.example/a',
  description: 'What a does',
  status: 'active',
  repository: { url: 'https://github.com/example/a', source: 'github', id: '7' },
  version: '1.0.2',
  packages: [
    {
      registryType: 'oci',
      identifier: 'example/a',
      runtimeHint: 'docker',
      packageArguments: [{ type: 'named', name: '--x_y', valueHint: 'a_b', isRequired: true, variables: { my_var: { isSecret: true } } }],
      environmentVariables: [{ name: 'API_KEY', isSecret: true }],
      transport: { type: 'stdio' },
    },
  ],
  remotes: [{ type: 'sse', url: 'https://example.com/sse' }],
};

describe('a server.json with "version_detail"', () => {
  test('is read in the current form', () => {
    expect(readCatalog(json([OLD]), 'auto').entries).toEqual([
      {
        kind: 'server',
        name: 'io.github.example/a',
        version: '1.0.2',
        server: SERVER,
        meta: {
          'io.modelcontextprotocol.registry/official': { status: 'active', publishedAt: '2025-05-16T18:56:49Z' },
          'toolhive.stacklok.dev/origin': { format: 'version-detail', id: '4e9cf4cf', version_detail: OLD['version_detail'] },
        },
      },
    ]);
  });

  test('keeps what the official API wrapped around it', () => {
    const official = { id: 'x', published_at: '2025-06-01T00:00:00Z', updated_at: '2025-06-02T00:00:00Z', is_latest: true };
    const item = { server: OLD, 'x-io.modelcontextprotocol.registry': official, 'x-publisher': { tool: 'ci' } };
    const [entry] = readCatalog(json({ servers: [item] }), 'auto').entries;
    expect(entry?.meta).toMatchObject({
      'io.modelcontextprotocol.registry/official': {
        status: 'active',
        publishedAt: '2025-06-01T00:00:00Z',
        updatedAt: '2025-06-02T00:00:00Z',
      },
      'toolhive.stacklok.dev/origin': { official, publisher: { tool: 'ci' } },
    });
  });

  test('is accepted alone in a file', () => {
    expect(readCatalog(json(OLD), 'auto').entries.map(({ server }) => server)).toEqual([SERVER]);
  });

  test('without a version is left out', () => {
    const { entries, findings } = readCatalog(json([{ ...OLD, version_detail: {} }]), 'auto');
    expect(entries).toEqual([]);
    expect(findings.kept).toEqual([expect.objectContaining({ entry: 'io.github.example/a', pointer: '/version', rule: 'missing' })]);
  });

  test('no current name is missing in the seeds of August 2025', () => {
    const old = new Set<string>();
    const collect = (value: Json): void => {
      if (Array.isArray(value)) value.forEach(collect);
      else if (isObject(value)) {
        for (const [key, member] of Object.entries(value)) {
          if (key === 'variables') continue;
          if (/_[a-z]/.test(key)) old.add(key);
          collect(member);
        }
      }
    };
    for (const { server } of readCatalog(testdata('mcp-registry-seed-2025-08-06.json'), 'auto').entries) collect(server);
    expect([...old]).toEqual([]);
  });
});
