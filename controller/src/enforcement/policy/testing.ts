import { expect } from '@jest/globals';
import { labels, serverKindName, serverKinds, type ServerKind } from '@toolhive-registry/api';
import { referencesOfObject } from '@toolhive-registry/catalog/references';
import { waitFor } from '@toolhive-registry/testenv';
import type { Cluster } from '../../testing.ts';
import { createJudge } from '../judge.ts';
import { NO_REFERENCES, type AllowedReferences, type Parameters } from '../parameters.ts';
import { putParameters } from '../testing.ts';

/** For tests: the kinds used most often. */
export const MCP_SERVER = kind('MCPServer.toolhive.stacklok.dev');
export const KAGENT = kind('MCPServer.kagent.dev');
export const ENTRY = kind('MCPServerEntry.toolhive.stacklok.dev');

/** A row of the table, by its name. */
export function kind(name: string): ServerKind {
  const found = serverKinds.find((one) => serverKindName(one) === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

/** An object that somebody tries to create; without a kind, ToolHive's MCPServer. */
export interface Tried {
  readonly kind?: ServerKind;
  readonly labels?: Record<string, string>;
  readonly spec: object;
}

/** The object. */
export function objectOf(
  namespace: string,
  { kind: of = MCP_SERVER, spec, labels: own = {} }: Tried,
): Record<string, unknown> & { metadata: object } {
  const [version] = of.versions;
  return { apiVersion: `${of.group}/${version}`, kind: of.kind, metadata: { name: 'tried', namespace, labels: own }, spec };
}

/** Parameters in which these registries enforce with this list. */
export function list(registries: Record<string, Partial<AllowedReferences>>, rest: Partial<Parameters> = {}): Parameters {
  return {
    registries: Object.keys(registries),
    active: { enforce: Object.keys(registries), audit: [] },
    lists: new Map(Object.entries(registries).map(([name, references]) => [name, { ...NO_REFERENCES, ...references }])),
    ...rest,
  };
}

/** Tries objects against the policies of a cluster, once it is running. */
export function createTries(cluster: () => Cluster) {
  /** The API server's objection to creating an object; undefined: none. */
  async function refusal(namespace: string, tried: Tried): Promise<string | undefined> {
    const { group, plural, versions } = tried.kind ?? MCP_SERVER;
    const path = `/apis/${group}/${versions[0]}/namespaces/${namespace}/${plural}`;
    const { status, body } = await cluster().api.request('POST', `${path}?dryRun=All`, objectOf(namespace, tried));
    const { message } = body as { message?: string };
    if (status < 300) return undefined;
    if (message?.includes('ValidatingAdmissionPolicy') !== true) throw new Error(`${status} ${message ?? ''}`);
    return message;
  }

  /** A namespace with these parameters, once the API server has seen them. */
  async function enforcing(parameters: Parameters): Promise<string> {
    const namespace = await cluster().namespace();
    const probe = {
      ...parameters,
      registries: [...parameters.registries, 'probe'],
      active: { enforce: [...parameters.active.enforce, 'probe'], audit: parameters.active.audit },
    };
    await putParameters(cluster(), namespace, probe);
    await waitFor(() => refusal(namespace, { spec: { image: 'probe/never' } }), { message: 'the policy to refuse' });
    if (parameters.active.enforce.includes('probe')) return namespace;
    await putParameters(cluster(), namespace, parameters);
    // A label naming the probe meant one of the existing registries.
    const labeled = { spec: { image: 'probe/never' }, labels: { [labels.registryName]: 'probe' } };
    await waitFor(
      async () => (await refusal(namespace, labeled))?.includes('no such MCPRegistry') === true || parameters.active.enforce.length === 0,
      {
        message: 'the policy to know the parameters',
      },
    );
    if (parameters.active.enforce.length === 0)
      await waitFor(async () => (await refusal(namespace, { spec: { image: 'probe/never' } })) === undefined, {
        message: 'nothing to be refused',
      });
    return namespace;
  }

  /** Compares the policy's verdict with the controller's. */
  async function verdicts(namespace: string, parameters: Parameters, tried: Tried): Promise<boolean> {
    const object = objectOf(namespace, tried);
    const judged = createJudge(parameters).judge('enforce', object as never, referencesOfObject(object, tried.kind ?? MCP_SERVER));
    const said = await refusal(namespace, tried);
    if (said !== undefined && judged === undefined) throw new Error(said);
    expect({ tried, refused: said !== undefined }).toEqual({ tried, refused: judged !== undefined });
    return said === undefined;
  }
  return { refusal, enforcing, verdicts };
}
