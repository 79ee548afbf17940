import { silentLogger } from '@toolhive-registry/reconciler';
import { waitFor } from '@toolhive-registry/testenv';
import type { ControllerSettings } from '../options.ts';
import type { NetworkPolicySettings } from '../registry/render/network-policy.ts';
import { createControllerProgram } from '../run.ts';
import type { Cluster } from './cluster.ts';

/** For tests: who may reach internal ports when the chart runs the controller. */
export const NETWORK_POLICY: NetworkPolicySettings = {
  controllerPods: { namespace: 'toolhive-system', labels: { 'app.kubernetes.io/name': 'toolhive-registry' } },
  scraperNamespaces: ['monitoring'],
};

/** For tests: a controller in this process. */
export interface RunningController {
  readonly addresses: { readonly health: string; readonly metrics: string };
  stop(): Promise<void>;
}

/** For tests: starts a controller and waits until it is ready. */
export async function startController(cluster: Cluster, settings: Partial<ControllerSettings> = {}): Promise<RunningController> {
  const program = await createControllerProgram(
    {
      kubeconfig: cluster.api.kubeconfigPath,
      metricsAddress: '127.0.0.1:0',
      healthAddress: '127.0.0.1:0',
      serverImage: 'registry.example.com/server:1',
      registryAccess: 'direct',
      registryUi: true,
      registryDefaults: {},
      refreshVolumes: true,
      networkPolicy: NETWORK_POLICY,
      expose: { ingress: true, gateway: true },
      clusterDomain: 'cluster.local',
      concurrency: 8,
      logLevel: 'silent',
      logFormat: 'json',
      ...settings,
    },
    silentLogger(),
  );
  const stop = new AbortController();
  const running = program.run(stop.signal);
  const addresses = await waitFor(() => program.manager.addresses, { message: 'the controller to listen' });
  await waitFor(async () => (await fetch(`http://${addresses.health}/readyz`)).status === 200, { message: 'the controller to be ready' });
  return {
    addresses,
    stop: async () => {
      stop.abort(new Error('test is over'));
      await running;
    },
  };
}
