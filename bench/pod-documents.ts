import { createHash } from 'node:crypto';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import type { BenchCluster } from './cluster.ts';

/** What the pods report: that they have read what the controller wrote, and the common source. */
export function documentsOf(cluster: BenchCluster, names: readonly string[]): Promise<RegistryStatusDocument[]> {
  return Promise.all(
    names.map(async (name): Promise<RegistryStatusDocument> => ({
      lastSync: null,
      registry: { name, namespace: 'bench' },
      ready: true,
      deployedServerCount: 0,
      syncing: false,
      lastSyncTrigger: null,
      sources: [],
      files: filesOf(cluster, await cluster.configOf(name)),
      conditions: (['SourceAvailable', 'DataValid', 'SyncSuccessful'] as const).map((type) => ({
        type,
        status: 'True',
        reason: type,
        message: 'good',
      })),
      ...(synced(1) as Pick<RegistryStatusDocument, 'serverCount' | 'snapshotHash' | 'lastChangeTime'>),
    })),
  );
}

/** The files that a pod reports once it has read this manifest. */
export function filesOf({ catalog }: BenchCluster, manifest: string): RegistryStatusDocument['files'] {
  return { 'spec.yaml': sha256(manifest), 'default/registry.json': sha256(catalog) };
}

/** What a sync changes in the document of a pod. */
export function synced(servers: number): Partial<RegistryStatusDocument> {
  const hash = sha256(String(servers));
  const lastChangeTime = new Date().toISOString();
  return { serverCount: servers, snapshotHash: hash, lastChangeTime, lastChange: { hash, added: servers - 1, changed: 0, removed: 0 } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
