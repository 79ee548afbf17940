import { BY, CONTROLLERS, NAME, OURS, quantile, R, RATE, type Row } from './panel.ts';

/** Metrics of the controller only: enforcement, and its own. */
export const CONTROLLER_ROWS: readonly Row[] = [
  {
    title: 'Enforcement',
    panels: [
      {
        title: 'In force',
        about: '1: admission refuses, or warns of, what is in no catalog. Registries with enforceServers alone.',
        kind: 'timeseries',
        queries: [
          { expr: `min by (registry_namespace, registry, mode) (mcpregistry_enforcement_active{${R}})`, legend: `${NAME} {{mode}}` },
        ],
      },
      {
        title: 'Servers outside the catalog',
        about: 'MCP servers that run and would not be let in.',
        kind: 'timeseries',
        queries: [{ expr: `max ${BY} (mcpregistry_enforcement_violations{${R}})`, legend: NAME }],
      },
    ],
  },
  {
    title: 'Controller',
    panels: [
      {
        title: 'Leader',
        about: '1: this pod works. Exactly one has to be 1 for each Lease.',
        kind: 'timeseries',
        queries: [
          { expr: 'leader_election_master_status{name=~".+/toolhive-registry-controller(-namespace)?"}', legend: '{{pod}} {{name}}' },
        ],
      },
      {
        title: 'Waiting registries',
        about: 'Keys in the work queues.',
        kind: 'timeseries',
        queries: [{ expr: `max by (name) (workqueue_depth{name=~${OURS}})`, legend: '{{name}}' }],
      },
      {
        title: 'Wait in the queue',
        about: '99th percentile.',
        kind: 'timeseries',
        unit: 's',
        queries: [{ expr: quantile(0.99, 'workqueue_queue_duration_seconds', `name=~${OURS}`, 'name'), legend: '{{name}}' }],
      },
      {
        title: 'Duration of a pass',
        about: '99th percentile.',
        kind: 'timeseries',
        unit: 's',
        queries: [
          {
            expr: quantile(0.99, 'controller_runtime_reconcile_time_seconds', `controller=~${OURS}`, 'controller'),
            legend: '{{controller}}',
          },
        ],
      },
      {
        title: 'Passes by result',
        about: 'Per second.',
        kind: 'timeseries',
        queries: [
          { expr: `sum by (result) (rate(controller_runtime_reconcile_total{controller=~${OURS}}[${RATE}]))`, legend: '{{result}}' },
        ],
      },
      {
        title: 'Requests to the API server',
        about: 'Per second, by status code.',
        kind: 'timeseries',
        unit: 'reqps',
        queries: [{ expr: `sum by (code) (rate(rest_client_requests_total[${RATE}]) ${CONTROLLERS})`, legend: '{{code}}' }],
      },
      {
        title: 'Memory of controllers',
        about: 'By pod.',
        kind: 'timeseries',
        unit: 'bytes',
        queries: [{ expr: `process_resident_memory_bytes ${CONTROLLERS}`, legend: '{{pod}}' }],
      },
      {
        title: 'Processor time of controllers',
        about: 'Cores, by pod.',
        kind: 'timeseries',
        queries: [{ expr: `rate(process_cpu_seconds_total[${RATE}]) ${CONTROLLERS}`, legend: '{{pod}}' }],
      },
    ],
  },
];
