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
  let stopped: Promise<void>;
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
    // Registered first: a signal during the start also shuts down in order.
    stopped = new Promise((resolve) => {
      io.once('SIGTERM', resolve);
      io.once('SIGINT', resolve);
    });
    server = await startServer(options, logger, { env: io.env });
    if (options.logFormat === 'pretty') void greet(server, options.basePath ?? '', io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr.write(`${error.message}\nTry: ${program} --help\n`);
      return 2;
    }
    io.stderr.write(`${messageOf(error)}\n`);
    return error instanceof StartError ? error.exitCode : 1;
  }
  await stopped;
  await server.stop();
  return 0;
}

/** Prints the address to open, as soon as there is something to see. */
async function greet(server: RunningServer, basePath: string, io: ProcessLike): Promise<void> {
  const { engine } = server;
  const url = `${server.url}${basePath}`;
  // Meanwhile the sources are read.
  const prepared = server.preparePage();
  while (engine.status().history.length === 0) await nextUpdate(engine);
  const first = (await prepared) ? `  Open ${url}/ in a browser\n\n` : '';
  const { snapshot, configuration, sources } = engine.status();
  const { manifest } = configuration;
  const leftOut = sources.reduce((sum, source) => sum + source.found.counts.leftOut, 0);
  const { name } = manifest.registry.metadata;
  const servers =
    snapshot === undefined
      ? 'no servers yet, see the log'
      : `${count(snapshot.header.serverCount, 'server')}${leftOut === 0 ? '' : `, ${count(leftOut, 'entry', 'entries')} left out (see the report)`}`;
  io.stdout.write(`
${first}  ${manifest.registry.spec.displayName ?? name}: ${servers}

    Servers    ${url}/v0.1/servers
    Status     ${url}/registry/status
    Report     ${url}/registry/report
    Metrics    ${url}/metrics
    API        ${url}/docs

  Try:  curl '${url}/v0.1/servers?limit=3'

`);
}

function count(number: number, one: string, more = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`;
}

function nextUpdate(engine: RunningServer['engine']): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = engine.onUpdate(() => {
      unsubscribe();
      resolve();
    });
  });
}
