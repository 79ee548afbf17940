import { annotations } from '@toolhive-registry/api';
import { catalogConfigMap, registryObject } from '../testing.ts';
import { isWrite } from './call.ts';
import { untrueClaims } from './claims.ts';
import { difference } from './end-state.ts';
import { expectedEvents, type StatusStep } from './expected-events.ts';
import { startProgram, untilWorking, type Program } from './program.ts';
import { settlingFaults } from './settled.ts';
import { until, type World } from './world.ts';

/** The findings of a storm. */
export interface StormReport {
  readonly actions: number;
  readonly statuses: number;
  readonly faults: readonly string[];
}

/** How long users act, and how long each registry is left alone after an action, in milliseconds. */
export interface StormOptions {
  readonly forMs: number;
  readonly random: () => number;
}

const REGISTRIES = 10;
/** Pause between two actions across all registries: each has one in two seconds, which is below its Event limit. */
const PAUSE_MS = 220;
const SETTLE_MS = 120_000;
const UNREADY_MS = 1_500;
/** Without a write for so long, there is nothing left to write. */
const QUIET_MS = 1_500;
/** Longer than the latest of late events, in milliseconds. */
const STILL_MS = 3_000;

/** Registries in their own namespace, whose users and pods keep acting. */
export class Storm {
  readonly #world: World;
  readonly namespace: string;
  readonly #names: readonly string[];
  readonly #seen: readonly number[];
  #actions = 0;

  private constructor(world: World, namespace: string, names: readonly string[]) {
    this.#world = world;
    this.namespace = namespace;
    this.#names = names;
    this.#seen = names.map((name) => world.statuses(namespace, name).length);
  }

  /** Creates the registries. A controller has to be running, or be started. */
  static async start(world: World): Promise<Storm> {
    const { cluster } = world;
    const namespace = await cluster.namespace();
    const names = Array.from({ length: REGISTRIES }, (_, index) => `r${index}`);
    for (const name of names) {
      await cluster.create('configmaps', namespace, catalogConfigMap(`data-${name}`, 'x'));
      await cluster.create('mcpregistries', namespace, registryOf(name));
    }
    return new Storm(world, namespace, names);
  }

  /** Waits until all run. */
  async untilRunning(): Promise<void> {
    await until(this.#world, 'all registries to run', () => this.#problems().length === 0, SETTLE_MS).catch((error: unknown) => {
      throw new Error(this.#problems().join('\n'), { cause: error });
    });
  }

  /** Lets users and pods act for a while. An action that the API server refuses, as during an outage, does not count. */
  async act({ forMs, random }: StormOptions): Promise<void> {
    const end = performance.now() + forMs;
    while (performance.now() < end) {
      const name = this.#names[Math.floor(random() * this.#names.length)] ?? '';
      await this.#action(name, random)
        .then(() => (this.#actions += 1))
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Waits until everything is consistent, and compares it with the facts, with the Events, and with what a new controller would write. */
  async settle(programs: readonly Program[]): Promise<StormReport> {
    const faults: string[] = [];
    await this.#restoreSources();
    await until(this.#world, 'the registries to be in line', () => this.#problems().length === 0, SETTLE_MS).catch(() => undefined);
    // It may be consistent by chance: a controller may not have seen the last events yet.
    const isStill = (): boolean => performance.now() - this.#world.changes(this.namespace).at > STILL_MS;
    await until(this.#world, 'nothing to change any more', () => isStill() && this.#problems().length === 0, SETTLE_MS).catch(
      () => undefined,
    );
    faults.push(...this.#problems());
    faults.push(...(await this.#lostEvents()));
    for (const program of programs) await program.stop();
    faults.push(...(await this.#writesOfNewController()));
    const statuses = this.#names.reduce(
      (sum, name, index) => sum + this.#world.statuses(this.namespace, name).length - (this.#seen[index] ?? 0),
      0,
    );
    return { actions: this.#actions, statuses, faults };
  }

  async #restoreSources(): Promise<void> {
    for (const name of this.#names) {
      if ((await this.#world.cluster.get('configmaps', this.namespace, `data-${name}`)) === undefined)
        await this.#world.cluster.create('configmaps', this.namespace, catalogConfigMap(`data-${name}`, 'x'));
    }
  }

  #problems(): string[] {
    return this.#names.flatMap((name) => {
      const facts = this.#world.facts(this.namespace, name);
      if (facts === undefined) return [`${name}: was never seen`];
      const untrue = untrueClaims(facts, [facts]).map(({ claim, said }) => `untrue: ${claim}, and it says ${said}`);
      return [...settlingFaults(this.#world, this.namespace, name), ...untrue].map((problem) => `${name}: ${problem}`);
    });
  }

  async #lostEvents(): Promise<string[]> {
    const { items } = (await this.#world.cluster.get('events', this.namespace, '')) as unknown as {
      items: { type: string; reason: string; regarding: { name: string } }[];
    };
    return this.#names.flatMap((name, index) => {
      const recorded = items.filter(({ regarding }) => regarding.name === name);
      const steps = this.#world.statuses(this.namespace, name).slice(Math.max((this.#seen[index] ?? 0) - 1, 0));
      return [...expectedEvents(steps)]
        .filter((reason) => !recorded.some((event) => (reason === undefined ? event.type === 'Warning' : event.reason === reason)))
        .map((reason) => `${name}: the Event ${reason ?? 'of a failed source'} is lost`);
    });
  }

  /** What a new controller would change: nothing. */
  async #writesOfNewController(): Promise<string[]> {
    const program = await startProgram(this.#world, { namespace: this.namespace });
    await untilWorking(program);
    let writes = 0;
    let since = performance.now();
    await until(this.#world, 'the new controller to be quiet', () => {
      const now = program.proxy.calls.filter(isWrite).length;
      if (now !== writes) [writes, since] = [now, performance.now()];
      return performance.now() - since > QUIET_MS;
    });
    const written = program.proxy.calls
      .filter(isWrite)
      .map(
        ({ verb, resource, subresource, name }) =>
          `a new controller writes: ${verb} ${resource}/${subresource} ${name}${this.#lastStep(name)}`,
      );
    await program.stop();
    this.#world.programs.delete(program);
    return written;
  }

  /** What the last write of a status changed. */
  #lastStep(name: string): string {
    const [before, after] = this.#world.statuses(this.namespace, name).slice(-2);
    const lines = ({ status }: StatusStep): string => JSON.stringify(status, undefined, 1);
    return before === undefined || after === undefined ? '' : `\n${difference(lines(before), lines(after))}`;
  }

  async #action(name: string, random: () => number): Promise<void> {
    const { cluster, node } = this.#world;
    const { namespace } = this;
    const edit = (spec: object): Promise<unknown> => cluster.patch('mcpregistries', namespace, name, { spec });
    const choice = Math.floor(random() * 10);
    const some = Math.floor(random() * 1_000);
    const [pod] = node.podsOf(namespace, name);
    if (choice <= 1) await edit({ displayName: `edit ${some}` });
    else if (choice === 2) await edit({ replicas: 1 + (some % 3) });
    else if (choice === 3) await edit({ podTemplateSpec: { metadata: { labels: { edit: String(some) } } } });
    else if (choice === 4)
      await cluster.patch('mcpregistries', namespace, name, { metadata: { annotations: { [annotations.syncTrigger]: String(some) } } });
    else if (choice <= 6)
      await cluster.patch('configmaps', namespace, `data-${name}`, catalogConfigMap(`data-${name}`, ...serversOf(some)));
    else if (choice === 7 && pod !== undefined) await cluster.delete('pods', namespace, pod.name);
    else if (choice === 8 && pod !== undefined) {
      await node.setReady(pod, false);
      setTimeout(() => void node.setReady(pod, true), UNREADY_MS);
    } else if (choice === 9) await this.#largeAction(name, some);
  }

  async #largeAction(name: string, some: number): Promise<void> {
    const { cluster } = this.#world;
    if (some % 2 === 0) {
      await cluster.delete('configmaps', this.namespace, `data-${name}`);
      await new Promise((resolve) => setTimeout(resolve, UNREADY_MS));
      await cluster.create('configmaps', this.namespace, catalogConfigMap(`data-${name}`, 'x'));
      return;
    }
    await cluster.delete('mcpregistries', this.namespace, name);
    await cluster.create('mcpregistries', this.namespace, registryOf(name));
  }
}

function registryOf(name: string): object {
  return registryObject(name, { source: { type: 'configmap', configmap: { name: `data-${name}` } } });
}

function serversOf(some: number): string[] {
  return Array.from({ length: 1 + (some % 7) }, (_, index) => `s${index}-${some}`);
}
