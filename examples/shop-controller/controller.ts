import { CONFIG_MAPS, KubeClient, loadKubeConfig, Manager, signalOf } from '@toolhive-registry/reconciler';
import type { ApiClient, KubeObject, ManagerOptions, ResourceKind } from '@toolhive-registry/reconciler';

const SHOPS: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };

interface Shop extends KubeObject {
  spec: { size?: number };
  status?: { phase?: string };
}

/** Each Shop gets a ConfigMap with its size, and a status. */
export async function runShops(client: ApiClient, signal: AbortSignal, options: ManagerOptions = {}): Promise<void> {
  const manager = new Manager({ client, fieldManager: 'shop-controller', ...options });
  manager
    .controller<Shop>(SHOPS)
    .owns(CONFIG_MAPS, { labelSelector: 'app=shop' })
    .reconcile(async ({ object: shop, apply, status }) => {
      const { name } = shop.metadata;
      const { size = 1 } = shop.spec;
      await apply([{ kind: CONFIG_MAPS, object: { metadata: { name, labels: { app: 'shop' } }, data: { size: String(size) } } }]);
      await status({ phase: 'Running' });
    });
  await manager.run(signal);
}

if (import.meta.main) {
  await using client = new KubeClient({ access: await loadKubeConfig(), userAgent: 'shop-controller' });
  await runShops(client, signalOf('SIGTERM', 'SIGINT'));
}
