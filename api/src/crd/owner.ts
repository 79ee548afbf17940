import { createHash } from 'node:crypto';
import { crdName, kind, plural, version, type RegistryGroup } from '../group.ts';
import { isObject } from '../known-fields.ts';

/** Who owns the CRD of a group, judged by what the API server tells every authenticated client. */
export type CrdOwner =
  /** `lacks`: fields of ours that it lacks because it is an earlier version; absent: not checked. */
  | { readonly whose: 'ours'; readonly lacks?: readonly string[] }
  | { readonly whose: 'nobody' }
  /** A CRD of the same name that belongs to somebody else, such as ToolHive. `why` says how that was detected. */
  | { readonly whose: 'foreign'; readonly why: string };

/** Fields of `spec` that every version of our CRD has. No version of ToolHive's has them all (September 2025 to v0.44): `service` is in none. */
const OUR_FIELDS = ['source', 'sources', 'service'] as const;

const NOT_STORED = `its objects are not stored as ${version}`;

function otherVersion(other: string): string {
  return `it has the version ${other} and not ${version}`;
}

/** The API server has not published the schema of a kind yet: it does so some seconds after its CRD was created. */
export class SchemaNotPublishedError extends Error {
  override readonly name = 'SchemaNotPublishedError';

  constructor(what: string) {
    super(`the API server has not published the schema of ${what} yet`);
  }
}

/** Who owns a CRD, judged by the CRD itself, for callers that may read it; undefined: there is no CRD. Same rule as {@link createCrdSearch}. */
export function crdOwner(crd: unknown): CrdOwner {
  if (!isObject(crd)) return { whose: 'nobody' };
  const spec = isObject(crd['spec']) ? crd['spec'] : {};
  const versions = Array.isArray(spec['versions']) ? spec['versions'].filter(isObject) : [];
  const ours = versions.find(({ name, served }) => name === version && served === true);
  if (ours === undefined) return { whose: 'foreign', why: otherVersion(versions.map(({ name }) => String(name)).join(', ')) };
  if (ours['storage'] !== true) return { whose: 'foreign', why: NOT_STORED };
  return byFields(isObject(ours['schema']) ? ours['schema']['openAPIV3Schema'] : undefined);
}

/** Requests the JSON at a path from the API server; undefined for 404. */
export type AskApiServer = (path: string, signal: AbortSignal) => Promise<unknown>;

/** Finds out who owns the CRD of a group. */
export type FindCrdOwner = (group: RegistryGroup, signal: AbortSignal) => Promise<CrdOwner>;

/** Finds the fields of ours that a group's published schema lacks. */
export type FindMissing = (group: RegistryGroup, schema: unknown) => readonly string[];

/**
 * Creates the search; `findMissing` finds what a CRD of ours lacks. It uses discovery and the published schema, which need no permission: reading CRDs takes a
 * cluster-wide one that a controller for certain namespaces, and most users, do not have. Throws {@link SchemaNotPublishedError}.
 */
export function createCrdSearch(ask: AskApiServer, findMissing?: FindMissing): FindCrdOwner {
  /** The judgment on each group's schema, with the URL under which it was published, which contains its hash. */
  const judged = new Map<RegistryGroup, { readonly address: string; readonly owner: CrdOwner }>();

  return async (group, signal) => {
    const resource = await registryResource(group, version, signal);
    if (resource === undefined) return elsewhere(group, signal);
    const stored = resource['storageVersionHash'];
    if (typeof stored === 'string' && stored !== storageHash(group)) return { whose: 'foreign', why: NOT_STORED };
    const address = await schemaAddress(ask, group, signal);
    const before = judged.get(group);
    if (before?.address === address) return before.owner;
    const schema = schemaIn(await ask(address, signal));
    const whose = byFields(schema);
    const owner = whose.whose === 'ours' && findMissing !== undefined ? { ...whose, lacks: findMissing(group, schema) } : whose;
    judged.set(group, { address, owner });
    return owner;
  };

  /** The resource in a version of a group; undefined: it does not exist. */
  async function registryResource(group: string, inVersion: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
    const answer = await ask(`/apis/${group}/${inVersion}`, signal);
    const resources = isObject(answer) && Array.isArray(answer['resources']) ? answer['resources'].filter(isObject) : [];
    return resources.find(({ name }) => name === plural);
  }

  /** ToolHive has other kinds in the group as well; only another version of this kind indicates another CRD. */
  async function elsewhere(group: RegistryGroup, signal: AbortSignal): Promise<CrdOwner> {
    const answer = await ask(`/apis/${group}`, signal);
    const versions = isObject(answer) && Array.isArray(answer['versions']) ? answer['versions'].filter(isObject) : [];
    for (const { version: other } of versions) {
      if (typeof other !== 'string' || other === version || (await registryResource(group, other, signal)) === undefined) continue;
      return { whose: 'foreign', why: otherVersion(other) };
    }
    return { whose: 'nobody' };
  }
}

/** The published schema of a group's MCPRegistry, whoever owns the CRD. Throws {@link SchemaNotPublishedError}. */
export async function publishedSchema(ask: AskApiServer, group: RegistryGroup, signal: AbortSignal): Promise<unknown> {
  return schemaIn(await ask(await schemaAddress(ask, group, signal), signal));
}

async function schemaAddress(ask: AskApiServer, group: RegistryGroup, signal: AbortSignal): Promise<string> {
  const index = await ask('/openapi/v3', signal);
  const published = isObject(index) && isObject(index['paths']) ? index['paths'][`apis/${group}/${version}`] : undefined;
  const address = isObject(published) ? published['serverRelativeURL'] : undefined;
  if (typeof address !== 'string') throw new SchemaNotPublishedError(crdName(group));
  return address;
}

function schemaIn(document: unknown): unknown {
  const components = isObject(document) && isObject(document['components']) ? document['components'] : {};
  const schemas = isObject(components['schemas']) ? Object.values(components['schemas']) : [];
  const schema = schemas.find((candidate) => isObject(candidate) && isOfKind(candidate));
  if (schema === undefined) throw new SchemaNotPublishedError(kind);
  return schema;
}

function byFields(schema: unknown): CrdOwner {
  const fields = propertiesOf(propertiesOf(schema)['spec']);
  const missing = OUR_FIELDS.filter((field) => !(field in fields));
  return missing.length === 0 ? { whose: 'ours' } : { whose: 'foreign', why: `its spec has no field ${missing.join(', ')}` };
}

function isOfKind(schema: Record<string, unknown>): boolean {
  const kinds = schema['x-kubernetes-group-version-kind'];
  return Array.isArray(kinds) && kinds.some((one) => isObject(one) && one['kind'] === kind && one['version'] === version);
}

function propertiesOf(schema: unknown): Record<string, unknown> {
  return isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {};
}

/** The hash by which discovery identifies the storage version (k8s.io/apiserver, discovery.StorageVersionHash). */
function storageHash(group: string): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}
