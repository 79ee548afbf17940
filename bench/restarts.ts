import { median, type Measure } from './measure.ts';
import { untilSettled, type OnCluster } from './on-cluster.ts';
import type { Program } from './scope.ts';
import { editText, type ShownEdits } from './shown-edits.ts';
import { controllerWrites } from './writes.ts';

/** Restarts with an edit. */
const TIMED = 3;

/** What was measured, and the controller that runs since. */
export interface Restarts {
  readonly measures: readonly Measure[];
  readonly controller: Program;
}

/**
 * What a controller does at a start without pending work, and how soon it works. The former one is gone; `untilAsked` waits until this one
 * asks all pods.
 */
export async function measureRestarts(
  bench: OnCluster,
  { names, shown, untilAsked }: { names: readonly string[]; shown: ShownEdits; untilAsked: (controller: Program) => Promise<void> },
): Promise<Restarts> {
  const times: number[] = [];
  for (let round = 1; round <= TIMED; round += 1) {
    // Those at the end of the alphabet: at the start they are looked at after all others.
    const registry = names.at(-round) ?? '';
    const controller = await bench.launchController();
    const applied = shown.shows(registry, round);
    await bench.cluster.edit(registry, { displayName: editText(round) });
    times.push(Math.round((await applied) - controller.startedAt));
    await untilAsked(controller);
    await untilSettled(bench, controller);
    await controller.stop();
  }
  const since = Date.now();
  const controller = await bench.startController();
  await untilAsked(controller);
  await untilSettled(bench, controller);
  const writes = (await controllerWrites(bench.cluster.api)).filter(({ at }) => at >= since);
  return {
    controller,
    measures: [
      {
        name: `scale: restart with ${names.length} registries: writes`,
        value: writes.length,
        unit: 'writes',
        target: { atMost: 0 },
        note: ['all are ready, and their pods are asked', ...new Set(writes.map(({ what }) => what))].join('; '),
      },
      {
        name: 'scale: the same, an edit made at the start of the process until it is applied',
        value: median(times),
        unit: 'ms',
        target: { atMost: 1_500 },
        note: `of a registry that comes last; median of ${times.join(', ')} ms, until a watch shows it in the ConfigMap`,
      },
    ],
  };
}
