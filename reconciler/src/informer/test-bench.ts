import { expect } from '@jest/globals';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { Clock } from '../clock.ts';
import { silentLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import type { InitialEventsSupport } from '../testing/fake-api.ts';
import { FakeApi } from '../testing/fake-api.ts';
import type { InformerOptions } from './informer.ts';
import { Informer } from './informer.ts';

/** For tests: a running informer, and what it has reported. */
export interface Running {
  readonly informer: Informer;
  /** `add a`, `update a`, … in order. */
  readonly log: string[];
}

/** For tests: a server, a client, and the informers that are started with them. */
export class InformerBench {
  readonly api: FakeApi;
  readonly client: KubeClient;
  readonly stop = new AbortController();
  readonly #running: Promise<void>[] = [];

  private constructor(api: FakeApi, clock: Clock | undefined) {
    this.api = api;
    this.client = new KubeClient({ access: api.access, ...(clock === undefined ? {} : { clock }) });
  }

  static async open({ initialEvents, clock }: { initialEvents?: InitialEventsSupport; clock?: Clock } = {}): Promise<InformerBench> {
    return new InformerBench(await FakeApi.start(initialEvents === undefined ? {} : { initialEvents }), clock);
  }

  /** Starts an informer with short waits, so that each fault is over in milliseconds; the waits themselves are tested with backoffMs. */
  start(options: Partial<InformerOptions<KubeObject>> = {}): Running {
    const informer = new Informer<KubeObject>({
      client: this.client,
      kind: CONFIG_MAPS,
      minBackoffMs: 4,
      maxBackoffMs: 20,
      optionalRetryMs: 5,
      logger: silentLogger(),
      ...options,
    });
    const log: string[] = [];
    informer.onEvent((event) => void log.push(`${event.type} ${event.object.metadata.name}`));
    this.#running.push(informer.run(this.stop.signal));
    return { informer, log };
  }

  /** Waits until the informer has what the server has. */
  inStep(informer: Informer): Promise<void> {
    return eventually(() => expect(keys(informer)).toEqual(this.api.keys));
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the test is over'));
    await Promise.all(this.#running);
    await this.client.close();
    await this.api.down();
  }
}

/** For tests: keys of what an informer has, sorted. */
export function keys(informer: Informer): string[] {
  return informer.store
    .list()
    .map((object) => formatKey(keyOf(object)))
    .sort();
}
