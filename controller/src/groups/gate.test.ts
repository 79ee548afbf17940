import { expect, test } from '@jest/globals';
import type { CrdOwner, RegistryGroup } from '@toolhive-registry/api';
import { silentLogger } from '@toolhive-registry/reconciler';
import { createGates, type GroupGate } from './gate.ts';

const GROUP: RegistryGroup = 'toolhive.stacklok.dev';
const OURS: CrdOwner = { whose: 'ours' };
const FOREIGN: CrdOwner = { whose: 'foreign', why: 'its spec has no field sources' };
const never = new AbortController().signal;

function setup(...owners: (CrdOwner | Error)[]): { gate: GroupGate; notes: string[]; pauses: number[]; left: () => number } {
  const notes: string[] = [];
  const pauses: number[] = [];
  const gates = createGates({
    find: async () => {
      const next = owners.shift() ?? OURS;
      if (next instanceof Error) throw next;
      return next;
    },
    logger: silentLogger(),
    onForeign: (_, note) => void notes.push(note),
    sleep: async (ms) => void pauses.push(ms),
  });
  return { gate: gates[GROUP], notes, pauses, left: () => owners.length };
}

test('the first look decides; before a watch is resumed a second one has to agree', async () => {
  const { gate, pauses } = setup(OURS, OURS, OURS);
  expect(gate.isOpen()).toBe(false);
  expect(await gate.open(never)).toBe(true);
  expect(pauses).toEqual([]);
  expect(await gate.open(never)).toBe(true);
  expect(pauses).toEqual([1_000]);
});

test('a CRD that was replaced while discovery was behind is found by the second look', async () => {
  const { gate, notes } = setup(OURS, OURS, FOREIGN);
  await gate.open(never);
  expect(await gate.open(never)).toBe(false);
  expect(gate.isOpen()).toBe(false);
  expect(notes).toHaveLength(1);
});

test("somebody else's CRD is told once, until it was another", async () => {
  const { gate, notes } = setup(FOREIGN, FOREIGN, { whose: 'nobody' }, FOREIGN, OURS);
  for (const expected of [false, false, false, false, true]) expect(await gate.open(never)).toBe(expected);
  expect(notes).toHaveLength(2);
});

test('several that ask at once are one question, and a failure is answered to all and tried again', async () => {
  const { gate, left } = setup(new Error('no discovery'), OURS);
  const asked = await Promise.allSettled([gate.open(never), gate.open(never), gate.open(never)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(left()).toBe(1);
  expect(await gate.open(never)).toBe(true);
});
