import { expect, test } from '@jest/globals';
import type { Json } from '../../json.ts';
import { draft, json, snapshotOf } from '../../testing.ts';
import { readCatalog } from '../read.ts';
import { toToolhive } from './write.ts';

/** The form in which ToolHive's catalog was once drafted. */
const FILE = {
  metadata: { version: '1.0.0', updated: '2025-01-01T00:00:00Z' },
  servers: {
    filesystem: {
      description: 'Files',
      docker: { image: 'mcp/filesystem:1', env: { ROOT: '/data' }, network: 'none' },
      tags: ['files'],
    },
  },
};

test('a drafted catalog is read, with its version and time', () => {
  const { info, entries, findings } = readCatalog(json(FILE), 'auto');
  expect(info).toEqual({ format: 'toolhive', version: '1.0.0', lastUpdated: '2025-01-01T00:00:00Z' });
  expect(findings.kept).toEqual([]);
  expect(entries.map(({ name, server }) => [name, server['packages']])).toEqual([
    [
      'io.github.stacklok/filesystem',
      [
        {
          registryType: 'oci',
          identifier: 'mcp/filesystem:1',
          transport: { type: 'stdio' },
          environmentVariables: [{ name: 'ROOT', default: '/data' }],
        },
      ],
    ],
  ]);
});

test.each<[string, Json, Json]>([
  ['an object of values', { A: 'b' }, [{ name: 'A', default: 'b' }]],
  ['a list of names and values', ['A', 'B=c=d'], [{ name: 'A' }, { name: 'B', default: 'c=d' }]],
  ['a list of variables', [{ name: 'A', required: true }], [{ name: 'A', isRequired: true }]],
])('variables as %s', (_, env, wanted) => {
  const { entries } = readCatalog(json({ servers: { abc: { description: 'd', docker: { image: 'x', env } } } }), 'auto');
  expect(entries[0]?.server['packages']).toEqual([expect.objectContaining({ environmentVariables: wanted })]);
});

test('it is served in the released form', () => {
  const snapshot = snapshotOf([draft('s', json(FILE))]);
  const [entry] = readCatalog(json(FILE), 'auto').entries;
  expect(snapshot.rowCount).toBe(1);
  expect(entry === undefined ? undefined : toToolhive(entry)).toMatchObject({
    kind: 'server',
    key: 'filesystem',
    value: { image: 'mcp/filesystem:1', env_vars: [{ name: 'ROOT', default: '/data' }], docker: { network: 'none' } },
  });
});
