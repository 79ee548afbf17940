import { expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { describeCall, isWrite } from './call.ts';
import type { Program } from './program.ts';
import { weather, type DisturbedStorm } from './storm-bench.ts';
import { pause, suiteWorld } from './suite.ts';

const LEASE = 'toolhive-registry-controller-namespace';
/** Longer than a Lease lasts: by then another one leads. */
const PAUSE_MS = 20_000;
/** Interval between two looks at the Lease, plus the duration of a look. */
const SEEN_LATE_MS = 300;
/** For a write that was in flight when the Lease changed hands. */
const ON_ITS_WAY_MS = 500;

const suite = suiteWorld();

/** Who held the Lease since when. */
interface Term {
  readonly since: number;
  readonly holder: string;
}

async function holderOf(namespace: string): Promise<string> {
  return String((await suite.world.cluster.get('leases', namespace, LEASE))?.['spec']?.holderIdentity ?? '');
}

function leaderOf(programs: readonly Program[], holder: string): Program | undefined {
  return programs.find(({ identities }) => identities.has(holder));
}

/** Waits until another one holds the Lease, and returns its identity. */
async function nextHolder(namespace: string, former: string): Promise<string> {
  return waitFor(
    async () => {
      const holder = await holderOf(namespace);
      return holder !== '' && holder !== former ? holder : undefined;
    },
    { message: 'another controller to lead', deadlineMs: 30_000 },
  );
}

/** Kills the leader, stops the next one for longer than its Lease lasts, and shuts the third down cleanly. */
async function changeLeaders({ namespace, programs, start }: DisturbedStorm): Promise<void> {
  await pause(2_000);
  const first = await holderOf(namespace);
  suite.world.setAble(false);
  await leaderOf(programs, first)?.kill();
  await start();
  const second = await nextHolder(namespace, first);
  suite.world.setAble(true);
  await pause(14_000);

  const paused = leaderOf(programs, second);
  suite.world.setAble(false);
  paused?.pause();
  const third = await nextHolder(namespace, second);
  suite.world.setAble(true);
  await pause(PAUSE_MS - 15_000);
  paused?.resume();
  await pause(12_000);

  const ending = leaderOf(programs, third);
  await ending?.stop();
  await nextHolder(namespace, third);
  await pause(8_000);
}

test('the leader is killed, the next one hangs and recovers, the third is stopped', async () => {
  const terms: Term[] = [];
  const following = new AbortController();
  let seen: DisturbedStorm | undefined;
  await weather(
    suite.world,
    'replicas',
    'three changes of the leader',
    async (storm) => {
      seen = storm;
      const follow = followTerms(storm.namespace, terms, following.signal);
      try {
        await changeLeaders(storm);
      } finally {
        following.abort();
        await follow;
      }
    },
    { forMs: 70_000, controllers: 2, program: { leaderElect: true } },
  );
  expect(terms.length).toBe(4);
  expect(foreignWrites(seen?.programs ?? [], terms)).toEqual([]);
}, 400_000);

async function followTerms(namespace: string, terms: Term[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const holder = await holderOf(namespace);
    if (holder !== '' && terms.at(-1)?.holder !== holder) terms.push({ since: performance.now(), holder });
    await pause(50);
  }
}

/** Writes of a controller while another one held the Lease. Writes to pods are exempt: a standby refreshes their volumes, too. */
function foreignWrites(programs: readonly Program[], terms: readonly Term[]): string[] {
  const from = terms[0]?.since ?? Infinity;
  return programs.flatMap(({ proxy, identities }) =>
    proxy.calls
      .filter(({ at }) => at >= from)
      .filter((call) => isWrite(call) && call.resource !== 'pods' && call.resource !== 'events')
      .filter(({ at }) => !holdersAt(terms, at).some((holder) => identities.has(holder)))
      .map((call) => `${describeCall(call)}, while ${holdersAt(terms, call.at).join(' or ') || 'nobody'} held the Lease`),
  );
}

/** Who may have held the Lease then: changes are seen late, and writes in flight when it changed hands may still arrive. */
function holdersAt(terms: readonly Term[], at: number): string[] {
  const index = terms.findLastIndex(({ since }) => since - SEEN_LATE_MS <= at);
  const [term, former] = [terms[index], terms[index - 1]];
  return [
    ...(term === undefined ? [] : [term.holder]),
    ...(former !== undefined && term !== undefined && at < term.since + ON_ITS_WAY_MS ? [former.holder] : []),
  ];
}
