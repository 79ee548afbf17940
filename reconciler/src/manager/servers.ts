import type { Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Runnable } from '../runnable.ts';
import type { TlsFiles } from './certificate.ts';
import type { Check } from './checks.ts';
import { describeChecks, runChecks } from './checks.ts';
import type { PlainServer } from './http.ts';
import { servePaths } from './http.ts';

/** Where to serve what. */
export interface ServersOptions {
  readonly healthAddress: string;
  readonly metricsAddress: string;
  /** TLS for the metrics; undefined: none. */
  readonly metricsTls: TlsFiles | undefined;
  /** Served on `/metrics`. */
  readonly registry: Registry;
  /** Ready while none of them throws. */
  readonly checks: ReadonlyMap<string, Check>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The servers of `/healthz`, `/readyz` and `/metrics`. */
export class Servers implements Runnable {
  readonly name = 'servers';
  readonly #options: ServersOptions;
  #servers: { readonly health: PlainServer; readonly metrics: PlainServer } | undefined;

  constructor(options: ServersOptions) {
    this.#options = options;
  }

  /** Where they listen; undefined before they do. */
  get addresses(): { health: string; metrics: string } | undefined {
    return this.#servers && { health: this.#servers.health.address, metrics: this.#servers.metrics.address };
  }

  async start(): Promise<void> {
    const { healthAddress, metricsAddress, metricsTls, registry, checks, clock, logger } = this.#options;
    const text = 'text/plain; charset=utf-8';
    const health = await servePaths({
      what: 'health',
      address: healthAddress,
      paths: {
        '/healthz': () => Promise.resolve({ status: 200, contentType: text, body: 'ok\n' }),
        '/readyz': async () => {
          const results = await runChecks(checks);
          return {
            status: results.every(({ error }) => error === undefined) ? 200 : 503,
            contentType: text,
            body: describeChecks(results),
          };
        },
      },
      clock,
      logger,
    });
    try {
      const metrics = await servePaths({
        what: 'metrics',
        address: metricsAddress,
        paths: { '/metrics': async () => ({ status: 200, contentType: registry.contentType, body: await registry.metrics() }) },
        tls: metricsTls,
        clock,
        logger,
      });
      this.#servers = { health, metrics };
    } catch (error) {
      await health.close();
      throw error;
    }
    logger.info({ ...this.addresses }, 'serving');
  }

  async stop(): Promise<void> {
    await this.#servers?.health.close();
    await this.#servers?.metrics.close();
  }
}
