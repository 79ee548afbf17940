import { signalOf } from '@toolhive-registry/reconciler';
import { UsageError } from '@toolhive-registry/api/flags';
import { pino } from 'pino';
import pretty from 'pino-pretty';
import packageJson from '../package.json' with { type: 'json' };
import { runUpgradeCrds, UPGRADE_CRDS } from './crds/command.ts';
import { controllerHelp, readControllerSettings, type ControllerSettings } from './options.ts';
import { createControllerProgram } from './run.ts';

const PROGRAM = 'controller';

/** Runs the program. Returns the exit code: 0 done, 1 failed, 2 wrong usage. */
async function main(): Promise<number> {
  const [command, ...rest] = process.argv.slice(2);
  const isUpgrade = command === UPGRADE_CRDS;
  try {
    if (isUpgrade) return await upgradeCrds(rest);
    const invocation = readControllerSettings(process.argv.slice(2), process.env);
    if (invocation.kind === 'help') process.stdout.write(controllerHelp(PROGRAM));
    if (invocation.kind === 'version') process.stdout.write(`${packageJson.version}\n`);
    if (invocation.kind !== 'run') return 0;
    const program = await createControllerProgram(invocation.settings, createLogger(invocation.settings));
    await program.run(signalOf('SIGTERM', 'SIGINT'));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof UsageError)) return 1;
    process.stderr.write(`Try: ${PROGRAM}${isUpgrade ? ` ${UPGRADE_CRDS}` : ''} --help\n`);
    return 2;
  }
}

function upgradeCrds(args: readonly string[]): Promise<number> {
  return runUpgradeCrds(args, {
    program: PROGRAM,
    signal: signalOf('SIGTERM', 'SIGINT'),
    output: { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) },
  });
}

/** One JSON object per line on standard error, or colored lines for people. */
function createLogger({ logLevel, logFormat }: ControllerSettings): pino.Logger {
  const options = {
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (logFormat === 'json') return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(
    options,
    pretty({ destination: 2, sync: true, colorize: process.stderr.isTTY, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }),
  );
}

// No top-level await: bundles are CommonJS (hack/build.ts).
void main().then((code) => {
  process.exitCode = code;
});
