import { CONTROLLER_ROWS } from './controller-rows.ts';
import type { Panel, Row } from './panel.ts';
import { REGISTRY_ROWS } from './registry-rows.ts';

/** Its rows, from top to bottom. Every query is a row of a test: it must parse, and find what real programs expose. */
export const ROWS: readonly Row[] = [...REGISTRY_ROWS, ...CONTROLLER_ROWS];

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
const HEIGHT = { stat: 4, timeseries: 8, table: 8 } as const;
const COLUMNS = 24;

/** The dashboard as Grafana 10 and later import it. */
export function grafanaDashboard(): object {
  return {
    uid: 'toolhive-registry',
    title: 'MCP registries',
    description: 'MCPRegistries of a cluster: state, syncs, requests, enforcement, and the controller.',
    tags: ['mcp', 'toolhive-registry'],
    schemaVersion: 39,
    editable: true,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    graphTooltip: 1,
    links: [],
    annotations: { list: [] },
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', refresh: 1, hide: 0 },
        variable('namespace', 'Namespace', 'label_values(mcpregistry_servers_total, registry_namespace)'),
        variable('registry', 'Registry', 'label_values(mcpregistry_servers_total{registry_namespace=~"$namespace"}, registry)'),
      ],
    },
    panels: placed(),
  };
}

/** Queries of the variables use the same selectors as panels. */
function variable(name: string, label: string, query: string): object {
  return {
    name,
    label,
    type: 'query',
    datasource: DATASOURCE,
    query: { query, refId: name },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { selected: true, text: ['All'], value: ['$__all'] },
    hide: 0,
  };
}

/** Headings and panels from top to bottom, as many side by side as fit. */
function placed(): object[] {
  const panels: object[] = [];
  let y = 0;
  const add = (panel: object, gridPos: object): void => void panels.push({ id: panels.length + 1, ...panel, gridPos });
  for (const { title, panels: own } of ROWS) {
    add({ type: 'row', title, collapsed: false, panels: [] }, { x: 0, y, w: COLUMNS, h: 1 });
    y += 1;
    let x = 0;
    let height = 0;
    for (const panel of own) {
      const w = panel.width ?? (panel.kind === 'stat' ? 4 : 12);
      if (x + w > COLUMNS) [x, y, height] = [0, y + height, 0];
      const h = HEIGHT[panel.kind];
      add(grafanaPanel(panel), { x, y, w, h });
      [x, height] = [x + w, Math.max(height, h)];
    }
    y += height;
  }
  return panels;
}

function grafanaPanel(panel: Panel): object {
  const { kind, title, about: description, unit = 'short', bad, queries } = panel;
  const steps = [
    { color: bad === undefined ? 'blue' : 'green', value: null },
    ...(bad === undefined ? [] : [{ color: 'red', value: bad }]),
  ];
  return {
    type: kind,
    title,
    description,
    datasource: DATASOURCE,
    targets: queries.map(({ expr, legend }, index) => ({
      refId: 'ABCDEFGH'[index],
      datasource: DATASOURCE,
      expr,
      ...(legend === undefined ? {} : { legendFormat: legend }),
      ...(kind === 'timeseries' ? { range: true } : { instant: true, range: false }),
      ...(kind === 'table' ? { format: 'table' } : {}),
    })),
    fieldConfig: { defaults: { unit, min: 0, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    ...(kind === 'stat' ? { options: { colorMode: 'value', graphMode: 'none', reduceOptions: { calcs: ['lastNotNull'] } } } : {}),
    ...(kind === 'timeseries'
      ? { options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } } }
      : {}),
    ...(kind === 'table' ? TABLE : {}),
  };
}

/** A row for each registry, a column for each condition. */
const TABLE = {
  options: { showHeader: true },
  transformations: [
    { id: 'groupingToMatrix', options: { rowField: 'name', columnField: 'condition', valueField: 'Value', emptyValue: 'null' } },
  ],
};
