import { BY, COUNTED, NAME, quantile, R, RATE, type Row } from './panel.ts';

/** Metrics of registries. */
export const REGISTRY_ROWS: readonly Row[] = [
  {
    title: 'All registries',
    panels: [
      {
        title: 'Registries',
        about: 'MCPRegistries that are not scaled to zero.',
        kind: 'stat',
        queries: [{ expr: `count(max ${BY} (mcpregistry_status_condition{condition="Ready",${R}}))` }],
      },
      {
        title: 'Not ready',
        about: 'Registries without a ready replica.',
        kind: 'stat',
        bad: 1,
        queries: [{ expr: `count(max ${BY} (mcpregistry_status_condition{condition="Ready",${R}}) == 0) or vector(0)` }],
      },
      {
        title: 'Syncs failing',
        about: 'Registries with a source that failed when it was last asked.',
        kind: 'stat',
        bad: 1,
        queries: [{ expr: `count(max ${BY} (mcpregistry_status_condition{condition="SyncSuccessful",${R}}) == 0) or vector(0)` }],
      },
      {
        title: 'Stalled',
        about: 'Registries that wait for somebody to change something.',
        kind: 'stat',
        bad: 1,
        queries: [{ expr: `count(max ${BY} (mcpregistry_status_condition{condition="Stalled",${R}}) == 1) or vector(0)` }],
      },
      {
        title: 'Servers',
        about: 'MCP servers that are served, over all registries.',
        kind: 'stat',
        queries: [{ expr: `sum(max ${BY} (mcpregistry_servers_total{${R}}))` }],
      },
      {
        title: 'Oldest good answer',
        about:
          'Time since the source that has been silent longest gave a good answer. A source without an interval is asked only when it changes.',
        kind: 'stat',
        unit: 'dtdurations',
        queries: [{ expr: `time() - min(mcpregistry_source_last_success_timestamp_seconds{${R}} > 0)` }],
      },
      {
        title: 'Registries and their state',
        about: '1: the condition is True. Ready: served. SyncSuccessful: every source was read. Stalled: somebody has to act.',
        kind: 'table',
        width: 24,
        queries: [
          {
            expr: `label_join(max by (registry_namespace, registry, condition) (mcpregistry_status_condition{${R}}), "name", "/", "registry_namespace", "registry")`,
          },
        ],
      },
    ],
  },
  {
    title: 'Catalog and sources',
    panels: [
      {
        title: 'Servers by registry',
        about: 'A step down is a sync that removed servers, or a filter.',
        kind: 'timeseries',
        queries: [{ expr: `max ${BY} (mcpregistry_servers_total{${R}})`, legend: NAME }],
      },
      {
        title: 'Time since a good answer',
        about: 'By source; one that nothing is new is a good answer.',
        kind: 'timeseries',
        unit: 's',
        queries: [
          {
            expr: `time() - min by (registry_namespace, registry, source) (mcpregistry_source_last_success_timestamp_seconds{${R}} > 0)`,
            legend: `${NAME} {{source}}`,
          },
        ],
      },
      {
        title: 'Syncs',
        about: 'Per hour, by result.',
        kind: 'timeseries',
        queries: [{ expr: `sum by (result) (increase(mcpregistry_sync_total{${R}}[1h]))`, legend: '{{result}}' }],
      },
      {
        title: 'Failures by reason',
        about: 'Per hour. What each reason means: docs/operations.md.',
        kind: 'timeseries',
        queries: [{ expr: `sum by (reason) (increase(mcpregistry_sync_errors_total{${R}}[1h]))`, legend: '{{reason}}' }],
      },
      {
        title: 'Duration of a sync',
        about: 'On average, over all sources of a registry.',
        kind: 'timeseries',
        unit: 's',
        queries: [
          {
            expr: `sum ${BY} (rate(mcpregistry_sync_duration_seconds_sum{${R}}[1h])) / sum ${BY} (rate(mcpregistry_sync_duration_seconds_count{${R}}[1h]))`,
            legend: NAME,
          },
        ],
      },
      {
        title: 'Entries that are not served as they are',
        about: 'Left out, repaired, shadowed by another source or filtered. From the pods.',
        kind: 'timeseries',
        queries: [
          {
            expr: `sum by (result) (max by (registry_namespace, registry, source, result) (mcpregistry_source_entries{result!~"served|noted",${R}}))`,
            legend: '{{result}}',
          },
        ],
      },
    ],
  },
  {
    title: 'Requests, from the pods',
    panels: [
      {
        title: 'Requests',
        about: 'Answers per second, by status code.',
        kind: 'timeseries',
        unit: 'reqps',
        queries: [{ expr: `sum by (code) (rate(mcpregistry_http_requests_total{${R}}[${RATE}]))`, legend: '{{code}}' }],
      },
      {
        title: 'Answers that are errors',
        about: 'Share of 5xx, without the probes.',
        kind: 'timeseries',
        unit: 'percentunit',
        queries: [
          {
            expr: `(sum ${BY} (rate(mcpregistry_http_requests_total{code=~"5..",${COUNTED}}[${RATE}])) or 0 * sum ${BY} (rate(mcpregistry_http_requests_total{${R}}[${RATE}]))) / sum ${BY} (rate(mcpregistry_http_requests_total{${R}}[${RATE}]))`,
            legend: NAME,
          },
        ],
      },
      {
        title: 'Time to answer',
        about: 'From a request to its answer. A long poll counts with its wait.',
        kind: 'timeseries',
        unit: 's',
        queries: [
          { expr: quantile(0.5, 'mcpregistry_http_request_duration_seconds', R, ''), legend: 'median' },
          { expr: quantile(0.99, 'mcpregistry_http_request_duration_seconds', R, ''), legend: '99 %' },
        ],
      },
      {
        title: 'Busiest routes',
        about: 'Answers per second.',
        kind: 'timeseries',
        unit: 'reqps',
        queries: [{ expr: `topk(5, sum by (route) (rate(mcpregistry_http_requests_total{${R}}[${RATE}])))`, legend: '{{route}}' }],
      },
      {
        title: 'Memory of registries',
        about: 'By pod.',
        kind: 'timeseries',
        unit: 'bytes',
        queries: [{ expr: `process_resident_memory_bytes{registry!="",${R}}`, legend: '{{pod}}' }],
      },
      {
        title: 'Lag of the event loop',
        about: '99th percentile since the last scrape, by pod: how late a registry server turns to the next request.',
        kind: 'timeseries',
        unit: 's',
        queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{registry!="",${R}}`, legend: '{{pod}}' }],
      },
    ],
  },
];
