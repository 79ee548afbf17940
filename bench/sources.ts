import { utimes, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { get, untilOk } from './http.ts';
import { imageProgram } from './image.ts';
import { largeCatalog } from './large-catalog.ts';
import { median, type PartResult } from './measure.ts';
import { charactersRead } from './proc.ts';
import { startServerProgram, type ServerProgram } from './programs.ts';
import { Scope } from './scope.ts';

const LARGE_BYTES = 76_000_000;
const SMALL_SOURCES = 17;
const EDITS = 7;
const EDIT_TARGET_MS = 1_000;
const POLL_TARGET_KB = 100;
const EVERY_MS = 5;
const LIMIT_MS = 120_000;

/** Twenty sources, one of them hanging, one failing, one large: how soon an edit of another is served, and what an unchanged poll reads. */
export async function measureSources(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const folder = await scope.folder();
  // It reads, so that it notices when the client disconnects, and never answers.
  const silent = createServer((socket) => void socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  scope.defer(() => new Promise((resolve) => silent.close(() => resolve())));
  await writeFile(join(folder, 'large.json'), largeCatalog({ bytes: LARGE_BYTES }));
  // One that was written in the last second is read again.
  await utimes(join(folder, 'large.json'), 0, 0);
  const small = Array.from({ length: SMALL_SOURCES }, (_, index) => `small-${index}`);
  for (const name of small) await writeFile(join(folder, `${name}.json`), catalogOf(`${name}/one`));
  const file = (name: string): unknown => ({ name, type: 'file', file: { path: `${name}.json` } });
  const { port } = silent.address() as AddressInfo;
  const sources = [
    { name: 'hangs', type: 'url', url: `http://127.0.0.1:${port}/`, timeout: '5m' },
    file('missing'),
    ...small.map(file),
    file('large'),
  ];
  const config = join(folder, 'registry.yaml');
  const apiVersion = 'toolhive.stacklok.dev/v1alpha1';
  await writeFile(config, JSON.stringify({ apiVersion, kind: 'MCPRegistry', metadata: { name: 'bench' }, spec: { sources } }));
  const image = await imageProgram(scope, 'registry-server');
  // A laptop's server: sources at loopback addresses are asked there only.
  const server = await startServerProgram(scope, image, { config, onePort: true });
  await untilOk(`${server.url}/readiness`, server, signal);
  await until(server, () => isServed(server, 'copy-0', signal), signal);

  const times: number[] = [];
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const name = `edited/${edit}`;
    const started = performance.now();
    await writeFile(join(folder, 'small-3.json'), catalogOf(name));
    await until(server, () => isServed(server, name, signal), signal);
    times.push(performance.now() - started);
    await sleep(500, undefined, { signal });
  }
  const before = charactersRead(server.pid);
  const answer = await fetch(`${server.url}/registry/sync?source=large`, { method: 'POST', signal });
  if (answer.status !== 202) throw new Error(`the poll of the large source was answered with ${answer.status}`);
  await until(server, () => isIdle(server, 'large', signal), signal);
  const readKB = (charactersRead(server.pid) - before) / 1000;
  return {
    measures: [
      {
        name: 'sources: an edit is served beside a hanging, a failing and a 76 MB source',
        value: median(times),
        unit: 'ms',
        target: { atMost: EDIT_TARGET_MS },
        note: `median of ${EDITS} edits with twenty sources, worst ${Math.round(Math.max(...times))} ms`,
      },
      {
        name: 'sources: read for a poll of the unchanged 76 MB file',
        value: readKB,
        unit: 'kB',
        target: { atMost: POLL_TARGET_KB },
        note: 'all that the process read meanwhile, the requests of this measurement included',
      },
    ],
  };
}

function catalogOf(name: string): string {
  return JSON.stringify([{ name, version: '1.0.0', description: 'A server of the benchmark' }]);
}

async function isServed(server: ServerProgram, name: string, signal: AbortSignal): Promise<boolean> {
  const { body } = await get(`${server.url}/v0.1/servers?limit=1&search=${encodeURIComponent(name)}`, signal);
  return (JSON.parse(body.toString()) as { metadata?: { count: number } }).metadata?.count === 1;
}

async function isIdle(server: ServerProgram, name: string, signal: AbortSignal): Promise<boolean> {
  const { body } = await get(`${server.url}/registry/status`, signal);
  const { sources } = JSON.parse(body.toString()) as { sources: { name: string; activity?: string }[] };
  return sources.find((source) => source.name === name)?.activity === 'idle';
}

async function until(server: ServerProgram, condition: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  while (!(await condition())) {
    AbortSignal.any([signal, server.ended, limit]).throwIfAborted();
    await sleep(EVERY_MS, undefined, { signal });
  }
}
