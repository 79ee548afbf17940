import { afterAll, beforeAll } from '@jest/globals';
import { startWorld, type World } from './world.ts';

/** A world for the calling suite, from its first test to its last. */
export function suiteWorld(): { readonly world: World } {
  let started: World | undefined;
  beforeAll(async () => {
    started = await startWorld();
  }, 120_000);
  afterAll(async () => {
    await started?.stop();
  }, 60_000);
  return {
    get world() {
      if (started === undefined) throw new Error('the world is there in tests only');
      return started;
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
