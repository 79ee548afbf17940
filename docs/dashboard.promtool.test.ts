import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { promtoolPath } from '@toolhive-registry/testenv';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grafanaDashboard, ROWS } from '../hack/dashboard/grafana.ts';
import { exposedSeries, type Series } from './testing.ts';

const MINUTES = 120;

let folder: string;
let series: readonly Series[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  series = await exposedSeries(MINUTES);
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** A query as Grafana sends it, for every namespace and registry, and a time that is usual. */
function sent(expr: string): string {
  return expr.replaceAll('$namespace', '.*').replaceAll('$registry', '.*').replaceAll('$__rate_interval', '5m');
}

/** Whether the query has values after two hours, or what promtool says against it. */
function asked(expr: string): true | string {
  const test = {
    tests: [
      {
        interval: '1m',
        input_series: series,
        // What is no number, as of nothing divided by nothing, is not at least 0.
        promql_expr_test: [{ expr: `count((${expr}) >= 0) > bool 0`, eval_time: `${MINUTES}m`, exp_samples: [{ labels: '{}', value: 1 }] }],
      },
    ],
  };
  writeFileSync(join(folder, 'test.yaml'), JSON.stringify(test));
  const { status, stdout, stderr, error } = spawnSync(promtoolPath() ?? '', ['test', 'rules', 'test.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return status === 0 || `${stdout}${stderr}`;
}

describe('each query of the dashboard has values, from what real programs expose', () => {
  test.each(ROWS.flatMap(({ panels }) => panels.flatMap(({ title, queries }) => queries.map(({ expr }) => [title, expr] as const))))(
    '%s: %s',
    (_, expr) => {
      expect(asked(sent(expr))).toBe(true);
    },
  );

  test.each([
    ['a metric that nobody exposes', 'mcpregistry_servers'],
    ['a label that it does not have', 'mcpregistry_servers_total{server="a"}'],
    ['what does not parse', 'sum(mcpregistry_servers_total'],
  ])('and %s would be noticed', (_, expr) => {
    expect(asked(expr)).not.toBe(true);
  });
});

describe('the dashboard', () => {
  const { panels, templating } = grafanaDashboard() as {
    panels: { id: number; title: string; type: string; description?: string; gridPos: { x: number; y: number; w: number; h: number } }[];
    templating: { list: { name: string; query: unknown }[] };
  };

  test('has a word on every panel, and no two of a title', () => {
    const own = panels.filter(({ type }) => type !== 'row');
    expect(own.filter(({ description = '' }) => !description.endsWith('.')).map(({ title }) => title)).toEqual([]);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });

  test('puts no panel over another, or beyond the edge', () => {
    const cells = panels.flatMap(({ title, gridPos: { x, y, w, h } }) => {
      expect({ title, fits: x + w <= 24 }).toEqual({ title, fits: true });
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('lets choose by labels that there are', () => {
    const queries = templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [(query as { query: string }).query]));
    expect(queries).toHaveLength(2);
    for (const query of queries) {
      const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
      expect(
        asked(
          sent(`count by (${label}) (${selector.includes('{') ? selector.replace('}', `,${label}!=""}`) : `${selector}{${label}!=""}`})`),
        ),
      ).toBe(true);
    }
  });
});
