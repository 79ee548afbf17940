import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { get, untilOk } from './http.ts';
import { imageProgram } from './image.ts';
import { largeCatalog } from './large-catalog.ts';
import { startLoad } from './load-client.ts';
import type { Measure, PartResult } from './measure.ts';
import { memoryLimit } from './memory-limit.ts';
import { residentMB } from './proc.ts';
import { startServerProgram, type ServerProgram } from './programs.ts';
import { Scope } from './scope.ts';

const VERSIONS = 75_000;
/** The default limit of a registry's pod (controller/src/registry/render/pod-template.ts). */
const LIMIT_BYTES = 512 * 1024 * 1024;
const REQUESTS_PER_SECOND = 500;
const LOAD_SECONDS = 12;
const REST_MS = 20_000;
const LIMIT_MS = 120_000;

/** What is read of /registry/status. */
interface Status {
  readonly snapshotHash: string;
  readonly lastSync: { readonly startTime: string; readonly completionTime: string };
}

/** Usual and maximal changes of a source. */
const CHANGES = [
  { what: 'a sync that changes 1 version in 100', every: 100 },
  { what: 'a sync that changes every version', every: 1 },
];

/** A catalog of the official registry's size in a pod of default size: whether it can be synced, and what that costs. */
export async function measureLarge(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const limit = memoryLimit(scope, LIMIT_BYTES);
  if (limit === undefined) return { measures: [], leftOut: 'no control group can be made here to limit the memory; it takes root' };
  const folder = await scope.folder();
  const file = join(folder, 'large.json');
  await writeFile(file, largeCatalog({ versions: VERSIONS }));
  const parseMs = timeToParse(file);
  const config = join(folder, 'registry.yaml');
  const source = { name: 'large', type: 'file', file: { path: 'large.json' } };
  const apiVersion = 'toolhive.stacklok.dev/v1alpha1';
  await writeFile(config, JSON.stringify({ apiVersion, kind: 'MCPRegistry', metadata: { name: 'bench' }, spec: { sources: [source] } }));
  const image = await imageProgram(scope, 'registry-server');
  const storage = await scope.folder();
  const server = await startServerProgram(scope, image, { config, storage });
  limit.add(server.pid);
  await untilOk(`${server.internalUrl}/readiness`, server, signal);

  const load = startLoad(scope);
  const measures: Measure[] = [];
  let bytes = 0;
  for (const { what, every } of CHANGES) {
    const changed = largeCatalog({ versions: VERSIONS }, { text: ` (changed, ${every})`, every });
    const before = await hashOf(server, signal);
    const loaded = load.run(
      { url: `${server.url}/v0.1/servers?limit=30`, seconds: LOAD_SECONDS, connections: 10, rate: REQUESTS_PER_SECOND },
      signal,
    );
    // If the sync fails, that is the error to report.
    loaded.catch(() => undefined);
    await sleep(1_000, undefined, { signal });
    await writeFile(`${file}.new`, changed);
    const started = performance.now();
    await rename(`${file}.new`, file);
    await untilChanged(server, before, signal);
    const seenMs = performance.now() - started;
    const syncMs = await lastSyncMs(server, signal);
    const { worstMs, failed } = await loaded;
    if (failed > 0) throw new Error(`${failed} requests failed during the sync`);
    bytes = Buffer.byteLength(changed);
    const note = `${VERSIONS} versions, ${Math.round(bytes / 1e6)} MB, within 512 MiB, ${REQUESTS_PER_SECOND} requests/s`;
    measures.push(
      {
        name: `large: ${what}, times JSON.parse and SHA-256 of the same bytes`,
        value: syncMs / parseMs,
        unit: 'x',
        target: { atMost: 3 },
        note: `${Math.round(syncMs)} ms against ${Math.round(parseMs)} ms, served ${Math.round(seenMs)} ms after the edit; ${note}`,
      },
      { name: `large: worst answer during ${what}`, value: worstMs, unit: 'ms', target: { atMost: 20 }, note },
    );
  }
  await sleep(REST_MS, undefined, { signal });
  const resident = residentMB(server.pid);
  await server.stop();

  const again = await startServerProgram(scope, image, { config, storage });
  limit.add(again.pid);
  await untilOk(`${again.internalUrl}/readiness`, again, signal);
  const restartMs = performance.now() - again.startedAt;
  const megabytes = bytes / 1e6;
  return {
    measures: [
      ...measures,
      {
        name: 'large: resident memory 20 s later, times the bytes',
        value: resident / megabytes,
        unit: 'x',
        target: { atMost: 3 },
        note: `${Math.round(resident)} MB`,
      },
      {
        name: 'large: restart until ready, with all of it stored',
        value: restartMs,
        unit: 'ms',
        target: { atMost: 500 },
        note: 'one start',
      },
    ],
  };
}

/** The minimum work of any reader of the file. */
function timeToParse(file: string): number {
  const started = performance.now();
  const bytes = readFileSync(file);
  JSON.parse(bytes.toString());
  createHash('sha256').update(bytes).digest();
  return performance.now() - started;
}

async function hashOf(server: ServerProgram, signal: AbortSignal): Promise<string> {
  const { body } = await get(`${server.internalUrl}/registry/status`, signal);
  return (JSON.parse(body.toString()) as Status).snapshotHash;
}

/** How long the last sync took according to the server: without the time until it notices an edit. */
async function lastSyncMs(server: ServerProgram, signal: AbortSignal): Promise<number> {
  const { body } = await get(`${server.internalUrl}/registry/status`, signal);
  const { startTime, completionTime } = (JSON.parse(body.toString()) as Status).lastSync;
  return Date.parse(completionTime) - Date.parse(startTime);
}

async function untilChanged(server: ServerProgram, before: string, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, server.ended, AbortSignal.timeout(LIMIT_MS)]);
  while ((await hashOf(server, limit)) === before) await sleep(20, undefined, { signal: limit });
}
