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

/** The outcome of an upgrade. `from` is the version recorded on the CRD that was found; undefined: none was recorded. */
export type CrdUpgrade =
  /** It was older or had been edited, and now matches this program. `isServed`: the API server has published it. */
  | { readonly became: 'upgraded'; readonly from: string | undefined; readonly isServed: boolean }
  | { readonly became: 'current' }
  /** It is of a later version than this program, and was left unchanged. */
  | { readonly became: 'newer'; readonly from: string }
  /** It belongs to somebody else, and was left unchanged. */
  | { readonly became: 'foreign'; readonly why: string }
  | { readonly became: 'missing' };

/** What an upgrade needs. */
export interface UpgradeDeps {
  readonly client: Pick<ApiClient, 'get' | 'apply' | 'request'>;
  /** Rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** How often to retry when the CRD is written by others at the same time. */
const MAX_ATTEMPTS = 3;
/** An API server publishes a CRD's schema within a few seconds. Attempts to see it, and milliseconds between them. */
const LOOKS = 60;
const LOOK_PACE_MS = 500;

/**
 * Upgrades the CRD of a group by server-side apply, if it is ours and not newer than this program. It does not create a missing one: the CRD may have been
 * removed to make room for ToolHive's. Throws the client's errors.
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

/** Our CRD with the UID of the one that was inspected: that one may have been replaced in the meantime. */
function ownCrd(group: RegistryGroup, { metadata: { uid, resourceVersion } }: KubeObject): KubeObject {
  const own = customResourceDefinition(group) as unknown as KubeObject;
  return {
    ...own,
    metadata: { ...own.metadata, ...(uid === undefined ? {} : { uid }), ...(resourceVersion === undefined ? {} : { resourceVersion }) },
  };
}

/** Waits until the API server has published our schema; until then it drops new fields of objects. False: not published within half a minute. */
async function isServed(group: RegistryGroup, { client, sleep }: UpgradeDeps, signal: AbortSignal): Promise<boolean> {
  const wanted = declaredPart(rootSchema(group));
  const ask = (path: string): Promise<unknown> => client.request({ method: 'GET', path, signal });
  for (let look = 0; look < LOOKS; look++) {
    // A schema that is not published yet has its own error class.
    const published = await publishedSchema(ask, group, signal).catch(() => undefined);
    if (published !== undefined && missingFields(declaredPart(published), wanted).length === 0) return true;
    await sleep(LOOK_PACE_MS, signal);
  }
  return false;
}
