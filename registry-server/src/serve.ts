import { UsageError } from '@toolhive-registry/api/flags';
import { messageOf, StartError } from './errors.ts';
import { createLogger } from './logger.ts';
import { readServerOptions, serverHelp } from './options.ts';
import { startServer, type RunningServer } from './server.ts';
import { buildInfo } from './version.ts';

/** What the program needs of its process. */
export interface ProcessLike {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  once(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
}

/** Runs the registry server until a signal ends it. Returns the exit code: 0 done, 1 failed, 2 wrong usage or invalid manifest. */
export async function serve(program: string, args: readonly string[], io: ProcessLike): Promise<number> {
  let server: RunningServer;
  try {
    const invocation = readServerOptions(args, io.env);
    if (invocation.kind === 'help') {
      io.stdout.write(serverHelp(program));
      return 0;
    }
    if (invocation.kind === 'version') {
      io.stdout.write(`${buildInfo().version}\n`);
      return 0;
    }
    const { options } = invocation;
    const logger = createLogger({ level: options.logLevel, format: options.logFormat });
    server = await startServer(options, logger);
    if (options.logFormat === 'pretty') void greet(server, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr.write(`${error.message}\nTry: ${program} --help\n`);
      return 2;
    }
    io.stderr.write(`${messageOf(error)}\n`);
    return error instanceof StartError ? error.exitCode : 1;
  }
  await new Promise<void>((resolve) => {
    io.once('SIGTERM', resolve);
    io.once('SIGINT', resolve);
  });
  await server.stop();
  return 0;
}

/** Tells a person what to open, as soon as there is something to see. */
async function greet(server: RunningServer, io: ProcessLike): Promise<void> {
  const { engine, url } = server;
  while (engine.status().history.length === 0) await nextUpdate(engine);
  const { snapshot, manifest } = engine.status();
  const { name } = manifest.registry.metadata;
  const servers = snapshot === undefined ? 'no servers yet, see the log' : `${snapshot.header.serverCount} servers`;
  io.stdout.write(`
  ${manifest.registry.spec.displayName ?? name}: ${servers}

    Servers    ${url}/v0.1/servers
    Status     ${url}/registry/status
    Metrics    ${url}/metrics

  Try:  curl '${url}/v0.1/servers?search=postgres'

`);
}

function nextUpdate(engine: RunningServer['engine']): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = engine.onUpdate(() => {
      unsubscribe();
      resolve();
    });
  });
}
