import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { dump } from 'js-yaml';
import { createLogger, type Logger } from './logger.ts';
import { startServer, type RunningServer, type ServerParts } from './server.ts';

/** For tests of other packages: the server, started with the flags of its program. */
export { readServerOptions } from './options.ts';
export { startServer, type RunningServer } from './server.ts';

/** For tests: a folder that goes away with the test. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file into it and returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** For tests: makes a temporary folder. */
export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'registry-server-test-'));
  return {
    path,
    write: async (name, content) => {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** For tests: YAML of a registry named `test` and of ConfigMaps by name and key. */
export function manifest(
  spec: Record<string, unknown>,
  configMaps: Record<string, Record<string, unknown>> = {},
  metadata: Record<string, unknown> = {},
): string {
  const registry = { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', metadata: { name: 'test', ...metadata }, spec };
  const maps = Object.entries(configMaps).map(([name, data]) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])),
  }));
  return [registry, ...maps].map((document) => dump(document)).join('---\n');
}

/** For tests: the spec of a registry with one ConfigMap source. */
export const ONE_CONFIGMAP = { source: { type: 'configmap', configmap: { name: 'data' } } };

/** For tests: a ToolHive catalog with servers of the given keys. */
export function catalog(...keys: string[]): unknown {
  return {
    version: '1.0.0',
    servers: Object.fromEntries(keys.map((key) => [key, { image: `example.com/${key}:1`, description: `Does ${key}` }])),
  };
}

/** For tests: what a build asks while nothing is served. */
export const NOTHING_SERVED = { rows: () => Promise.resolve([]) };

/** For tests: the files with the last good data of a source, below the storage of {@link serverFor}. */
export async function goodFiles(folder: Folder, source: string): Promise<string[]> {
  const sources = join(folder.path, 'storage', 'sources');
  const files = await readdir(sources);
  return files.filter((file) => file.startsWith(`${source}.`) && file.endsWith('.good')).map((file) => join(sources, file));
}

/** For tests: a server on a free port, with storage and sources in the folder. */
export async function serverFor(
  folder: Folder,
  config: string,
  options: {
    internal?: boolean;
    storage?: string;
    tempPath?: string;
    seedFrom?: string;
    basePath?: string;
    ui?: boolean;
    logger?: Logger;
  } & ServerParts = {},
): Promise<RunningServer & AsyncDisposable> {
  const server = await startServer(
    {
      config,
      address: { host: '127.0.0.1', port: 0 },
      ...(options.internal === true ? { internalAddress: { host: '127.0.0.1', port: 0 } } : {}),
      ...(options.basePath === undefined ? {} : { basePath: options.basePath }),
      ui: options.ui ?? true,
      storagePath: options.storage ?? join(folder.path, 'storage'),
      ...(options.seedFrom === undefined ? {} : { seedFrom: new URL(options.seedFrom) }),
      sourcesPath: join(folder.path, 'mounted'),
      deployedPath: join(folder.path, 'deployed/servers.json'),
      secretsPath: join(folder.path, 'secrets'),
      tempPath: options.tempPath ?? tmpdir(),
      privateAddresses: 'allow',
      drainTimeMs: 0,
      logLevel: 'silent',
      logFormat: 'json',
    },
    options.logger ?? createLogger({ level: 'silent', format: 'json' }),
    options,
  );
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}

/** For tests: a server of its own that serves files, each a source named after it, in their order; ready. */
export async function servingFiles(
  files: Readonly<Record<string, unknown>>,
  spec: Readonly<Record<string, unknown>> = {},
): Promise<RunningServer & AsyncDisposable> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await folder.write(`${name}.json`, typeof content === 'string' ? content : JSON.stringify(content));
  }
  const sources = Object.keys(files).map((name) => ({ name, type: 'file', file: { path: `${name}.json` } }));
  const server = await serverFor(folder, await folder.write('registry.yaml', manifest({ ...spec, sources })));
  await eventually(
    () => fetch(`${server.url}/readiness`),
    ({ status }) => status === 200,
  );
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** For tests: writes a projected volume as the kubelet does it: a folder for each generation, and a link that is exchanged. */
export async function publishVolume(volume: string, generation: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const path = join(volume, generation, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    // As the kubelet does it, only for the first part of a path.
    const [entry = file] = file.split('/');
    await symlink(join('..data', entry), join(volume, entry)).catch(() => undefined);
  }
  await symlink(generation, join(volume, '..data_tmp'));
  await rename(join(volume, '..data_tmp'), join(volume, '..data'));
}

/** For tests: asks until the answer satisfies the condition, and fails with the last one after the deadline. */
export async function eventually<T>(ask: () => T | Promise<T>, condition: (answer: T) => boolean, deadlineMs = 10_000): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (condition(answer)) return answer;
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** For tests: the names of all servers on a first page. */
export async function serverNames(url: string): Promise<string[]> {
  const response = await fetch(`${url}/v0.1/servers?limit=100`);
  if (response.status !== 200) return [`status ${response.status}`];
  const body = (await response.json()) as { servers: { server: { name: string } }[] };
  return body.servers.map(({ server }) => server.name.replace('io.github.stacklok/', ''));
}

/** For tests: the answer of `GET /registry/status`. */
export async function statusOf(url: string): Promise<RegistryStatusDocument> {
  return (await (await fetch(`${url}/registry/status`)).json()) as RegistryStatusDocument;
}

/** For tests: the samples of `GET /metrics`, such as `mcpregistry_sync_total{result="success",source="a"}`: labels in order, without the registry. */
export async function samplesOf(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = [...text.matchAll(/^([a-z_]\w*)\{(.*)\} (\S+)$/gm)].map(([, name = '', labels = '', value = '']) => {
    const pairs = [...labels.matchAll(/\w+="[^"]*"/g)].map(([pair]) => pair).filter((pair) => !pair.startsWith('registry='));
    return [pairs.length === 0 ? name : `${name}{${pairs.toSorted().join(',')}}`, Number(value)] as const;
  });
  return new Map(samples);
}

/** For tests: whether an answer of {@link serverNames} is exactly this. */
export const has =
  (...names: string[]) =>
  (answer: string[]): boolean =>
    JSON.stringify(answer) === JSON.stringify(names);
