import { Registry } from 'prom-client';
import {
  Applier,
  createController,
  createFrameworkMetrics,
  Informer,
  KubeClient,
  loadKubeConfig,
  Manager,
  ownedBy,
  CONFIG_MAPS,
} from './index.ts';
import type { KubeObject, ManagerOptions, ResourceKind } from './index.ts';

const SHOPS: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };

interface Shop extends KubeObject {
  spec: { size?: number };
  status?: { phase?: string };
}

/** Each Shop gets a ConfigMap with its size, and a status. */
export async function runShops(signal: AbortSignal, kubeconfigPath?: string, options: Partial<ManagerOptions> = {}): Promise<void> {
  const registry = new Registry();
  const metrics = createFrameworkMetrics(registry);
  const client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath }), observe: metrics.observeRequest, userAgent: 'shops' });
  const shops = new Informer<Shop>({ client, kind: SHOPS });
  const maps = new Informer({ client, kind: CONFIG_MAPS, labelSelector: 'app=shop' });
  const applier = new Applier(client, 'shop-controller');

  const controller = createController({
    name: 'shop',
    primary: shops,
    owns: [maps],
    reconcile: async (key, { signal }) => {
      const shop = shops.store.get(key);
      if (shop === undefined) return; // Owner references clean up.
      const desired = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { ...key, labels: { app: 'shop' }, ownerReferences: [ownedBy(shop)] },
        data: { size: String(shop.spec.size ?? 1) },
      };
      await applier.applyIfNeeded(CONFIG_MAPS, desired, maps.store.get(key), { owner: shop, signal });
      await applier.applyStatus(SHOPS, shop, { phase: 'Running' }, { signal });
    },
  });
  try {
    await new Manager({ informers: [shops, maps], controllers: [controller], registry, metrics, ...options }).run(signal);
  } finally {
    await client.close();
  }
}
