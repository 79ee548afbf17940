export { serve, type ProcessLike } from './serve.ts';
export { startServer, type RunningServer } from './server.ts';
export { readServerOptions, serverHelp, type ServerOptions } from './options.ts';
