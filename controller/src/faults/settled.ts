import { fileKeys, normalizedSources } from '@toolhive-registry/api';
import type { Obj } from '../testing.ts';
import { statusOf, type Facts } from './facts.ts';
import { manifestOf, sha256 } from './played-server.ts';
import type { World } from './world.ts';

/** Differences between a registry and its spec and sources; there must be none once nobody acts any more. */
export function settlingFaults(world: World, namespace: string, name: string): string[] {
  const facts = world.facts(namespace, name);
  if (facts?.registry === undefined) return ['it does not exist'];
  const pods = world.node.podsOf(namespace, name);
  const wanted = Number(facts.registry['spec'].replicas ?? 1);
  return [
    ...statusFaults(facts),
    ...objectFaults(facts, wanted),
    ...podFaults(pods.length, wanted),
    ...unreadFiles(world, namespace, name),
  ];
}

function statusFaults({ registry }: Facts): string[] {
  const { observedGeneration, phase, conditions = [] } = statusOf(registry) ?? {};
  const { generation } = registry?.metadata ?? {};
  if (observedGeneration !== generation) return [`generation ${generation ?? 0}, and the status is of ${observedGeneration ?? 'none'}`];
  const isMoving = conditions.some(({ type }) => type === 'Reconciling');
  const isSynced = conditions.some(({ type, status }) => type === 'SyncSuccessful' && status === 'True');
  return [
    ...(isMoving ? ['it is not done'] : []),
    ...(isSynced ? [] : ['it is not synced']),
    ...(phase === 'Running' ? [] : [`phase ${phase ?? 'none'}`]),
  ];
}

function objectFaults({ registry, deployment, spec }: Facts, wanted: number): string[] {
  const isManifest = manifestOf(spec)?.spec.displayName === registry?.['spec'].displayName;
  const replicas: unknown = deployment?.['spec'].replicas;
  return [
    ...(isManifest ? [] : ['the manifest is an old one']),
    ...(replicas === wanted ? [] : [`the Deployment wants ${String(replicas)} of ${wanted} replicas`]),
  ];
}

function podFaults(count: number, wanted: number): string[] {
  return count === wanted ? [] : [`${count} of ${wanted} pods run`];
}

/** Files whose current content the registry's pods have not read. */
export function unreadFiles(world: World, namespace: string, name: string): string[] {
  const expected = Object.entries(expectedFiles(world, namespace, name, world.facts(namespace, name)?.spec ?? ''));
  return world.node
    .podsOf(namespace, name)
    .flatMap(({ name: pod, document }) =>
      expected.filter(([file, hash]) => document.files[file] !== hash).map(([file]) => `pod ${pod} has an old ${file}`),
    );
}

/** The hashes that pods report when they have read the latest content. */
function expectedFiles(world: World, namespace: string, name: string, spec: string): Record<string, string> {
  const manifest = manifestOf(spec);
  // There is none, or none yet.
  if (manifest === undefined) return {};
  const configMaps = world.objects('configMaps', namespace);
  const files: Record<string, string> = { [fileKeys.spec]: sha256(spec) };
  const deployed: unknown = configMaps.find((object: Obj) => object.metadata.name === `${name}-deployed`)?.['data']?.[fileKeys.deployed];
  if (typeof deployed === 'string') files[fileKeys.deployed] = sha256(deployed);
  for (const source of normalizedSources(manifest)) {
    if (source.type !== 'configmap') continue;
    const { name, key } = source.configmap;
    const data: unknown = configMaps.find((object: Obj) => object.metadata.name === name)?.['data']?.[key];
    if (typeof data === 'string') files[fileKeys.source(source.name, key)] = sha256(data);
  }
  return files;
}
