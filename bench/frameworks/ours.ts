/** The Shop controller of examples/, with its servers on loopback: what the bench starts from source and as a bundle. */
import { KubeClient, loadKubeConfig, signalOf } from '@toolhive-registry/reconciler';
import { runShops } from '../../examples/shop-controller/controller.ts';

/** Runs until it is stopped. A function, because the bundle is CommonJS without top-level await. */
async function main(): Promise<void> {
  await using client = new KubeClient({ access: await loadKubeConfig(), userAgent: 'shop-controller' });
  await runShops(client, signalOf('SIGTERM', 'SIGINT'), { healthAddress: '127.0.0.1:0', metricsAddress: '127.0.0.1:0' });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
