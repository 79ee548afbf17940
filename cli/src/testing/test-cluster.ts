import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groups, type RegistryGroup } from '@toolhive-registry/api/group';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { builtProgram, type Ended, type Program } from './program.ts';

const CRDS = groups.map((group) => fileURLToPath(new URL(`../../../crds/${group}_mcpregistries.yaml`, import.meta.url)));

/** An object as the API server gives it. */
export interface Read {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** For tests: an API server with our kinds and without a controller, and the program that talks to it. */
export interface TestCluster extends AsyncDisposable {
  readonly program: Program;
  readonly api: ApiServer;
  /** A folder for files. */
  readonly folder: string;
  /** Runs the program; `command` is split at its spaces. */
  readonly run: (command: string, ...args: string[]) => Promise<Ended>;
  /** Asks the API server. Throws for anything but success. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Creates a namespace, and gives its name. */
  readonly namespace: () => Promise<string>;
  /** Creates a registry, by hand as it were. */
  readonly registry: (inNamespace: string, name: string, group?: RegistryGroup) => Promise<unknown>;
  /** Reads an object; an MCPRegistry unless said otherwise. */
  readonly read: (inNamespace: string, name: string, path?: string, plural?: string) => Promise<Read>;
}

/** For tests: starts a cluster. */
export async function testCluster(): Promise<TestCluster> {
  const [program, api, folder] = await Promise.all([
    builtProgram(),
    startApiServer({ crds: CRDS }),
    mkdtemp(join(tmpdir(), 'cli-cluster-')),
  ]);
  let namespaces = 0;

  async function request(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await api.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  const run = (command: string, ...args: string[]): Promise<Ended> =>
    program.run([...command.split(' '), ...args], { env: { KUBECONFIG: api.kubeconfigPath } });
  // The API server publishes the schemas of new kinds a moment after it serves them.
  await waitFor(async () => (await run('list')).code === 0, { message: 'the schemas to be published' });

  return {
    program,
    api,
    folder,
    request,
    run,
    namespace: async () => {
      namespaces += 1;
      const name = `cli-${namespaces}`;
      await request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      return name;
    },
    registry: (inNamespace, name, group = groups[0]) =>
      request('POST', `/apis/${group}/v1alpha1/namespaces/${inNamespace}/mcpregistries`, {
        apiVersion: `${group}/v1alpha1`,
        kind: 'MCPRegistry',
        metadata: { name },
        spec: { displayName: 'Example', source: { type: 'configmap', configmap: { name: 'data' } } },
      }),
    read: async (inNamespace, name, path = `apis/${groups[0]}/v1alpha1`, plural = 'mcpregistries') =>
      (await request('GET', `/${path}/namespaces/${inNamespace}/${plural}/${name}`)) as Read,
    [Symbol.asyncDispose]: async () => {
      await api.stop();
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
