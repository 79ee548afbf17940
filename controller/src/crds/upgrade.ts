import {
  annotations,
  compareVersions,
  crdName,
  crdOwner,
  crdVersion,
  customResourceDefinition,
  declaredPart,
  fieldManager,
  missingFields,
  publishedSchema,
  rootSchema,
  type RegistryGroup,
} from '@toolhive-registry/api';
import { CUSTOM_RESOURCE_DEFINITIONS, isConflict, isNotFound, type ApiClient, type KubeObject } from '@toolhive-registry/reconciler';

/** What became of a group's CRD. `from` is the version that it said it was of; undefined: it said none. */
export type CrdUpgrade =
  /** It was older, or changed by somebody, and is as this program has it now. `isServed`: the API server has published it. */
  | { readonly became: 'upgraded'; readonly from: string | undefined; readonly isServed: boolean }
  | { readonly became: 'current' }
  /** It is of a later version than this program, and was left as it is. */
  | { readonly became: 'newer'; readonly from: string }
  /** It is somebody else's, and was left as it is. */
  | { readonly became: 'foreign'; readonly why: string }
  | { readonly became: 'missing' };

/** What an upgrade needs. */
export interface UpgradeDeps {
  readonly client: Pick<ApiClient, 'get' | 'apply' | 'request'>;
  /** Rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** How often a CRD that others write at the same time is read anew. */
const MAX_ATTEMPTS = 3;
/** An API server publishes the schema of a CRD within a few seconds. It is asked this often, at this pace in milliseconds. */
const LOOKS = 60;
const LOOK_PACE_MS = 500;

/**
 * Brings the CRD of a group up to date by server-side apply, where it is ours and of no later version than this program. It makes none that is not there: one
 * that was removed may have made place for ToolHive's. Throws the client's errors.
 */
export async function upgradeCrd(group: RegistryGroup, deps: UpgradeDeps, signal: AbortSignal): Promise<CrdUpgrade> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await upgradeOnce(group, deps, signal);
    } catch (error) {
      if (!isConflict(error) || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

async function upgradeOnce(group: RegistryGroup, deps: UpgradeDeps, signal: AbortSignal): Promise<CrdUpgrade> {
  const { client } = deps;
  const live = await client.get(CUSTOM_RESOURCE_DEFINITIONS, { name: crdName(group) }, { signal }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
  if (live === undefined) return { became: 'missing' };
  const owner = crdOwner(live);
  if (owner.whose === 'foreign') return { became: 'foreign', why: owner.why };
  const from = live.metadata.annotations?.[annotations.crdVersion];
  if (from !== undefined && (compareVersions(from, crdVersion) ?? 0) > 0) return { became: 'newer', from };
  const applied = await client.apply(CUSTOM_RESOURCE_DEFINITIONS, ownCrd(group, live), { fieldManager, signal });
  if (from === crdVersion && applied.metadata.generation === live.metadata.generation) return { became: 'current' };
  return { became: 'upgraded', from, isServed: await isServed(group, deps, signal) };
}

/** Our CRD in place of the one that was looked at, and of no other: it may be replaced meanwhile. */
function ownCrd(group: RegistryGroup, { metadata: { uid, resourceVersion } }: KubeObject): KubeObject {
  const own = customResourceDefinition(group) as unknown as KubeObject;
  return {
    ...own,
    metadata: { ...own.metadata, ...(uid === undefined ? {} : { uid }), ...(resourceVersion === undefined ? {} : { resourceVersion }) },
  };
}

/** Waits until the API server has published our schema: up to then it drops the new fields of objects. False: it has not, in half a minute. */
async function isServed(group: RegistryGroup, { client, sleep }: UpgradeDeps, signal: AbortSignal): Promise<boolean> {
  const wanted = declaredPart(rootSchema(group));
  const ask = (path: string): Promise<unknown> => client.request({ method: 'GET', path, signal });
  for (let look = 0; look < LOOKS; look++) {
    // That nothing is published yet is an error of its own.
    const published = await publishedSchema(ask, group, signal).catch(() => undefined);
    if (published !== undefined && missingFields(declaredPart(published), wanted).length === 0) return true;
    await sleep(LOOK_PACE_MS, signal);
  }
  return false;
}
