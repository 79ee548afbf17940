/** prom-client's default metrics one by one; its own types have all of them together only. */
declare module 'prom-client/lib/metrics/*' {
  import type { Registry } from 'prom-client';

  /** Adds the metric to a registry. */
  const add: (register: Registry, config: { readonly eventLoopMonitoringPrecision: number }) => void;
  export default add;
}
