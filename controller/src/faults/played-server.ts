import { createHash } from 'node:crypto';
import {
  annotations,
  fileKeys,
  normalizedSources,
  parseMCPRegistry,
  type MCPRegistry,
  type RegistryStatusDocument,
} from '@toolhive-registry/api';
import { load } from 'js-yaml';
import { statusDocument } from '../pods/testing.ts';

/** Value of a ConfigMap's key; undefined: there is none. */
export type ReadConfigMap = (name: string, key: string) => Promise<string | undefined>;

/** Contents of a pod's mounted files. */
interface Mounted {
  readonly files: Readonly<Record<string, string>>;
  readonly servers: number;
  /** How many servers were deployed from the registry. */
  readonly deployed: number;
  /** Sources whose file is missing. */
  readonly missing: readonly string[];
}

/**
 * The report of a registry server that has read these ConfigMaps, after `before`. A missing source leaves the catalog unchanged.
 * @throws Error when the manifest is not valid, as before it is first written
 */
export async function playServer(
  registry: { readonly name: string; readonly namespace: string },
  read: ReadConfigMap,
  before: RegistryStatusDocument | undefined,
): Promise<RegistryStatusDocument> {
  const text = (await read(`${registry.name}-config`, 'spec.yaml')) ?? '';
  const manifest = manifestOf(text);
  if (manifest === undefined) throw new Error(`the manifest of ${registry.namespace}/${registry.name} is not valid`);
  const mounted = await mount(text, manifest, read);
  const about = {
    registry,
    files: mounted.files,
    deployedServerCount: mounted.deployed,
    lastSyncTrigger: manifest.metadata.annotations?.[annotations.syncTrigger] ?? null,
  };
  return mounted.missing.length === 0 ? synced(mounted, about, before) : failed(mounted, about, before);
}

/** Parses a manifest; undefined: the text is none. */
export function manifestOf(text: string): MCPRegistry | undefined {
  if (text === '') return undefined;
  const parsed = parseMCPRegistry(load(text));
  return parsed.ok ? parsed.registry : undefined;
}

async function mount(text: string, manifest: MCPRegistry, read: ReadConfigMap): Promise<Mounted> {
  const files: Record<string, string> = { [fileKeys.spec]: sha256(text) };
  const missing: string[] = [];
  let servers = 0;
  for (const source of normalizedSources(manifest)) {
    if (source.type !== 'configmap') continue;
    const { name, key } = source.configmap;
    const data = await read(name, key);
    if (data === undefined) missing.push(source.name);
    else {
      files[fileKeys.source(source.name, key)] = sha256(data);
      servers += Object.keys((JSON.parse(data) as { servers: object }).servers).length;
    }
  }
  const deployed = await read(`${manifest.metadata.name}-deployed`, fileKeys.deployed);
  if (deployed !== undefined) files[fileKeys.deployed] = sha256(deployed);
  return {
    files,
    servers,
    missing,
    deployed: deployed === undefined ? 0 : (JSON.parse(deployed) as { servers: unknown[] }).servers.length,
  };
}

type About = Pick<RegistryStatusDocument, 'registry' | 'files' | 'deployedServerCount' | 'lastSyncTrigger'>;

function synced({ files, servers }: Mounted, about: About, before: RegistryStatusDocument | undefined): RegistryStatusDocument {
  const snapshotHash = sha256(
    JSON.stringify(Object.entries(files).filter(([file]) => file !== fileKeys.spec && file !== fileKeys.deployed)),
  );
  const isNew = before?.snapshotHash !== snapshotHash;
  const lastChangeTime = isNew ? new Date().toISOString().replace(/\.\d+Z$/, 'Z') : before.lastChangeTime;
  return statusDocument({ ...about, serverCount: servers, snapshotHash, lastChangeTime });
}

function failed({ missing }: Mounted, about: About, before: RegistryStatusDocument | undefined): RegistryStatusDocument {
  const message = `no file for ${missing.join(', ')}`;
  const conditions = statusDocument().conditions.map(({ type, ...rest }) =>
    type === 'DataValid' ? { type, ...rest } : { type, status: 'False' as const, reason: 'SourceNotFound', message },
  );
  const { ready = false, serverCount = 0, snapshotHash = null, lastChangeTime = null } = before ?? {};
  return statusDocument({ ...about, ready, serverCount, snapshotHash, lastChangeTime, conditions });
}

/** Hash of a file's content, as pods report it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
