import { Registry } from 'prom-client';
import { request } from 'undici';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import { createController } from '../controller/controller.ts';
import type { Reconcile } from '../controller/types.ts';
import { Informer } from '../informer/informer.ts';
import { silentLogger } from '../logger.ts';
import { FakeApi } from '../testing/fake-api.ts';
import type { ManagerOptions } from './manager.ts';
import { Manager } from './manager.ts';
import { createFrameworkMetrics } from './metrics.ts';

/** For tests: a server, and managers that are created for it. */
export class ManagerBench {
  readonly api: FakeApi;
  readonly stop = new AbortController();
  /** Those created here, in order. */
  readonly clients: KubeClient[] = [];

  private constructor(api: FakeApi) {
    this.api = api;
  }

  static async open(): Promise<ManagerBench> {
    return new ManagerBench(await FakeApi.start());
  }

  /** A client that is closed with the bench. */
  client(options: Partial<ConstructorParameters<typeof KubeClient>[0]> = {}): KubeClient {
    const client = new KubeClient({ access: this.api.access, ...options });
    this.clients.push(client);
    return client;
  }

  /** A manager with a controller called `maps`, of ConfigMaps. */
  create(reconcile: Reconcile, options: Partial<ManagerOptions> = {}): Manager {
    const registry = new Registry();
    const logger = silentLogger();
    const metrics = createFrameworkMetrics(registry);
    const client = this.client({ observe: metrics.observeRequest });
    const informer = new Informer({ client, kind: CONFIG_MAPS, minBackoffMs: 5, logger });
    const controller = createController({ name: 'maps', primary: informer, reconcile, logger });
    return new Manager({
      informers: [informer],
      controllers: [controller],
      registry,
      metrics,
      healthAddress: '127.0.0.1:0',
      metricsAddress: '127.0.0.1:0',
      logger,
      ...options,
    });
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the test is over'));
    for (const client of this.clients) await client.close();
    await this.api.down();
  }
}

/** For tests: the response of a manager's server. */
export async function fetchText(address: string | undefined, path: string): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(`http://${address}${path}`);
  return { status: statusCode, text: await body.text() };
}
