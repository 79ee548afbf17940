import { installPolicies } from '@toolhive-registry/controller/enforcement/testing';
import { registryObject } from '@toolhive-registry/controller/testing';
import { isWrite, type Call } from '../../controller/src/faults/call.ts';
import { PASS, type Verdict } from '../../controller/src/faults/proxy.ts';
import { POLICIES, type Scene } from './scene.ts';
import { catalogOf, type Served } from './served.ts';

/** The servers of every catalog before its fault. */
export const SERVERS: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

/** A fault, and the alert that should fire for it. */
export interface Fault<Of> {
  readonly alert: string;
  readonly when: string;
  cause(this: void, of: Of): Promise<unknown>;
  /** Absent: the fault is not fixed here. */
  fix?(this: void, of: Of): Promise<unknown>;
}

/** Of a registry that works until then. */
export interface RegistryFault extends Fault<Served> {
  readonly registry: string;
  /** What its spec has beyond its source. */
  readonly spec?: object;
}

/** Asks a source that fails once a second. */
const IMPATIENT = { interval: '5s', retryPolicy: { maxAttempts: 100, backoffInterval: '1s', backoffMultiplier: '1.0' } };
const POLICY_BINDINGS = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';

/** Each in a registry of its own. */
export const REGISTRY_FAULTS: readonly RegistryFault[] = [
  {
    alert: 'MCPRegistryNotReady',
    registry: 'down',
    when: 'its pod fails its probe',
    cause: ({ setReady }) => setReady(false),
    fix: ({ setReady }) => setReady(true),
  },
  {
    alert: 'MCPRegistryStalled',
    registry: 'refused',
    when: 'a change of its pods is refused',
    cause: ({ cluster, namespace, name }) =>
      cluster.patch('mcpregistries', namespace, name, { spec: { podTemplateSpec: { spec: { containers: 'none' } } } }),
    fix: ({ cluster, namespace, name }) => cluster.patch('mcpregistries', namespace, name, { spec: { podTemplateSpec: null } }),
  },
  {
    alert: 'MCPRegistrySyncFailing',
    registry: 'broken',
    spec: { syncPolicy: IMPATIENT },
    when: 'somebody breaks the data of its source',
    cause: ({ mount }) => mount('{'),
    fix: mountAll,
  },
  {
    alert: 'MCPRegistryDataStale',
    registry: 'stale',
    spec: { syncPolicy: IMPATIENT },
    when: 'the data of its source stay broken',
    cause: ({ mount }) => mount('{'),
    fix: mountAll,
  },
  {
    alert: 'MCPRegistryEntriesLeftOut',
    registry: 'damaged',
    when: 'an entry has nothing to run',
    cause: ({ mount }) => mount(catalogOf(...SERVERS).replace('"image":"example.com/c:1",', '')),
    fix: mountAll,
  },
  {
    alert: 'MCPRegistryShrank',
    registry: 'emptied',
    when: 'half of its servers go',
    cause: ({ mount }) => mount(catalogOf(...SERVERS.slice(5))),
    fix: mountAll,
  },
  {
    alert: 'MCPRegistryServersOutsideCatalog',
    registry: 'auditing',
    spec: { enforceServers: true, enforcementMode: 'audit' },
    when: 'somebody runs what is not in its catalog',
    cause: ({ cluster, namespace }) =>
      cluster.create('mcpservers.toolhive', namespace, {
        apiVersion: 'toolhive.stacklok.dev/v1beta1',
        kind: 'MCPServer',
        metadata: { name: 'stranger' },
        spec: { image: 'example.com/stranger:1' },
      }),
    fix: ({ cluster, namespace }) => cluster.delete('mcpservers.toolhive', namespace, 'stranger'),
  },
  {
    alert: 'MCPRegistryNotEnforced',
    registry: 'enforcing',
    spec: { enforceServers: true },
    when: 'somebody deletes the binding of a policy',
    cause: ({ cluster }) => cluster.api.request('DELETE', `${POLICY_BINDINGS}/${POLICIES}-enforce`),
    fix: ({ cluster }) => installPolicies(cluster, 'admin', POLICIES),
  },
];

/** Of the controller. */
export const CONTROLLER_FAULTS: readonly Fault<Scene>[] = [
  {
    alert: 'MCPRegistryControllerFailing',
    when: 'the API server fails at its writes',
    cause: (scene) => withCrowd(scene, 'failed', (call) => (isWrite(call) ? { kind: 'answer', status: 500 } : PASS)),
    fix: heal,
  },
  {
    alert: 'MCPRegistryControllerQueueGrowing',
    when: 'the API server does not answer its writes',
    cause: (scene) => withCrowd(scene, 'waiting', (call) => (isWrite(call) ? { kind: 'hang' } : PASS)),
    fix: heal,
  },
  {
    alert: 'MCPRegistryControllerNoLeader',
    when: 'it cannot renew its Lease',
    cause: async ({ proxy }) => {
      proxy.faults = { judge: ({ resource }) => (resource === 'leases' ? { kind: 'cut' } : PASS) };
    },
    fix: heal,
  },
  {
    alert: 'MCPRegistryControllerAbsent',
    when: 'it has ended',
    cause: async ({ controller }) => {
      controller.child.kill('SIGKILL');
      await controller.exit;
    },
  },
];

function mountAll({ mount }: Served): Promise<void> {
  return mount(catalogOf(...SERVERS));
}

/** Also ends hanging requests. */
async function heal({ proxy }: Scene): Promise<void> {
  proxy.faults = {};
  proxy.cutAll();
}

/** Enough registries for a long queue, beyond those that are reconciled at once. */
const CROWD = 30;

/** Makes the API server treat requests like this, and then creates many registries. */
async function withCrowd({ cluster, proxy }: Scene, name: string, judge: (call: Call) => Verdict): Promise<void> {
  proxy.faults = { judge };
  const namespace = await cluster.namespace();
  for (let index = 0; index < CROWD; index += 1) await cluster.create('mcpregistries', namespace, registryObject(`${name}-${index}`));
}
