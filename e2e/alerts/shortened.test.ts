import { expect, test } from '@jest/globals';
import { dump, load } from 'js-yaml';
import { shortened } from './shortened.ts';

test.each<[expr: string, pending: string, short: string, shortPending: string]>([
  ['a == 0', '10m', 'a == 0', '6000ms'],
  ['a < 0.8 * a offset 1h', '5m', 'a < 0.8 * a offset 6000ms', '500ms'],
  ['time() - min by (x) (a) > 3600 and increase(b[2h]) > 0', '5m', 'time() - min by (x) (a) > 3 and increase(b[6000ms]) > 0', '250ms'],
  ['rate(a[5m]) > 0.01 * rate(b[5m])', '5m', 'rate(a[6000ms]) > 0.01 * rate(b[6000ms])', '6000ms'],
  ['min_over_time(depth[10m]) > 10', '5m', 'min_over_time(depth[6000ms]) > 10', '3000ms'],
])('%s for %s', (expr, pending, short, shortPending) => {
  const rules = dump({ groups: [{ name: 'g', rules: [{ alert: 'A', expr, for: pending, labels: { severity: 'info' } }] }] });
  expect(load(shortened(rules, 6_000))).toEqual({
    groups: [{ name: 'g', rules: [{ alert: 'A', expr: short, for: shortPending, labels: { severity: 'info' } }] }],
  });
});

test.each(['rate(a[1h30m]) > 0', 'a offset 1w'])('%s is refused, and not left as it is', (expr) => {
  const rules = dump({ groups: [{ name: 'g', rules: [{ alert: 'A', expr, for: '5m' }] }] });
  expect(() => shortened(rules, 6_000)).toThrow('is no duration of one unit');
});
