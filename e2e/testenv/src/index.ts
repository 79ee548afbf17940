export { assetsDir, chromiumPath, prometheusPath, promtoolPath } from './assets.ts';
export { startApiServer, type ApiServer, type ApiServerOptions } from './api-server.ts';
export type { AuditEvent, WriteFilter } from './audit.ts';
export type { ApiResponse } from './client.ts';
export { kubeconfig } from './files.ts';
export { freePorts } from './ports.ts';
export { startPrometheus, type ActiveAlert, type Prometheus, type PrometheusOptions, type Sample, type ScrapeJob } from './prometheus.ts';
export { waitFor, type WaitOptions } from './wait.ts';
export { watchOver } from './watchdog.ts';
