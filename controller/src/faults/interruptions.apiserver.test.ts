import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FAILURES, KILLS, type Interruption } from './interruptions.ts';
import { Lane, type LaneReport } from './lane.ts';
import { printReport } from './report.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { startWorld, type World } from './world.ts';

/** Registries that are worked on at a time, each with controllers of its own. */
const LANES = 4;
/** Those that make every call that there is; failures are many. */
const WITH_ALL_CALLS = ['edit podTemplateSpec', 'edit the source', 'recreate at once'];

/** For finding out what happened: a pattern for the names of the scenarios that are played. */
const ONLY = process.env['FAULTS_ONLY'];

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

test.each<[what: string, interruptions: readonly Interruption[], scenarios: readonly Scenario[]]>([
  ['a controller that is killed before or after any of its writes: the next one', KILLS, SCENARIOS],
  ['a controller of whose calls any one fails', FAILURES, SCENARIOS.filter(({ name }) => WITH_ALL_CALLS.includes(name))],
])(
  '%s ends in the same state, with every Event told',
  async (what, interruptions, scenarios) => {
    const left = scenarios.filter(({ name }) => ONLY === undefined || new RegExp(ONLY).test(name));
    const reports: LaneReport[] = [];
    const work = async (): Promise<void> => {
      const lane = await Lane.start(world);
      for (let scenario = left.shift(); scenario !== undefined; scenario = left.shift())
        reports.push(await lane.run(scenario, interruptions));
    };
    await Promise.all(Array.from({ length: LANES }, work));
    const [count, faults] = [reports.flatMap(({ interrupted }) => interrupted).length, reports.flatMap((report) => report.faults)];
    for (const { scenario, interrupted, faults: found } of reports)
      printReport('interruptions', { [scenario]: `${interrupted.length} interrupted, ${found.length} faults` });
    printReport('interruptions', { [what]: `${scenarios.length} scenarios, ${count} interrupted, ${faults.length} faults` });
    expect(faults).toEqual([]);
    expect(reports.filter(({ interrupted }) => interrupted.length === 0).map(({ scenario }) => scenario)).toEqual([]);
  },
  900_000,
);
