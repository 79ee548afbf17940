import { expect } from '@jest/globals';
import { startProgram, untilWorking, type Program, type ProgramOptions } from './program.ts';
import { seededRandom } from './random.ts';
import { printReport } from './report.ts';
import { Storm } from './storm.ts';
import type { World } from './world.ts';

/** What happens to controllers and API server while users act. */
export type Disturbance = (storm: DisturbedStorm) => Promise<unknown>;

/** A storm in progress. */
export interface DisturbedStorm {
  readonly world: World;
  readonly namespace: string;
  readonly programs: Program[];
  readonly random: () => number;
  /** Starts another controller for the storm's namespace. */
  start(this: void, options?: ProgramOptions): Promise<Program>;
}

/** Lets users and pods act for a while under a disturbance, and expects that everything is consistent afterwards and that no status made an untrue claim. */
export async function weather(
  world: World,
  suite: string,
  name: string,
  disturb: Disturbance,
  options: WeatherOptions = {},
): Promise<void> {
  const { forMs = 20_000, controllers = 1, program = {} } = options;
  const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 2 ** 31);
  const random = seededRandom(seed);
  const storm = await Storm.start(world);
  const programs: Program[] = [];
  const start = async (more: ProgramOptions = {}): Promise<Program> => {
    const started = await startProgram(world, { namespace: storm.namespace, ...program, ...more });
    programs.push(started);
    return started;
  };
  for (let index = 0; index < controllers; index += 1) await untilWorking(await start());
  const [looks, untrue] = [world.checker.looks, world.checker.untrue.length];
  await storm.untilRunning();
  world.setAble('settled');
  await Promise.all([storm.act({ forMs, random }), disturb({ world, namespace: storm.namespace, programs, random, start })]);
  const report = await storm.settle(programs.filter(({ isAlive }) => isAlive));
  world.setAble(false);
  const moments = world.checker.untrue.slice(untrue).filter(({ registry }) => registry.startsWith(`${storm.namespace}/`));
  const { actions, statuses, faults } = report;
  printReport(suite, {
    [name]: `${actions} actions, ${statuses} statuses, ${world.checker.looks - looks} looks, ${moments.length} untrue moments, ${faults.length} faults (FAULTS_SEED=${seed})`,
  });
  expect({ faults, untrue: moments }).toEqual({ faults: [], untrue: [] });
}

/** How long, and with how many controllers. */
export interface WeatherOptions {
  readonly forMs?: number;
  readonly controllers?: number;
  readonly program?: ProgramOptions;
}
