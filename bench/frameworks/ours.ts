/**
 * The Shop controller of examples/, with its servers on loopback: what the bench starts from source and as a bundle. With `--no-rate-limit` its client
 * sends as fast as it can, as controller-runtime's does by default.
 */
import { KubeClient, loadKubeConfig, signalOf } from '@toolhive-registry/reconciler';
import { runShops } from '../../examples/shop-controller/controller.ts';

/** Runs until it is told to stop. A function, since the bundle is CommonJS and has no await of its own. */
async function main(): Promise<void> {
  const limits = process.argv.includes('--no-rate-limit') ? { qps: 1e6, burst: 1e6 } : {};
  await using client = new KubeClient({ access: await loadKubeConfig(), userAgent: 'shop-controller', ...limits });
  await runShops(client, signalOf('SIGTERM', 'SIGINT'), { healthAddress: '127.0.0.1:0', metricsAddress: '127.0.0.1:0' });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
