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

/** The result for one scenario. */
export interface LaneReport {
  readonly scenario: string;
  /** The interrupted calls, each with its interruption. */
  readonly interrupted: readonly string[];
  /** How many times the scenario was played. */
  readonly runs: number;
  readonly findings: readonly Finding[];
}

/** A deviation from what is required. */
export interface Finding {
  readonly kind: 'another end state' | 'an untrue status' | 'a lost Event';
  /** Where it was found, and what. */
  readonly text: string;
}

/** Options of a lane. */
export interface LaneOptions {
  /** With two of them, one waits for the other's Lease. */
  readonly controllers: 1 | 2;
}

/** One of the two directions of a scenario: how it is played, and its undisturbed end state. */
interface Direction {
  readonly play: Scenario['act'];
  readonly state: string;
}

/** An Event, reduced to what is compared. */
interface SeenEvent {
  readonly type: string;
  readonly reason: string;
  readonly count: number;
  /** When it last occurred, in milliseconds since 1970. */
  readonly at: number;
}

/** An interruption of the n-th call from now. */
interface Armed {
  left: number;
  readonly interruption: Interruption;
}

/** Without a write or a change for so many milliseconds, it is over. */
const QUIET_MS = 300;
/** More calls than any scenario makes. */
const MAX_CALLS = 60;
/** Further findings add nothing new. */
const MAX_FINDINGS = 3;
/** A standby takes over when the Lease has expired, after 15 s plus one period. */
const LEASE_MS = 20_000;
const DEADLINE_MS = 60_000;

/** Registry `a` in its own namespace, with controllers whose calls are interrupted one after the other. */
export class Lane {
  readonly #world: World;
  readonly #namespace: string;
  readonly #options: LaneOptions;
  readonly #programs = new Set<Program>();
  #base = '';
  #wroteAt = 0;
  /** Which upcoming call is interrupted. */
  #armed: Armed | undefined;
  /** The call that was interrupted, and the controller that it killed. */
  #interruptedAt: string | undefined;
  #dead: Program | undefined;

  private constructor(world: World, namespace: string, options: LaneOptions) {
    this.#world = world;
    this.#namespace = namespace;
    this.#options = options;
  }

  static async start(world: World, options: LaneOptions): Promise<Lane> {
    const { cluster } = world;
    const namespace = await cluster.namespace();
    for (const name of ['data', 'more']) await cluster.create('configmaps', namespace, catalogConfigMap(name, 'x'));
    await cluster.create('mcpregistries', namespace, registryObject('a'));
    const lane = new Lane(world, namespace, options);
    for (let count = 0; count < options.controllers; count += 1) await untilWorking(await lane.#startController());
    await until(world, 'the registry to run', () => lane.#state().includes('"phase": "Running"'));
    lane.#base = await lane.#rest();
    return lane;
  }

  /** Plays a scenario back and forth, with an interruption at each call, and compares the end state with that of an undisturbed run. */
  async run(
    { name, act, undo, isRoundTrip = false, leavesTraces = false }: Scenario,
    interruptions: readonly Interruption[],
  ): Promise<LaneReport> {
    // A controller that is still starting has not made the calls that count.
    for (const program of this.#programs) await untilWorking(program);
    if (leavesTraces) {
      await this.#undisturbed(act, undefined);
      this.#base = (await this.#undisturbed(undo, undefined)).state;
    }
    const directions = [
      await this.#undisturbed(act, isRoundTrip ? this.#base : undefined),
      await this.#undisturbed(undo, this.#base),
    ] as const;
    const interrupted: string[] = [];
    const findings: Finding[] = [];
    let runs = 0;
    for (const interruption of interruptions) {
      // The controller sends a limited number of Events of an object at once, and counts the others later.
      if (this.#options.controllers === 1) await this.#replace([...this.#programs]);
      const left = new Set(directions);
      for (let count = 1; left.size > 0; count += 1) {
        if (count > MAX_CALLS) throw new Error(`${name}: there is no end of calls`);
        // Forth and back: a direction without a call of this number is played undisturbed.
        for (const direction of directions) {
          const armed = left.has(direction) ? { left: count, interruption } : undefined;
          const { at, findings: found } = await this.#disturbed(direction, armed);
          runs += 1;
          if (at === undefined) left.delete(direction);
          else interrupted.push(`${interruption.name} ${at}`);
          const where = `${name}, ${interruption.name} call ${count} (${at ?? 'there was none'})`;
          findings.push(...found.map(({ kind, text }) => ({ kind, text: `${where}: ${text}` })));
          if (findings.length > MAX_FINDINGS) throw new Error(findings.map(({ kind, text }) => `${kind}: ${text}`).join('\n'));
        }
      }
    }
    return { scenario: name, interrupted, runs, findings };
  }

  /** The undisturbed end state of a direction. `known`: what it must be. */
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
  ): Promise<{ readonly at: string | undefined; readonly findings: readonly Finding[] }> {
    const [before, began] = [await this.#events(), Date.now()];
    const from = Math.max(this.#statuses().length - 1, 0);
    this.#interruptedAt = undefined;
    this.#armed = armed;
    await this.#play(play);
    await this.#untilInterruptedOr(state);
    this.#armed = undefined;
    const at = this.#interruptedAt;
    if (this.#dead !== undefined) await this.#replace([this.#dead]);
    this.#dead = undefined;
    try {
      await this.#until(state);
    } catch {
      const logs = [...this.#programs].map((program) => program.log().slice(-1_500));
      return { at, findings: [{ kind: 'another end state', text: [difference(state, this.#state()), ...logs].join('\n') }] };
    }
    const seen = eventsSince(before, await this.#events(), began);
    const lost = [...expectedEvents(this.#statuses().slice(from))].filter(
      (reason) => !seen.some((event) => (reason === undefined ? event.type === 'Warning' : event.reason === reason)),
    );
    const lostEvents = lost.map((reason) => ({ kind: 'a lost Event', text: reason ?? 'that of a failed source' }) as const);
    return { at, findings: [...lostEvents, ...(await this.#untrue())] };
  }

  /** Acts, and waits until the change is visible: nothing else tells that a scenario has begun that ends as it started. */
  async #play(act: Scenario['act']): Promise<void> {
    const before = this.#world.changes(this.#namespace).count;
    await act(this.#world.cluster, this.#namespace);
    await until(this.#world, 'the action to be seen', () => this.#world.changes(this.#namespace).count > before);
  }

  /** Kills running controllers, and starts others. */
  async #replace(programs: readonly Program[]): Promise<void> {
    for (const program of programs) {
      await program.kill();
      this.#world.programs.delete(program);
      this.#programs.delete(program);
      // Nobody leads until the Lease has expired.
      if (this.#options.controllers > 1) this.#world.checker.excuse(this.#namespace, 'a', LEASE_MS);
      await this.#startController();
    }
  }

  async #startController(): Promise<Program> {
    const program = await startProgram(this.#world, { namespace: this.#namespace, leaderElect: this.#options.controllers > 1 });
    this.#programs.add(program);
    this.#follow(program);
    return program;
  }

  #statuses(): readonly StatusStep[] {
    return this.#world.statuses(this.#namespace, 'a');
  }

  /** Waits until the state is as expected, with no further writes. */
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

  /** Waits until nothing is written and nothing changes, and returns the state. */
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

  /** Untrue claims of the status. */
  async #untrue(): Promise<Finding[]> {
    const look = (): Finding[] => {
      const facts = this.#world.facts(this.#namespace, 'a');
      const untrue = facts === undefined ? [] : untrueClaims(facts, [facts]);
      return untrue.map(({ claim, said }) => ({ kind: 'an untrue status', text: `${claim}, and it says ${said}` }));
    };
    await until(this.#world, 'the status to be true', () => look().length === 0, 5_000).catch(() => undefined);
    return look();
  }

  #isQuiet(): boolean {
    return performance.now() - Math.max(this.#wroteAt, this.#world.changes(this.#namespace).at) > QUIET_MS;
  }

  #state(): string {
    return endState(this.#world, this.#namespace, 'a');
  }

  #follow(program: Program): void {
    let isDead = false;
    const judge = (call: Call): Verdict => {
      if (isDead) return { kind: 'hang' };
      if (isWrite(call)) this.#wroteAt = performance.now();
      const armed = this.#armed;
      if (armed === undefined || !armed.interruption.concerns(call) || (armed.left -= 1) > 0) return PASS;
      this.#armed = undefined;
      const { isDeadly, verdict } = armed.interruption;
      // From here on nothing that it still sends gets through.
      isDead = isDeadly;
      const isMet = (): void => void (this.#interruptedAt = describeCall(call));
      if (!isDeadly) isMet();
      return verdict(() => {
        isMet();
        this.#dead = program;
        void program.kill();
      });
    };
    program.proxy.faults = { judge };
  }

  /** The Events of the namespace by name. */
  async #events(): Promise<ReadonlyMap<string, SeenEvent>> {
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
 * The Events that occurred since a moment (milliseconds since 1970). Times in statuses have a resolution of a second: the controller, too, cannot distinguish
 * two steps within one second that begin the same.
 */
function eventsSince(before: ReadonlyMap<string, SeenEvent>, after: ReadonlyMap<string, SeenEvent>, moment: number): SeenEvent[] {
  return [...after].filter(([name, { count, at }]) => before.get(name)?.count !== count || at >= moment - 1_000).map(([, seen]) => seen);
}
