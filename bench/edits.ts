import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile, type Measure } from './measure.ts';
import { until, untilSettled, type OnCluster } from './on-cluster.ts';
import type { Program } from './scope.ts';
import { editText, type ShownEdits } from './shown-edits.ts';
import { controllerWrites } from './writes.ts';

const SINGLE_EDITS = 200;
/** Pause between two edits, so that the effects of one, such as a pod that has read it, do not overlap with the next. */
const PAUSE_MS = 150;
const STREAM_PER_SECOND = 100;
const STREAM_SECONDS = 60;

/** Registries whose edits are measured, and who follows them. */
export interface Edited {
  readonly bench: OnCluster;
  readonly controller: Program;
  readonly names: readonly string[];
  readonly shown: ShownEdits;
}

/** How soon one edit among all of the registries is applied, when nothing else happens. */
export async function measureSingleEdits({ bench, controller, names, shown }: Edited): Promise<Measure> {
  const stop = AbortSignal.any([bench.signal, controller.ended]);
  const times: number[] = [];
  for (let edit = 1; edit <= SINGLE_EDITS; edit += 1) {
    const registry = names[Math.floor(((edit - 1) * names.length) / SINGLE_EDITS)] ?? '';
    const from = performance.now();
    const applied = shown.shows(registry, edit);
    await bench.cluster.edit(registry, { displayName: editText(edit) });
    times.push((await applied) - from);
    await sleep(PAUSE_MS, undefined, { signal: stop });
  }
  return {
    name: `scale: one edit among ${names.length} registries until it is applied, p99`,
    value: percentile(times, 0.99),
    unit: 'ms',
    target: { atMost: 100 },
    note: `${SINGLE_EDITS} edits one after the other, from sending one until a watch shows it in the ConfigMap; median ${Math.round(median(times))} ms, worst ${Math.round(Math.max(...times))} ms`,
  };
}

/** Whether the controller keeps up with many edits a second, one registry after the other, and whether any of them has to wait. */
export async function measureEditStream(edited: Edited): Promise<Measure[]> {
  const { bench, controller, names, shown } = edited;
  const stop = AbortSignal.any([bench.signal, controller.ended]);
  const startedAt = performance.now();
  const since = Date.now();
  const waits: number[] = [];
  let lastShownAt = 0;
  const sending: Promise<void>[] = [];
  const count = STREAM_PER_SECOND * STREAM_SECONDS;
  for (let index = 0; index < count; index += 1) {
    const due = startedAt + (index * 1_000) / STREAM_PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait, undefined, { signal: stop });
    const registry = names[index % names.length] ?? '';
    const edit = SINGLE_EDITS + 1 + index;
    const from = performance.now();
    sending.push(bench.cluster.edit(registry, { displayName: editText(edit) }));
    void shown.shows(registry, edit).then((at) => {
      waits.push(at - from);
      lastShownAt = Math.max(lastShownAt, at);
    });
  }
  const lastSentAt = performance.now();
  await Promise.all(sending);
  await until(bench, controller, 'all edits to be applied', () => waits.length === count);
  await untilSettled(bench, controller);
  const writes = (await controllerWrites(bench.cluster.api)).filter(({ at }) => at >= since);
  const note = `${count} edits of ${names.length} registries in turn, sent within ${Math.round((lastSentAt - startedAt) / 1_000)} s; ${writes.length} writes`;
  return [
    {
      name: `scale: ${STREAM_PER_SECOND} edits a second for ${STREAM_SECONDS} s, all applied after the last one`,
      value: Math.round(lastShownAt - lastSentAt),
      unit: 'ms',
      target: { atMost: 10_000 },
      note,
    },
    {
      name: 'scale: the same, longest wait of an edit until it or a later one is applied, of the median',
      value: Math.max(...waits) / median(waits),
      unit: 'x',
      target: { atMost: 4 },
      note: `nobody starves; median ${Math.round(median(waits))} ms, p99 ${Math.round(percentile(waits, 0.99))} ms, longest ${Math.round(Math.max(...waits))} ms`,
    },
  ];
}
