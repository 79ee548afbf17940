import { waitFor } from '@toolhive-registry/testenv';
import { catalogConfigMap, registryObject, type Obj } from '../testing.ts';
import { describeCall, isWrite, type Call } from './call.ts';
import { untrueClaims } from './claims.ts';
import { difference, endState } from './end-state.ts';
import { expectedEvents, type StatusStep } from './expected-events.ts';
import type { Interruption } from './interruptions.ts';
import { startProgram, untilWorking, type Program } from './program.ts';
import { PASS, type Verdict } from './proxy.ts';
import type { Scenario } from './scenarios.ts';
import { unreadFiles } from './settled.ts';
import { until, type World } from './world.ts';

/** What became of one scenario. */
export interface LaneReport {
  readonly scenario: string;
  /** The calls that were interrupted, each with how. */
  readonly interrupted: readonly string[];
  /** What was found, a paragraph each. */
  readonly faults: readonly string[];
}

/** One of the two directions of a scenario: how it is played, and how it ends when nobody disturbs it. */
interface Direction {
  readonly play: Scenario['act'];
  readonly state: string;
}

/** An Event as far as it is compared. */
interface Told {
  readonly type: string;
  readonly reason: string;
  readonly count: number;
  /** When it was last told, in milliseconds since 1970. */
  readonly at: number;
}

/** An interruption of the call that is so many calls away. */
interface Armed {
  left: number;
  readonly interruption: Interruption;
}

/** Without a write or a change for so long it is over, in milliseconds. */
const QUIET_MS = 300;
/** More than any scenario takes. */
const MAX_CALLS = 60;
const DEADLINE_MS = 40_000;

/** Registry `a` in a namespace of its own, and its controller, whose calls are interrupted one after the other. */
export class Lane {
  readonly #world: World;
  readonly #namespace: string;
  #program: Program;
  #base = '';
  #wroteAt = 0;
  /** Which call from now on is interrupted. */
  #armed: Armed | undefined;
  /** The call that was. */
  #interruptedAt: string | undefined;

  private constructor(world: World, namespace: string, program: Program) {
    this.#world = world;
    this.#namespace = namespace;
    this.#program = program;
    this.#follow();
  }

  static async start(world: World): Promise<Lane> {
    const { cluster } = world;
    const namespace = await cluster.namespace();
    for (const name of ['data', 'more']) await cluster.create('configmaps', namespace, catalogConfigMap(name, 'x'));
    await cluster.create('mcpregistries', namespace, registryObject('a'));
    const lane = new Lane(world, namespace, await startProgram(world, { namespace }));
    await untilWorking(lane.#program);
    await until(world, 'the registry to run', () => lane.#state().includes('"phase": "Running"'));
    lane.#base = await lane.#rest();
    return lane;
  }

  /** Plays a scenario back and forth, with an interruption at each call, and compares how it ends with a run that nobody disturbed. */
  async run({ name, act, undo, isRoundTrip = false }: Scenario, interruptions: readonly Interruption[]): Promise<LaneReport> {
    // One that is still starting has not begun with what is to be compared.
    await untilWorking(this.#program);
    const directions = [
      await this.#undisturbed(act, isRoundTrip ? this.#base : undefined),
      await this.#undisturbed(undo, this.#base),
    ] as const;
    const interrupted: string[] = [];
    const faults: string[] = [];
    for (const interruption of interruptions) {
      // One controller tells so many Events of an object at once, and counts the others later.
      await this.#newController();
      const left = new Set(directions);
      for (let count = 1; left.size > 0; count += 1) {
        if (count > MAX_CALLS) throw new Error(`${name}: there is no end of calls`);
        // There and back: where one direction has no call of this number any more, it is played undisturbed.
        for (const direction of directions) {
          const armed = left.has(direction) ? { left: count, interruption } : undefined;
          const { at, faults: found } = await this.#disturbed(direction, armed);
          if (at === undefined) left.delete(direction);
          else interrupted.push(`${interruption.name} ${at}`);
          faults.push(...found.map((fault) => `${name}, ${interruption.name} call ${count} (${at ?? 'there was none'}): ${fault}`));
          if (faults.length > 3) throw new Error(`too many faults:\n${faults.join('\n')}`);
        }
      }
    }
    return { scenario: name, interrupted, faults };
  }

  /** How a direction ends by itself. `known`: how it has to. */
  async #undisturbed(play: Scenario['act'], known: string | undefined): Promise<Direction> {
    await this.#play(play);
    if (known !== undefined) await this.#until(known);
    const state = await this.#rest();
    if (known !== undefined && state !== known) throw new Error(`it does not end as it began:\n${difference(known, state)}`);
    return { play, state };
  }

  async #disturbed(
    { play, state }: Direction,
    armed: Armed | undefined,
  ): Promise<{ readonly at: string | undefined; readonly faults: readonly string[] }> {
    const [before, began] = [await this.#events(), Date.now()];
    const from = Math.max(this.#statuses().length - 1, 0);
    this.#interruptedAt = undefined;
    this.#armed = armed;
    await this.#play(play);
    await this.#untilInterruptedOr(state);
    this.#armed = undefined;
    const at = this.#interruptedAt;
    if (at !== undefined && armed?.interruption.isDeadly === true) {
      await this.#newController();
    }
    try {
      await this.#until(state);
    } catch {
      return { at, faults: [`another end state\n${difference(state, this.#state())}\n${this.#program.log().slice(-1_500)}`] };
    }
    const told = eventsSince(before, await this.#events(), began);
    const lost = [...expectedEvents(this.#statuses().slice(from))].filter(
      (reason) => !told.some((event) => (reason === undefined ? event.type === 'Warning' : event.reason === reason)),
    );
    const lostEvents = lost.map((reason) => `the Event ${reason ?? 'of a failed source'} is lost`);
    return { at, faults: [...lostEvents, ...(await this.#untrue())] };
  }

  /** Acts, and waits until that is seen: of what ends as it began nothing else tells that it has begun. */
  async #play(act: Scenario['act']): Promise<void> {
    const before = this.#world.changes(this.#namespace);
    await act(this.#world.cluster, this.#namespace);
    await until(this.#world, 'the action to be seen', () => this.#world.changes(this.#namespace) > before);
  }

  /** Kills the controller, if it still runs, and starts another. */
  async #newController(): Promise<void> {
    await this.#program.kill();
    this.#world.programs.delete(this.#program);
    this.#program = await startProgram(this.#world, { namespace: this.#namespace });
    this.#follow();
  }

  #statuses(): readonly StatusStep[] {
    return this.#world.statuses(this.#namespace, 'a');
  }

  /** Waits until it has ended so, with nothing more being written. */
  async #until(state: string): Promise<void> {
    await until(this.#world, 'the end state', () => this.#isQuiet() && this.#state() === state, DEADLINE_MS).catch((error: unknown) => {
      throw new Error(difference(state, this.#state()), { cause: error });
    });
  }

  async #untilInterruptedOr(state: string): Promise<void> {
    await waitFor(() => this.#interruptedAt !== undefined || (this.#isQuiet() && this.#state() === state), {
      message: 'the interruption, or the end of what there is to do',
      deadlineMs: DEADLINE_MS,
      intervalMs: 5,
    }).catch(() => undefined);
  }

  /** Waits until nothing is written and nothing changes, and answers how it is then. */
  async #rest(): Promise<string> {
    let state = '';
    let since = 0;
    await until(this.#world, 'rest', () => {
      const now = this.#state();
      if (now !== state) [state, since] = [now, performance.now()];
      const isRead = unreadFiles(this.#world, this.#namespace, 'a').length === 0;
      return isRead && performance.now() - since > 5 * QUIET_MS && this.#isQuiet();
    }).catch((error: unknown) => {
      throw new Error(unreadFiles(this.#world, this.#namespace, 'a').join('\n'), { cause: error });
    });
    return state;
  }

  /** What the status says that is not so. */
  async #untrue(): Promise<string[]> {
    const look = (): string[] => {
      const facts = this.#world.facts(this.#namespace, 'a');
      return facts === undefined ? [] : untrueClaims(facts, [facts]).map(({ claim, said }) => `untrue: ${claim}, and it says ${said}`);
    };
    await until(this.#world, 'the status to be true', () => look().length === 0, 5_000).catch(() => undefined);
    return look();
  }

  #isQuiet(): boolean {
    return performance.now() - this.#wroteAt > QUIET_MS;
  }

  #state(): string {
    return endState(this.#world, this.#namespace, 'a');
  }

  #follow(): void {
    const program = this.#program;
    let isDead = false;
    const judge = (call: Call): Verdict => {
      if (isDead) return { kind: 'hang' };
      if (isWrite(call)) this.#wroteAt = performance.now();
      const armed = this.#armed;
      if (armed === undefined || !armed.interruption.concerns(call) || (armed.left -= 1) > 0) return PASS;
      this.#armed = undefined;
      const { isDeadly, verdict } = armed.interruption;
      // From here on nothing of it gets through, whatever it still manages to send.
      isDead = isDeadly;
      const isMet = (): void => void (this.#interruptedAt = describeCall(call));
      if (!isDeadly) isMet();
      return verdict(() => {
        isMet();
        void program.kill();
      });
    };
    program.proxy.faults = { judge };
  }

  /** The Events of the namespace by name. */
  async #events(): Promise<ReadonlyMap<string, Told>> {
    const { items } = (await this.#world.cluster.get('events', this.#namespace, '')) as unknown as { items: Obj[] };
    return new Map(
      items
        .filter(({ reportingController }) => String(reportingController).includes('toolhive'))
        .map(({ metadata, type, reason, series, eventTime }) => [
          metadata.name,
          { type, reason, count: series?.count ?? 1, at: Date.parse(series?.lastObservedTime ?? eventTime) },
        ]),
    );
  }
}

/**
 * The Events that came, or came again, since a moment (milliseconds since 1970). Statuses tell times by the second: two steps within one that begin alike
 * are one to the controller as well.
 */
function eventsSince(before: ReadonlyMap<string, Told>, after: ReadonlyMap<string, Told>, moment: number): Told[] {
  return [...after].filter(([name, { count, at }]) => before.get(name)?.count !== count || at >= moment - 1_000).map(([, told]) => told);
}
