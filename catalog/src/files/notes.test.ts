import { describe, expect, test } from '@jest/globals';
import { compareCatalogs } from '../compare/catalogs.ts';
import { OFFICIAL_META } from '../entry/entry.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { draft, json, REAL_CATALOGS, serverJson, snapshotFrom, testdata } from '../testing.ts';
import { itemsOf } from '../views/items.ts';
import type { WriteNote } from './notes.ts';
import { writeCatalog, type FileFormat } from './write.ts';

function written(snapshot: Snapshot, format: FileFormat): { readonly bytes: Buffer; readonly notes: WriteNote[] } {
  const notes: WriteNote[] = [];
  const bytes = Buffer.concat([...writeCatalog(snapshot, format, (note) => notes.push(note))].flatMap((piece) => piece ?? []));
  return { bytes, notes };
}

/** `carried server a/b@1: /server/icons`. */
function shown(file: Json, format: FileFormat): string[] {
  return written(snapshotFrom(draft('s', json(file))), format).notes.map(textOf);
}

function textOf({ outcome, kind, name, version, pointers, why }: WriteNote): string {
  return `${outcome} ${kind} ${name}${version === undefined ? '' : `@${version}`}: ${pointers.length === 0 ? why : pointers.join(' ')}`;
}

const image: JsonObject = { registryType: 'oci', identifier: 'a/b:1', transport: { type: 'stdio' } };
const npm: JsonObject = { registryType: 'npm', identifier: 'x', version: '1', transport: { type: 'stdio' } };
const item = (name: string, version: string, status = 'active'): JsonObject => ({
  server: serverJson(name, { version, packages: [image] }),
  _meta: { [OFFICIAL_META]: { status } },
});
const skill = (version: string): JsonObject => ({ namespace: 'a', name: 's', version, description: 'd' });
const OFFICIAL = '/_meta/io.modelcontextprotocol.registry~1official';

const VERSIONS: Json = [item('a/b', '1.0.0'), item('a/b', '2.0.0'), item('a/b', '3.0.0', 'deleted')];
const FRAMED: Json = {
  version: '1.0.0',
  meta: { last_updated: '2026-01-01T00:00:00Z' },
  data: {
    servers: [serverJson('a/b', { packages: [image] })],
    skills: [skill('1.0.0'), skill('2.0.0')],
    groups: [{ name: 'g', servers: [serverJson('a/c', { packages: [npm] })] }],
  },
};

test.each<[string, FileFormat, Json, string[]]>([
  ['versions', 'official', VERSIONS, []],
  [
    'versions',
    'upstream',
    VERSIONS,
    [
      `carried server a/b@2.0.0: ${OFFICIAL}`,
      'left-out server a/b@1.0.0: the form has one version of each entry, the latest',
      'left-out server a/b@3.0.0: it is deleted, and the form has no place for deleted entries',
    ],
  ],
  [
    'versions',
    'toolhive',
    VERSIONS,
    [
      `carried server a/b@2.0.0: ${OFFICIAL} /server/version`,
      'carried server a/b@1.0.0: the form has one version of each server, and this one is carried along with the latest',
      'left-out server a/b@3.0.0: it is deleted, and the form has no place for deleted entries',
    ],
  ],
  [
    'versions',
    'docker',
    VERSIONS,
    [
      `reduced server a/b@2.0.0: ${OFFICIAL} /server/name /server/version`,
      'left-out server a/b@1.0.0: the form has one version of each entry, the latest',
      'left-out server a/b@3.0.0: it is deleted, and the form has no place for deleted entries',
    ],
  ],
  ['the frame', 'upstream', FRAMED, ['left-out skill a/s@1.0.0: the form has one version of each entry, the latest']],
  ['the frame', 'toolhive', FRAMED, ['carried server a/c@1.0.0: /server/packages']],
  [
    'the frame',
    'official',
    FRAMED,
    [
      'left-out group g: the form has no groups',
      'left-out file version: the form says nothing of its file',
      'left-out file last_updated: the form says nothing of its file',
    ],
  ],
  [
    'the frame',
    'docker',
    FRAMED,
    [
      'reduced server a/b@1.0.0: /server/name',
      'left-out server a/c@1.0.0: it has neither a remote nor a container image that speaks stdio',
      'left-out group g: the form has no groups',
      'left-out file version: the form says nothing of its file',
      'left-out file last_updated: the form says nothing of its file',
      'left-out skill a/s@1.0.0: the form has no skills',
      'left-out skill a/s@2.0.0: the form has no skills',
    ],
  ],
  [
    'a server of two groups',
    'toolhive',
    { data: { servers: [], groups: ['x', 'y'].map((name) => ({ name, servers: [serverJson('a/c', { packages: [npm] })] })) } },
    ['carried server a/c@1.0.0: /server/packages'],
  ],
])('the notes on %s in the form %s', (_, format, file, expected) => {
  expect(shown(file, format)).toEqual(expected);
});

describe.each(REAL_CATALOGS)('%s', (catalog) => {
  const snapshot = snapshotFrom(draft('s', testdata(catalog)));

  test.each<FileFormat>(['upstream', 'toolhive', 'official'])('what does not come back from the form %s has been noted', (format) => {
    const { bytes, notes } = written(snapshot, format);
    const { removed, changed } = compareCatalogs(itemsOf(snapshot), itemsOf(snapshotFrom(draft('s', bytes))));
    const leftOut = notes.filter(({ outcome, kind }) => outcome === 'left-out' && kind !== 'group' && kind !== 'file');
    expect(leftOut.map(({ kind, name, version }) => ({ kind, name, version })).sort(byName)).toEqual([...removed].sort(byName));
    expect(changed).toEqual([]);
    expect(notes.filter(({ outcome }) => outcome === 'reduced')).toEqual([]);
  });

  test("every server is in Docker's form or noted as left out", () => {
    const { bytes, notes } = written(snapshot, 'docker');
    const names = new Set(notes.filter(({ outcome, kind }) => outcome === 'left-out' && kind === 'server').map(({ name }) => name));
    expect(names.size + snapshotFrom(draft('s', bytes)).countOf('server')).toBe(snapshot.countOf('server'));
    if (catalog.startsWith('docker/')) expect(notes).toEqual([]);
  });
});

interface Named {
  readonly name: string;
  readonly version?: string | undefined;
}

function byName(a: Named, b: Named): number {
  return `${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1;
}
