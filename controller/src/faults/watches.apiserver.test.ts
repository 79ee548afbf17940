import { test } from '@jest/globals';
import { seededRandom } from './random.ts';
import { weather } from './storm-bench.ts';
import { watchFaults } from './watch-faults.ts';
import { suiteWorld } from './suite.ts';

const suite = suiteWorld();

test.each(watchFaults(seededRandom(7)).map((fault) => [fault.name, fault] as const))(
  '%s',
  async (name, { filter }) => {
    await weather(suite.world, 'watches', name, ({ programs }) => {
      const [program] = programs;
      if (program === undefined) throw new Error('there is no controller');
      program.proxy.faults = { filterWatch: filter };
      // Running watches are not filtered; later ones are.
      program.proxy.cutAll();
      return Promise.resolve();
    });
  },
  240_000,
);
