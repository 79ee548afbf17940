import { expect, test } from '@jest/globals';
import type { ConfigMapObject } from '../registry/render/config-map.ts';
import { planOf } from './parameter-objects.ts';
import { NO_REFERENCES, renderParameters, type ParameterData } from './parameters.ts';

function images(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `ghcr.io/organisation/server-${String(index + from).padStart(9, '0')}:1.0.0`);
}

function render(list: string[], before: readonly ParameterData[]): ParameterData[] {
  const lists = new Map([['a', { ...NO_REFERENCES, images: list }]]);
  return renderParameters({ registries: ['a'], active: { enforce: ['a'], audit: [] }, lists }, before);
}

function configMap(name: string, data: ParameterData): ConfigMapObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

/** Beginnings of ranges about which none of the ConfigMaps decides. */
function gaps(objects: Iterable<ConfigMapObject>): string[] {
  const ranges = [...objects].flatMap(({ data }) => (data?.['from'] === undefined ? [] : [{ from: data['from'], to: data['to'] ?? '' }]));
  const found: string[] = [];
  let reached: string | undefined = '';
  for (const { from, to } of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (reached === undefined) break;
    if (from > reached) found.push(reached);
    if (to === '') reached = undefined;
    else if (to > reached) reached = to;
  }
  return reached === undefined ? found : [...found, reached];
}

const CHANGES: readonly [what: string, steps: readonly string[][]][] = [
  ['it grows at its beginning', [images(40_000, 100_000), [...images(6_000), ...images(40_000, 100_000)]]],
  ['it grows at its end', [images(40_000), images(60_000)]],
  ['it grows in the middle', [images(40_000), [...images(40_000), ...images(20_000, 20_000).map((image) => `${image}-more`)]]],
  ['it shrinks, and grows again', [images(60_000), images(100), images(60_000)]],
  ['all of it is another one', [images(60_000), images(60_000, 500_000), images(30_000)]],
  ['it moves on, again and again', Array.from({ length: 30 }, (_, round) => images(30_000, round * 5_000))],
];

test.each(CHANGES)('when a list changes so that %s, every reference is decided by some ConfigMap after every write', (_, steps) => {
  let live = new Map<string, ConfigMapObject>();
  for (const [step, list] of steps.entries()) {
    const objects = [...live.values()];
    const parts = render(
      list,
      objects.map(({ data }) => data ?? {}),
    );
    for (const { name, data } of planOf(parts, objects)) {
      expect(name).not.toBe('');
      live = new Map(live).set(name, configMap(name, data));
      // Before the first write there is nothing at all, which forbids nothing.
      if (step > 0) expect([step, name, gaps(live.values())]).toEqual([step, name, []]);
    }
    expect(gaps(live.values())).toEqual([]);
    const listed = [...live.values()].flatMap(({ data }) =>
      Object.entries(data ?? {}).flatMap(([key, text]) =>
        key.startsWith('images.') ? text.split('\n').filter((line) => line !== '') : [],
      ),
    );
    expect(listed.toSorted()).toEqual(list.toSorted());
  }
});

test('a ConfigMap of another name that the policies read is emptied', () => {
  const stranger = configMap('mine', { enforce: 'a', from: '', to: '' });
  const own = configMap('mcpregistry-enforcement', { enforce: 'a', from: '', to: '' });
  const plan = planOf(render(images(1), []), [stranger, own]);
  expect(plan.map(({ name, data }) => [name, data['enforce']])).toEqual([
    ['mcpregistry-enforcement', 'a'],
    ['mine', ''],
  ]);
});
