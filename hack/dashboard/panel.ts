/** One line, bar or number of a panel: a PromQL query, and its Grafana legend. */
export interface Query {
  readonly expr: string;
  readonly legend?: string;
}

/** The settings of a panel that differ between ours. */
export interface Panel {
  readonly title: string;
  readonly about: string;
  readonly kind: 'stat' | 'timeseries' | 'table';
  /** A unit of Grafana's; absent: a plain number. */
  readonly unit?: 's' | 'bytes' | 'reqps' | 'percentunit' | 'dtdurations';
  /** A number from which on it is red; absent: it never is. */
  readonly bad?: number;
  /** Of the 24 columns; absent: 12, and 4 of a stat. */
  readonly width?: number;
  readonly queries: readonly Query[];
}

/** Panels under one heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Of the registries that the variables choose. */
export const R = 'registry_namespace=~"$namespace",registry=~"$registry"';
/** Deduplicated, whether pods, the controller or both report it. */
export const BY = 'by (registry_namespace, registry)';
/** Its legend. */
export const NAME = '{{registry_namespace}}/{{registry}}';
/** The range of a rate, as Grafana chooses it. */
export const RATE = '$__rate_interval';
/** Queues and controllers of ours, and not of other operators. */
export const OURS = '"mcpregistry(-.+)?"';
/** Restricts process metrics to our controllers. */
export const CONTROLLERS = 'and on (job, instance) controller_runtime_max_concurrent_reconciles{controller="mcpregistry"}';
/** Answers that count: probes of a pod that is not ready yet are not errors. */
export const COUNTED = `${R},route!="/readiness"`;

/** A quantile of a histogram, by le and these labels. */
export function quantile(q: number, metric: string, selector: string, by: string): string {
  return `histogram_quantile(${q}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket{${selector}}[${RATE}])))`;
}
