import { expect, test } from '@jest/globals';
import type { CrdOwner, RegistryGroup } from '@toolhive-registry/api';
import { silentLogger } from '@toolhive-registry/reconciler';
import { createGates, type GroupGate } from './gate.ts';

const GROUP: RegistryGroup = 'toolhive.stacklok.dev';
const OURS: CrdOwner = { whose: 'ours' };
const FOREIGN: CrdOwner = { whose: 'foreign', why: 'its spec has no field sources' };
const never = new AbortController().signal;

interface Setup {
  readonly gate: GroupGate;
  /** The gate of the other group. */
  readonly other: GroupGate;
  readonly notes: string[];
  /** Reasons of the Events. */
  readonly reasons: string[];
  readonly pauses: number[];
  readonly left: () => number;
}

function setup(...owners: (CrdOwner | Error)[]): Setup {
  const notes: string[] = [];
  const reasons: string[] = [];
  const pauses: number[] = [];
  const gates = createGates({
    find: async () => {
      const next = owners.shift() ?? OURS;
      if (next instanceof Error) throw next;
      return next;
    },
    logger: silentLogger(),
    onEvent: (_, { note, reason }) => {
      notes.push(note);
      reasons.push(reason);
    },
    sleep: async (ms) => void pauses.push(ms),
  });
  return { gate: gates[GROUP], other: gates['toolhive.stacklok.io'], notes, reasons, pauses, left: () => owners.length };
}

test('the first check decides; before a watch is resumed a second one has to agree', async () => {
  const { gate, pauses } = setup(OURS, OURS, OURS);
  expect(gate.isOpen()).toBe(false);
  expect(await gate.open(never)).toBe(true);
  expect(pauses).toEqual([]);
  expect(await gate.open(never)).toBe(true);
  expect(pauses).toEqual([1_000]);
});

test('the second check detects a CRD that was replaced while discovery lagged behind', async () => {
  const { gate, notes } = setup(OURS, OURS, FOREIGN);
  await gate.open(never);
  expect(await gate.open(never)).toBe(false);
  expect(gate.isOpen()).toBe(false);
  expect(notes).toHaveLength(1);
});

test("somebody else's CRD is reported once, until the owner changes", async () => {
  const { gate, notes } = setup(FOREIGN, FOREIGN, { whose: 'nobody' }, FOREIGN, OURS);
  for (const expected of [false, false, false, false, true]) expect(await gate.open(never)).toBe(expected);
  expect(notes).toHaveLength(2);
});

test('concurrent checks share one request, and a failure reaches all of them and is retried', async () => {
  const { gate, left } = setup(new Error('no discovery'), OURS);
  const asked = await Promise.allSettled([gate.open(never), gate.open(never), gate.open(never)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(left()).toBe(1);
  expect(await gate.open(never)).toBe(true);
});

const lacking = (...lacks: string[]): CrdOwner => ({ whose: 'ours', lacks });

test('an older CRD of ours is served, and what it lacks is reported once, with the remedy', async () => {
  const { gate, notes, reasons } = setup(lacking('spec.a'), lacking('spec.a'), lacking('spec.a'), lacking(), lacking());
  for (const lacks of [['spec.a'], ['spec.a'], []]) {
    expect(await gate.open(never)).toBe(true);
    expect(gate.lacks()).toEqual(lacks);
  }
  expect(reasons).toEqual(['CRDOutdated']);
  expect(notes).toEqual([
    `the CRD mcpregistries.${GROUP} is older than this controller: it lacks spec.a, which the API server drops from manifests; run helm upgrade with crds.upgrade, or kubectl apply --server-side --force-conflicts -f crds/${GROUP}_mcpregistries.yaml`,
  ]);
});

test('a report of many missing fields fits into an Event', async () => {
  const { gate, notes } = setup(lacking(...Array.from({ length: 200 }, (_, index) => `spec.field${index}`)));
  await gate.open(never);
  expect(notes[0]).toContain('spec.field7 and 192 more, which');
  expect(notes[0]?.length).toBeLessThan(1_024);
});

test('a missing CRD is reported once both groups have been checked, and again after there was one', async () => {
  const nobody: CrdOwner = { whose: 'nobody' };
  const { gate, other, reasons } = setup(nobody, nobody, nobody, OURS, nobody);
  await gate.open(never);
  expect(reasons).toEqual([]);
  for (const [one, expected] of [
    [other, 1],
    [gate, 1],
    [other, 1],
    [gate, 1],
  ] as const) {
    await one.open(never);
    expect(reasons).toHaveLength(expected);
  }
  expect(reasons).toEqual(['CRDMissing']);
});
