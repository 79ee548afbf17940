export { assetsDir, chromiumPath, promtoolPath } from './assets.ts';
export { startApiServer, type ApiServer, type ApiServerOptions } from './api-server.ts';
export type { AuditEvent, WriteFilter } from './audit.ts';
export type { ApiResponse } from './client.ts';
export { kubeconfig } from './files.ts';
export { freePorts } from './ports.ts';
export { waitFor, type WaitOptions } from './wait.ts';
export { watchOver } from './watchdog.ts';
