import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { load } from 'js-yaml';
import { streamCatalog } from '../catalog/src/formats/read.ts';
import { FILE_FORMATS, writeCatalog, type FileFormat } from '../catalog/src/files/write.ts';
import { FindingList } from '../catalog/src/entry/findings.ts';
import { encodeSource } from '../catalog/src/build/encode-source.ts';
import { readSource } from '../catalog/src/build/read-source.ts';
import { openSnapshot, type Snapshot } from '../catalog/src/snapshot/snapshot.ts';
import { repositoryFile } from './image.ts';
import { largeCatalog } from './large-catalog.ts';
import type { Measure, PartResult } from './measure.ts';

/** Approximate size of the large ones. */
const BYTES = 20_000_000;
const ROUNDS = 7;
/**
 * Least shares of the speed of `JSON.parse`, `JSON.stringify` and a YAML parser, in percent: a guard, for a sync takes far longer. Forms that are
 * passed on are read almost at the speed of the parser; the others are rewritten, and compared with what the way back would give.
 */
const LEAST = { passedOn: 25, rewritten: 8, yaml: 35, written: 12, writtenYaml: 2 };

interface Case {
  readonly what: string;
  readonly bytes: Buffer;
  readonly form: 'passedOn' | 'rewritten' | 'yaml';
}

/** How fast each format is read and written, beside what parses and writes the same bytes as JSON or YAML and does nothing else. */
export function measureFormats(signal: AbortSignal): Promise<PartResult> {
  const measures: Measure[] = [];
  const official = snapshotOf(Buffer.from(largeCatalog({ bytes: BYTES })));
  const toolhive = snapshotOf(testdata('toolhive-catalog-2026-08-24.json'));
  for (const one of inputs(official, toolhive)) {
    signal.throwIfAborted();
    measures.push(reading(one));
  }
  for (const format of FILE_FORMATS) {
    signal.throwIfAborted();
    measures.push(
      writing(`${format}, the official catalog`, official, format),
      writing(`${format}, the catalog of ToolHive`, toolhive, format),
    );
  }
  return Promise.resolve({ measures });
}

function inputs(official: Snapshot, toolhive: Snapshot): Case[] {
  const client = Array.from({ length: 8_000 }, (_, index): [string, object] => [
    `server-${index}`,
    { command: 'npx', args: ['-y', `@example/server-${index}@1.0.${index}`, '--flag'], env: { API_KEY: 'x', MODE: 'y' } },
  ]);
  return [
    { what: 'items of the official API', form: 'passedOn', bytes: written(official, 'official') },
    { what: 'upstream file', form: 'passedOn', bytes: written(official, 'upstream') },
    { what: 'upstream file, ToolHive', form: 'passedOn', bytes: written(toolhive, 'upstream') },
    { what: 'ToolHive by key', form: 'rewritten', bytes: written(toolhive, 'toolhive') },
    { what: 'ToolHive by key, with what is carried', form: 'rewritten', bytes: written(official, 'toolhive') },
    { what: 'list of server.json', form: 'passedOn', bytes: testdata('mcp-registry-seed-2025-09-29.json') },
    { what: 'server.json with version_detail', form: 'rewritten', bytes: testdata('mcp-registry-seed-2025-08-06.json') },
    { what: 'client configuration', form: 'rewritten', bytes: Buffer.from(JSON.stringify({ mcpServers: Object.fromEntries(client) })) },
    { what: "Docker's catalog in YAML", form: 'yaml', bytes: written(toolhive, 'docker') },
  ];
}

function reading({ what, bytes, form }: Case): Measure {
  const isYaml = form === 'yaml';
  const ours = fastest(() => void streamCatalog(bytes, 'auto', { entry: () => undefined, findings: new FindingList() }));
  const bare = fastest(isYaml ? () => void load(bytes.toString()) : () => void JSON.parse(bytes.toString()));
  return {
    name: `read: ${what}, share of ${isYaml ? 'YAML alone' : 'JSON.parse'}`,
    ...share(bytes.length, ours, bare),
    target: { atLeast: LEAST[form] },
  };
}

function writing(what: string, snapshot: Snapshot, format: FileFormat): Measure {
  const bytes = written(snapshot, format);
  const value: unknown = format === 'docker' ? load(bytes.toString()) : JSON.parse(bytes.toString());
  const ours = fastest(() => void written(snapshot, format));
  const bare = fastest(() => void Buffer.from(JSON.stringify(value)));
  return {
    name: `write: ${what}, share of JSON.stringify`,
    ...share(bytes.length, ours, bare),
    target: { atLeast: format === 'docker' ? LEAST.writtenYaml : LEAST.written },
  };
}

function share(bytes: number, ours: number, bare: number): Pick<Measure, 'value' | 'unit' | 'note'> {
  const speed = (ms: number): string => (bytes / ms / 1000).toFixed(0);
  return { value: (100 * bare) / ours, unit: '%', note: `${speed(ours)} MB/s beside ${speed(bare)}, ${(bytes / 1e6).toFixed(1)} MB` };
}

/** Least time of some rounds, in milliseconds. */
function fastest(run: () => void): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function written(snapshot: Snapshot, format: FileFormat): Buffer {
  return Buffer.concat([...writeCatalog(snapshot, format)].flatMap((piece) => piece ?? []));
}

function snapshotOf(bytes: Uint8Array): Snapshot {
  const draft = readSource({ name: 'bench', format: 'auto', filters: [] }, { bytes }, { now: 0 });
  return openSnapshot(encodeSource({ registry: { name: 'bench', namespace: 'default' }, draft, rules: '', now: 0 }).block, {
    verify: true,
  });
}

function testdata(name: string): Buffer {
  return readFileSync(repositoryFile(`catalog/testdata/${name}`));
}
