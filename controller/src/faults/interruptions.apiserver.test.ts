import { expect, test } from '@jest/globals';
import { FAILURES, KILLS, type Interruption } from './interruptions.ts';
import { Lane, type Finding, type LaneOptions, type LaneReport } from './lane.ts';
import { printReport } from './report.ts';
import { SCENARIOS } from './scenarios.ts';
import { suiteWorld } from './suite.ts';

/** What is interrupted, and how many registries are tested concurrently, each with its own controllers. */
interface Plan extends LaneOptions {
  readonly interruptions: readonly Interruption[];
  readonly scenarios: RegExp;
  readonly lanes: number;
}

const KILLED: Plan = { interruptions: KILLS, scenarios: /./, lanes: 4, controllers: 1 };
/** Each kill takes as long as a Lease lasts. */
const KILLED_LEADERS: Plan = {
  interruptions: KILLS,
  scenarios: /^(?:edit displayName|edit the source|take a Service away)$/,
  lanes: 3,
  controllers: 2,
};
/** There are many failures; together these scenarios make every kind of call. */
const FAILED: Plan = {
  interruptions: FAILURES,
  scenarios: /^(?:edit podTemplateSpec|edit the source|recreate at once)$/,
  lanes: 3,
  controllers: 1,
};
/** For debugging: a pattern for the names of the scenarios to play. */
const ONLY = new RegExp(process.env['FAULTS_ONLY'] ?? '.');
const KINDS: readonly Finding['kind'][] = ['another end state', 'an untrue status', 'a lost Event'];

const suite = suiteWorld();

test.each<[what: string, plans: readonly Plan[]]>([
  ['a controller, or the leader of two, that is killed before or after any of its writes', [KILLED, KILLED_LEADERS]],
  ['a controller of whose calls any one fails', [FAILED]],
])(
  '%s: it ends in the same state, with every Event recorded, and without untrue claims meanwhile',
  async (what, plans) => {
    const { world } = suite;
    world.setAble('settled');
    const before = world.checker.untrue.length;
    const reports = (await Promise.all(plans.map(play))).flat();
    world.setAble(false);
    const untrue = world.checker.untrue.slice(before);
    const findings = reports.flatMap((report) => report.findings);
    const runs = reports.reduce((sum, report) => sum + report.runs, 0);
    const interrupted = reports.flatMap((report) => report.interrupted).length;
    const counts = KINDS.map((kind) => `${findings.filter((finding) => finding.kind === kind).length} times ${kind}`);
    printReport('interruptions', {
      [what]: `${runs} runs, ${interrupted} interrupted, ${counts.join(', ')}, ${untrue.length} untrue moments`,
    });
    expect({ findings, untrue }).toEqual({ findings: [], untrue: [] });
    expect(reports.filter((report) => report.interrupted.length === 0).map(({ scenario }) => scenario)).toEqual([]);
  },
  900_000,
);

/** Plays the scenarios of a plan, several at a time. */
async function play({ interruptions, scenarios, lanes, controllers }: Plan): Promise<LaneReport[]> {
  const left = SCENARIOS.filter(({ name }) => scenarios.test(name) && ONLY.test(name));
  const reports: LaneReport[] = [];
  const work = async (): Promise<void> => {
    const lane = await Lane.start(suite.world, { controllers });
    for (let scenario = left.shift(); scenario !== undefined; scenario = left.shift()) {
      // What it leaves behind would be deleted during a later scenario that deletes the registry.
      const own = scenario.leavesTraces === true ? await Lane.start(suite.world, { controllers }) : lane;
      const report = await own.run(scenario, interruptions);
      reports.push(report);
      const whose = controllers > 1 ? `, ${controllers} controllers` : '';
      printReport('interruptions', { [scenario.name + whose]: `${report.runs} runs, ${report.interrupted.length} interrupted` });
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, left.length) }, work));
  return reports;
}
