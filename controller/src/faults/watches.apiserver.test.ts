import { afterAll, beforeAll, test } from '@jest/globals';
import { seededRandom } from './random.ts';
import { weather } from './storm-bench.ts';
import { watchFaults } from './watch-faults.ts';
import { startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

test.each(watchFaults(seededRandom(7)).map((fault) => [fault.name, fault] as const))(
  '%s',
  async (name, { filter }) => {
    await weather(world, 'watches', name, ({ programs }) => {
      const [program] = programs;
      if (program === undefined) throw new Error('there is no controller');
      program.proxy.faults = { filterWatch: filter };
      // Watches that run are not filtered; the next ones are.
      program.proxy.cutAll();
      return Promise.resolve();
    });
  },
  240_000,
);
