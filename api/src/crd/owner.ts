import { createHash } from 'node:crypto';
import { crdName, kind, plural, version, type RegistryGroup } from '../group.ts';
import { isObject } from '../known-fields.ts';

/** Whose the CRD of a group is, by what the API server says of itself to anybody who may ask it anything. */
export type CrdOwner =
  /** `lacks`: fields of ours that it does not have, since it is of an earlier version; absent: it was not asked for. */
  | { readonly whose: 'ours'; readonly lacks?: readonly string[] }
  | { readonly whose: 'nobody' }
  /** Somebody else's of the same name, such as ToolHive's. `why` says by what it was told. */
  | { readonly whose: 'foreign'; readonly why: string };

/** Fields of `spec` that every version of our CRD has. None of ToolHive's has all of them (September 2025 to v0.44): `service` is in none. */
const OUR_FIELDS = ['source', 'sources', 'service'] as const;

const NOT_STORED = `its objects are not stored as ${version}`;

function otherVersion(other: string): string {
  return `it has the version ${other} and not ${version}`;
}

/** The API server has not published the schema of a kind yet: it does so some seconds after its CRD was made. */
export class SchemaNotPublishedError extends Error {
  override readonly name = 'SchemaNotPublishedError';

  constructor(what: string) {
    super(`the API server has not published the schema of ${what} yet`);
  }
}

/** Whose a CRD is, by what it says itself, for those who may read it; undefined: there is none. The rule is that of {@link createCrdSearch}. */
export function crdOwner(crd: unknown): CrdOwner {
  if (!isObject(crd)) return { whose: 'nobody' };
  const spec = isObject(crd['spec']) ? crd['spec'] : {};
  const versions = Array.isArray(spec['versions']) ? spec['versions'].filter(isObject) : [];
  const ours = versions.find(({ name, served }) => name === version && served === true);
  if (ours === undefined) return { whose: 'foreign', why: otherVersion(versions.map(({ name }) => String(name)).join(', ')) };
  if (ours['storage'] !== true) return { whose: 'foreign', why: NOT_STORED };
  return byFields(isObject(ours['schema']) ? ours['schema']['openAPIV3Schema'] : undefined);
}

/** Asks the API server for the JSON at a path; undefined where it has none (404). */
export type AskApiServer = (path: string, signal: AbortSignal) => Promise<unknown>;

/** Finds out whose CRD a group has. */
export type FindCrdOwner = (group: RegistryGroup, signal: AbortSignal) => Promise<CrdOwner>;

/** The fields that a group's schema, as the API server publishes it, ought to have and has not. */
export type FindMissing = (group: RegistryGroup, schema: unknown) => readonly string[];

/**
 * Creates the search, with `findMissing` for what one of ours lacks. It goes by discovery and the published schema, which need no right of their own: reading CRDs takes one over the whole cluster,
 * which a controller of some namespaces, and most users, do not have. Throws {@link SchemaNotPublishedError}.
 */
export function createCrdSearch(ask: AskApiServer, findMissing?: FindMissing): FindCrdOwner {
  /** What each group's schema was judged to be, with the address under which it was published, which holds its hash. */
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

  /** The resource in a version of a group; undefined: it is not there. */
  async function registryResource(group: string, inVersion: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
    const answer = await ask(`/apis/${group}/${inVersion}`, signal);
    const resources = isObject(answer) && Array.isArray(answer['resources']) ? answer['resources'].filter(isObject) : [];
    return resources.find(({ name }) => name === plural);
  }

  /** ToolHive has other kinds in the group as well; only another version of this one tells of another CRD. */
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

/** The schema of a group's MCPRegistry, whosever it is, as the API server publishes it. Throws {@link SchemaNotPublishedError}. */
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

/** How discovery names the version that objects are stored in (k8s.io/apiserver, discovery.StorageVersionHash). */
function storageHash(group: string): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}
