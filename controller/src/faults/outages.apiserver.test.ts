import { describe, test } from '@jest/globals';
import type { Call } from './call.ts';
import { isWrite } from './call.ts';
import { PASS, type Verdict } from './proxy.ts';
import { weather, type Disturbance } from './storm-bench.ts';
import { pause, suiteWorld } from './suite.ts';

/** How long API server or etcd are down, in milliseconds. */
const OUTAGE_MS = 8_000;
/** One call in so many fails. */
const ONE_IN = 6;

const suite = suiteWorld();

/** Faults of a call that is not carried out, or is carried out without an answer. */
const FAILURES: readonly Verdict[] = [
  { kind: 'answer', status: 409 },
  { kind: 'answer', status: 429, retryAfterSeconds: 1 },
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 504 },
  { kind: 'answer after', status: 500 },
  { kind: 'answer after', status: 504 },
  { kind: 'cut' },
  { kind: 'cut after' },
];

const away: Disturbance = async ({ world: { cluster, setAble } }) => {
  await pause(3_000);
  setAble(false);
  await cluster.api.pause();
  await pause(OUTAGE_MS);
  await cluster.api.restart();
  setAble(true);
};

const withoutEtcd: Disturbance = async ({ world: { cluster, setAble } }) => {
  await pause(3_000);
  setAble(false);
  await cluster.api.pauseEtcd();
  await pause(OUTAGE_MS);
  await cluster.api.resumeEtcd();
  setAble(true);
};

const cutAgainAndAgain: Disturbance = async ({ programs }) => {
  for (let round = 0; round < 10; round += 1) {
    await pause(2_000);
    for (const program of programs) program.proxy.cutAll();
  }
};

const failing: Disturbance = async ({ programs, random }) => {
  const judge = (): Verdict => (random() * ONE_IN > 1 ? PASS : (FAILURES[Math.floor(random() * FAILURES.length)] ?? PASS));
  for (const program of programs) program.proxy.faults = { judge };
  await pause(20_000);
  for (const program of programs) program.proxy.faults = {};
};

/** How long the client waits for an answer. */
const TIMEOUT_MS = 30_000;

/** The first write of each kind is never answered. Its object waits until the client gives up; nothing else may. */
const hanging: Disturbance = async ({ programs }) => {
  const met = new Set<string>();
  const judge = (call: Call): Verdict => {
    const kind = `${call.verb} ${call.resource}/${call.subresource}`;
    if (!isWrite(call) || met.has(kind)) return PASS;
    met.add(kind);
    // Nobody waits that long for an Event.
    if (call.resource !== 'events') suite.world.checker.excuse(call.namespace, call.name.replace(/-(?:api|int|config)$/, ''), TIMEOUT_MS);
    return { kind: 'hang' };
  };
  for (const program of programs) program.proxy.faults = { judge };
  await pause(35_000);
};

describe('while users and pods act', () => {
  test.each<[what: string, disturb: Disturbance, forMs?: number]>([
    ['the API server is away for 8 s', away],
    ['etcd is away for 8 s', withoutEtcd],
    ['all connections are cut every 2 s', cutAgainAndAgain],
    ['one call in six fails, in one of ten ways', failing],
    ['a write of each kind is never answered', hanging, 40_000],
  ])(
    '%s',
    async (name, disturb, forMs = 22_000) => {
      await weather(suite.world, 'outages', name, disturb, { forMs });
    },
    300_000,
  );
});
