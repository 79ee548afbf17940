import { describe, expect, test } from '@jest/globals';
import { ownedBy, type KubeObject } from '@toolhive-registry/reconciler';
import { createInstallations, type Installations } from './installations.ts';
import { validRegistry } from './render/testing.ts';

const REGISTRY = validRegistry().object;
const CONTROLLER = 'toolhive-registry-controller';
const [EARLIER, OURS, LATER] = ['a/registries', 'm/registries', 'z/registries'];

/** The Deployment of the registry, as an installation wrote it. */
function written(by: string | undefined, resourceVersion: string, owner = REGISTRY, manager = CONTROLLER): KubeObject {
  const annotations = by === undefined ? {} : { 'toolhive.stacklok.dev/installation': by };
  const fieldsV1 = { 'f:metadata': { 'f:annotations': { 'f:toolhive.stacklok.dev/installation': {} } } };
  const managedFields = [{ manager, operation: 'Apply', fieldsV1 }];
  const metadata = { name: 'a-api', resourceVersion, ownerReferences: [ownedBy(owner)], annotations, managedFields };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata };
}

/** One pass: what the store shows, what this installation then writes, and the result. */
interface Pass {
  readonly at?: number;
  readonly by: string | undefined;
  readonly version: string;
  /** The version that our write created; without it nothing was written. */
  readonly wrote?: string;
  readonly overlap?: 'new' | 'known';
}

function run(installations: Installations, { by, version, wrote }: Pass): 'new' | 'known' | undefined {
  const overlap = installations.judge(REGISTRY, [written(by, version)]);
  if (overlap === undefined && wrote !== undefined) installations.wrote(REGISTRY, [written(OURS, wrote)]);
  return overlap && (overlap.isNew ? 'new' : 'known');
}

const taken: Pass = { by: EARLIER, version: '9', wrote: '10' };

test.each<[what: string, passes: Pass[]]>([
  [
    'nothing of another is no overlap',
    [
      { by: OURS, version: '9' },
      { by: undefined, version: '10' },
      { by: OURS, version: '11' },
    ],
  ],
  ['of one that is gone the objects are taken over', [taken, { by: OURS, version: '10' }, { by: OURS, version: '11' }]],
  ['a store that is behind our write shows the other once more', [taken, { by: EARLIER, version: '9' }, { by: OURS, version: '10' }]],
  ['the cluster may change an object of the other before our write', [taken, { by: EARLIER, version: '9' }]],
  [
    'one that takes them back is left alone',
    [taken, { by: EARLIER, version: '11', overlap: 'new' }, { by: EARLIER, version: '11', overlap: 'known' }],
  ],
  ['also when it was not seen that they were ours', [taken, { by: EARLIER, version: '100', overlap: 'new' }]],
  [
    'after ten minutes it is tried again',
    [
      taken,
      { by: EARLIER, version: '11', overlap: 'new' },
      { at: 599_999, by: EARLIER, version: '11', overlap: 'known' },
      { at: 600_000, by: EARLIER, version: '11', wrote: '12' },
      { at: 600_001, by: OURS, version: '12' },
    ],
  ],
  [
    'and given up again, for twice as long, when the other one is still there',
    [
      taken,
      { by: EARLIER, version: '11', overlap: 'new' },
      { at: 600_000, by: EARLIER, version: '11', wrote: '12' },
      { at: 600_001, by: EARLIER, version: '13', overlap: 'known' },
      { at: 1_800_000, by: EARLIER, version: '13', overlap: 'known' },
      { at: 1_800_001, by: EARLIER, version: '13', wrote: '14' },
    ],
  ],
  [
    'one that took them over much later may have come since',
    [taken, { by: OURS, version: '10' }, { at: 600_000, by: EARLIER, version: '11' }],
  ],
])('%s', (_, passes) => {
  let now = 0;
  const installations = createInstallations({ installation: OURS, clock: () => now });
  for (const pass of passes) {
    now = pass.at ?? now;
    expect(run(installations, pass)).toBe(pass.overlap);
  }
});

describe('of two that know of each other', () => {
  test('the one whose name comes first stays', () => {
    const installations = createInstallations({ installation: OURS, clock: () => 0 });
    expect(run(installations, { by: LATER, version: '9', wrote: '10' })).toBeUndefined();
    expect(run(installations, { by: LATER, version: '11', wrote: '12' })).toBeUndefined();
    expect(run(installations, { by: OURS, version: '12' })).toBeUndefined();
  });

  test('it gives way, too, if the other one does not', () => {
    const installations = createInstallations({ installation: OURS, clock: () => 0 });
    const outcomes = Array.from({ length: 8 }, (_, index) =>
      run(installations, { by: LATER, version: String(10 + 2 * index), wrote: String(11 + 2 * index) }),
    );
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(5);
    expect(outcomes.slice(5)).toEqual(['new', 'known', 'known']);
  });
});

test('what an earlier registry of the name left behind proves nothing', () => {
  const installations = createInstallations({ installation: OURS, clock: () => 0 });
  const former = { ...REGISTRY, metadata: { ...REGISTRY.metadata, uid: 'former' } };
  for (const version of ['1', '2', '3']) expect(installations.judge(REGISTRY, [written(EARLIER, version, former)])).toBeUndefined();
});

test('a registry that was deleted is forgotten', () => {
  const installations = createInstallations({ installation: OURS, clock: () => 0 });
  run(installations, taken);
  installations.forget({ namespace: 'team', name: 'a' });
  expect(run(installations, { by: EARLIER, version: '11' })).toBeUndefined();
});

test('installations that share a Lease take turns, which is no overlap', () => {
  let term = 0;
  const installations = createInstallations({ installation: OURS, clock: () => 0, leadershipTerm: () => term });
  for (const version of [10, 20, 30, 40]) {
    // Each time this one leads again, it takes over what the other one wrote meanwhile.
    term += 1;
    expect(run(installations, { by: EARLIER, version: String(version), wrote: String(version + 1) })).toBeUndefined();
  }
  expect(run(installations, { by: EARLIER, version: '50' })).toBe('new');
});

test('an annotation that somebody else wrote is no installation: it is undone like any other drift', () => {
  const installations = createInstallations({ installation: OURS, clock: () => 0 });
  for (const version of ['1', '2', '3']) {
    expect(installations.judge(REGISTRY, [written(EARLIER, version, REGISTRY, 'kubectl-edit')])).toBeUndefined();
    installations.wrote(REGISTRY, [written(OURS, version)]);
  }
});
